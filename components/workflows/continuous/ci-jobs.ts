import { checkout, pinned, runScript } from "../kit/index.ts";
import type { Step, StepsJob } from "../kit/index.ts";
import { newest } from "../languages/index.ts";
import type { Toolchain } from "../languages/index.ts";
import { databaseParts } from "../service-containers.ts";
import type { Databases } from "../service-containers.ts";
import type { Codecov } from "./ci.ts";

export function lintJob(tools: Toolchain): StepsJob {
  return { name: "lint", timeoutMinutes: 10, steps: [checkout(), ...tools.setUp(newest(tools), true), ...tools.lint] };
}

export function testsJob(tools: Toolchain, databases: Databases, codecov: Codecov | undefined): StepsJob {
  return {
    name: `${tools.label} \${{ matrix.version }}`,
    timeoutMinutes: 10,
    strategy: { matrix: { version: tools.versions } },
    ...databaseParts(databases),
    steps: [checkout(), ...tools.setUp("${{ matrix.version }}", true), ...tools.tests, ...(codecov ? [coverageUpload(codecov, tools)] : [])],
  };
}

/** Once a run: the versions would only overwrite each other. */
function coverageUpload({ token }: Codecov, tools: Toolchain): Step {
  return {
    name: "Upload the coverage",
    if: `\${{ matrix.version == '${newest(tools)}' }}`,
    uses: pinned("codecov/codecov-action"),
    with: { files: tools.coverageFile, disable_search: true, ...(token !== undefined && { token: `\${{ secrets.${token} }}` }) },
  };
}

export function raceJob(tools: Toolchain, databases: Databases): StepsJob {
  return { name: "race", timeoutMinutes: 15, ...databaseParts(databases), steps: [checkout(), ...tools.setUp(newest(tools), true), ...tools.race] };
}

export function auditJob(tools: Toolchain): StepsJob {
  return { name: "dependency-scan", timeoutMinutes: 10, steps: [checkout(), ...tools.setUp(newest(tools), true), ...tools.audit] };
}

export function packageJob(tools: Toolchain): StepsJob {
  return { name: "package", timeoutMinutes: 5, steps: [checkout(), ...tools.setUpBuild(newest(tools), true), ...tools.build] };
}

export function complianceJob(tools: Toolchain, mcpServer: readonly string[]): StepsJob {
  return {
    name: "mcp-compliance",
    timeoutMinutes: 10,
    steps: [
      checkout(),
      ...tools.setUp(newest(tools), true),
      ...tools.build,
      runScript("mcp-compliance.mjs", { name: "Talk to the server", env: { SERVER: JSON.stringify(mcpServer) } }),
    ],
  };
}
