import { checkout, runScript } from "../kit/index.ts";
import type { Environment, Repository, StepsJob } from "../kit/index.ts";
import { notifySteps, WORST_OF_NEEDS } from "../notify.ts";
import { indexEnvironment } from "./package-index.ts";
import { BUILD, checkPackage, installPackage, projectOf, runTests, setupPython } from "./python-package.ts";
import type { ReleaseRollbackOptions } from "./release-rollback.ts";

const VERSION = "${{ needs.plan.outputs.version }}";
const TOKEN = { GITHUB_TOKEN: "${{ github.token }}" };
const SOURCE = "source";

export function planJob(options: ReleaseRollbackOptions, repository: Repository): StepsJob {
  const outputs = ["version", "tag", "branch", "bad", "bad_tags", "issue"];
  return {
    name: "Plan",
    timeoutMinutes: 10,
    outputs: Object.fromEntries(outputs.map((name) => [name, `\${{ steps.plan.outputs.${name} }}`])),
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("plan-package-rollback.mjs", {
        name: "Find the release to go back to",
        id: "plan",
        env: { ...TOKEN, ...inputsOf(options, repository), ...indexEnvironment(options.index), ROLLBACK_VERSION: "${{ inputs.rollback_version }}", TAG_PREFIX: options.tagPrefix, ISSUE_LABEL: options.issueLabel },
        grants: { contents: ["read", "find the releases' tags"], issues: ["write", "track the rollback"] },
      }),
    ],
  };
}

/** Nothing is taken back before the version to restore has been installed, built and tested. */
export function verifyJob(options: ReleaseRollbackOptions, repository: Repository): StepsJob {
  const tests = options.tests ? runTests(options.tests).map((step) => ({ ...step, workingDirectory: SOURCE })) : [];
  return {
    name: "Verify the version to restore",
    needs: ["plan"],
    timeoutMinutes: 30,
    steps: [
      checkout({ scriptsOnly: true }),
      { ...checkout({ ref: "refs/tags/${{ needs.plan.outputs.tag }}", path: SOURCE }), name: "Check out the version" },
      setupPython(options.pythonVersion),
      installPackage("$PROJECT==$VERSION", { ...indexEnvironment(options.index), PROJECT: projectOf(options, repository), VERSION }),
      checkPackage(options, repository, VERSION),
      { name: "Build it again", run: `python -m pip install ${BUILD}\npython -m build --outdir rebuilt ${SOURCE}\npython -m pip install --force-reinstall --no-deps rebuilt/*.whl` },
      { ...checkPackage(options, repository, VERSION), name: "Import the new build and run its command" },
      ...tests,
    ],
  };
}

/** What people get who name no version. */
export function confirmJob(options: ReleaseRollbackOptions, repository: Repository): StepsJob {
  return {
    name: "Confirm what people install",
    needs: ["plan", "withdraw"],
    timeoutMinutes: 15,
    steps: [
      checkout({ scriptsOnly: true }),
      setupPython(options.pythonVersion),
      installPackage("$PROJECT", { ...indexEnvironment(options.index), PROJECT: projectOf(options, repository) }),
      checkPackage(options, repository, VERSION),
    ],
  };
}

export function reportJob(options: ReleaseRollbackOptions, repository: Repository, needs: string[]): StepsJob {
  return {
    name: "Report",
    needs,
    if: "always()",
    timeoutMinutes: 5,
    steps: [
      checkout({ scriptsOnly: true }),
      runScript("package-rollback-report.mjs", {
        name: "Write down how it ended",
        env: { ...TOKEN, ...inputsOf(options, repository), NEEDS: "${{ toJSON(needs) }}" },
        grants: { issues: ["write", "track the rollback"] },
      }),
      ...notifySteps(options.notify, {
        what: "Rollback",
        version: VERSION,
        status: WORST_OF_NEEDS,
      }),
    ],
  };
}

function inputsOf(options: ReleaseRollbackOptions, repository: Repository): Environment {
  return { PROJECT: projectOf(options, repository), REASON: "${{ inputs.rollback_reason }}", ACTION: "${{ inputs.pypi_action }}" };
}
