import { OptionProblem } from "../kit/index.ts";
import type { Family, Repository, StepsJob } from "../kit/index.ts";
import { codeqlJob, dependencyReviewJob, scorecardJob } from "./security-github.ts";
import { banditJob, licencesJob, pipAuditJob } from "./security-python.ts";
import { gitleaksJob, sbomJob, semgrepJob, trivyJob } from "./security-jobs.ts";

/** What the workflow can run; each is on unless it is left out with a reason. */
export const tools = ["codeql", "dependency-review", "bandit", "pip-audit", "semgrep", "trivy", "gitleaks", "licences", "sbom", "scorecard"] as const;
export type Tool = (typeof tools)[number];

export type Language = "actions" | "c-cpp" | "csharp" | "go" | "java-kotlin" | "javascript-typescript" | "python" | "ruby" | "rust";

/** Every scanner of code, dependencies, secrets and licences in one workflow; findings show under Security. */
export interface SecurityOptions {
  /** Five fields, UTC. */
  schedule: string;
  /** Pushes and pull requests to them are scanned. */
  branches: [string, ...string[]];
  /** Languages that CodeQL reads. */
  languages: Language[];
  /** Folders of the Python code that Bandit reads. */
  sources: string[];
  /** Python that dependencies are resolved with: `3.12`. */
  pythonVersion: string;
  /** Rule sets of Semgrep's registry. */
  semgrepRules: string[];
  /** From which severity a new dependency's vulnerability fails a pull request. */
  failOnSeverity: "low" | "moderate" | "high" | "critical";
  /** Beginnings of licences that a dependency may not have, as SPDX writes them: `AGPL` is also `AGPL-3.0-only`. */
  deniedLicences: string[];
  /** Dockerfile of the image that Trivy scans too, with the folder that the build may read. @default files alone */
  image?: { dockerfile: string; context: string } | undefined;
  /** Tools that do not run, each with the reason. */
  without: Partial<Record<Tool, string>>;
}

const jobs: Record<Tool, (options: SecurityOptions, repository: Repository) => StepsJob> = {
  codeql: codeqlJob,
  "dependency-review": dependencyReviewJob,
  bandit: banditJob,
  "pip-audit": pipAuditJob,
  semgrep: semgrepJob,
  trivy: trivyJob,
  gitleaks: gitleaksJob,
  licences: licencesJob,
  sbom: sbomJob,
  scorecard: scorecardJob,
};

/** GitHub runs them in public repositories, and in others with Advanced Security. */
const licensed: readonly Tool[] = ["codeql", "dependency-review"];

export const security: Family<SecurityOptions> = (options, repository) => {
  const { schedule, branches, without } = options;
  const unlicensed = repository.codeScanning ? undefined : licensed.find((tool) => !Object.hasOwn(without, tool));
  if (unlicensed) throw new OptionProblem(["without"], `leaves ${unlicensed} on, which asks for Advanced Security in a repository that is not public`, `set security: { advancedSecurity: true }, or write without: { ${unlicensed}: <reason> }`);
  const left = tools.filter((tool) => Object.hasOwn(without, tool));
  const about = ["Scans code, dependencies, secrets and licences at each change and every day; findings show under Security.", ...left.map((tool) => `Without ${tool}: ${without[tool]}`)];
  return {
    workflows: [
      {
        file: "security.yml",
        about: about.join("\n"),
        document: {
          name: "Security",
          on: { schedule: [{ cron: schedule }], push: { branches }, pull_request: { branches }, workflow_dispatch: {} },
          concurrency: "cancel-on-pull-request",
          jobs: Object.fromEntries(tools.filter((tool) => !left.includes(tool)).map((tool) => [tool, jobs[tool](options, repository)])),
        },
      },
    ],
  };
};
