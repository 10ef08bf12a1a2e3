import { checkout, pinned, runScript } from "../kit/index.ts";
import type { Repository, StepsJob } from "../kit/index.ts";
import { databaseParts } from "../service-containers.ts";
import { checkPackage, installPackage, projectOf, runTests, setupPython } from "./python-package.ts";
import type { Integration, ReleaseVerificationOptions } from "./release-verification.ts";

const VERSION = "${{ needs.available.outputs.version }}";
const SPECIFIER = "$PROJECT==$VERSION";
const PIP_AUDIT = "pip-audit==2.10.1";
const REPORT = "dependency-audit.json";

/** Each platform with each Python: what a user does first. */
export function installJob(options: ReleaseVerificationOptions, repository: Repository): StepsJob {
  return {
    name: "Install (${{ matrix.platform }}, Python ${{ matrix.python }})",
    needs: ["available"],
    runsOn: "${{ matrix.platform }}",
    timeoutMinutes: 20,
    strategy: { matrix: { platform: options.platforms, python: options.pythonVersions } },
    steps: [
      checkout({ scriptsOnly: true }),
      setupPython("${{ matrix.python }}"),
      installPackage(SPECIFIER, { PROJECT: projectOf(options, repository), VERSION }),
      checkPackage(options, repository, VERSION),
    ],
  };
}

/** The release's own tests against the release and real databases. */
export function integrationJob(integration: Integration, options: ReleaseVerificationOptions, repository: Repository): StepsJob {
  return {
    name: "Integration",
    needs: ["available"],
    timeoutMinutes: 30,
    ...databaseParts(integration.databases),
    steps: [
      checkout({ ref: "refs/tags/${{ needs.available.outputs.tag }}" }),
      setupPython(newest(options.pythonVersions)),
      installPackage(SPECIFIER, { PROJECT: projectOf(options, repository), VERSION }),
      ...runTests(integration),
    ],
  };
}

/** Known vulnerabilities in what the release installs. */
export function auditJob(options: ReleaseVerificationOptions, repository: Repository): StepsJob {
  return {
    name: "Dependency audit",
    needs: ["available"],
    timeoutMinutes: 15,
    steps: [
      checkout({ scriptsOnly: true }),
      setupPython(newest(options.pythonVersions)),
      { name: "Install pip-audit", run: `python -m pip install ${PIP_AUDIT}` },
      runScript("audit-package.mjs", { name: "Look for known vulnerabilities", env: { PROJECT: projectOf(options, repository), VERSION, REPORT } }),
      {
        name: "Keep the report",
        if: "always()",
        uses: pinned("actions/upload-artifact"),
        with: { name: "dependency-audit", path: REPORT, "if-no-files-found": "warn", "retention-days": 90 },
      },
    ],
  };
}

function newest(versions: readonly string[]): string {
  return [...versions].sort((a, b) => Number(b.slice(2)) - Number(a.slice(2)))[0] ?? "3.x";
}
