import { checkout, pinned, runScript } from "../kit/index.ts";
import type { Repository, Step, StepsJob } from "../kit/index.ts";
import { uploadSarif } from "./sarif.ts";
import type { SecurityOptions } from "./security.ts";
import { commandLine } from "./words.ts";

const BANDIT = "bandit[sarif]==1.9.4";
const PIP_AUDIT = "pip-audit==2.10.1";
const PIP_LICENSES = "pip-licenses==5.5.5";

export function banditJob({ sources }: SecurityOptions, repository: Repository): StepsJob {
  return {
    name: "Bandit",
    timeoutMinutes: 10,
    steps: [
      checkout(),
      { name: "Scan the Python code", run: commandLine(["pipx", "run", "--spec", BANDIT, "bandit", "--recursive", ...sources, "--severity-level", "medium", "--format", "sarif", "--output", "bandit.sarif"]) },
      uploadSarif("bandit.sarif", "bandit", repository),
    ],
  };
}

/** Known vulnerabilities in what the project asks for. Safety's scan wants an account; this reads the same advisories of PyPI without one. */
export function pipAuditJob({ pythonVersion }: SecurityOptions, repository: Repository): StepsJob {
  return {
    name: "Python dependencies",
    timeoutMinutes: 15,
    steps: [
      checkout(),
      setUpPython(pythonVersion),
      // The exit code does not tell findings from a failure: the next step decides by the report.
      { name: "Ask for known vulnerabilities", continueOnError: true, run: commandLine(["pipx", "run", PIP_AUDIT, "--format", "json", "--output", "pip-audit.json", "."]) },
      runScript("pip-audit-sarif.mjs", { name: "Read the answer" }, "pip-audit.json", "pip-audit.sarif"),
      uploadSarif("pip-audit.sarif", "pip-audit", repository),
    ],
  };
}

export function licencesJob({ pythonVersion, deniedLicences }: SecurityOptions): StepsJob {
  return {
    name: "Licences",
    timeoutMinutes: 15,
    steps: [
      checkout(),
      setUpPython(pythonVersion),
      { name: "Install what the project asks for", run: commandLine(["pip", "install", ".", PIP_LICENSES]) },
      { name: "List the licences", run: "pip-licenses --from=mixed --with-urls --format=json --output-file=licences.json" },
      runScript("check-licences.mjs", { name: "Check the licences", env: { DENIED: deniedLicences.join(",") } }, "licences.json"),
      { name: "Keep the list", if: "${{ !cancelled() }}", uses: pinned("actions/upload-artifact"), with: { name: "licences", path: "licences.json", "if-no-files-found": "error" } },
    ],
  };
}

function setUpPython(version: string): Step {
  return { name: "Set up Python", uses: pinned("actions/setup-python"), with: { "python-version": version } };
}
