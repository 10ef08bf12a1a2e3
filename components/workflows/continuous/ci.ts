import { gate } from "../containers/gate.ts";
import type { Family, Job } from "../kit/index.ts";
import { toolchain } from "../languages/index.ts";
import type { Project } from "../languages/index.ts";
import type { Databases } from "../service-containers.ts";
import { auditJob, complianceJob, lintJob, packageJob, raceJob, testsJob } from "./ci-jobs.ts";
import { imageJob, integrationJob } from "./ci-containers.ts";
import type { CiImage, Integration } from "./ci-containers.ts";

/** Checks every change: lint, tests on each version, package, image, integration, and one check that stands for all of them. */
export interface CiOptions {
  project: Project;
  /** Pull requests into them are checked. */
  branches: [string, ...string[]];
  /** Pushes to them are checked. */
  pushBranches: [string, ...string[]];
  /** Databases of the tests. */
  databases: Databases;
  /** Absent: no upload. */
  codecov?: Codecov | undefined;
  /** Whether the package is built and checked. */
  package: boolean;
  /** Absent: no image. */
  image?: CiImage | undefined;
  /** Absent: no integration test. */
  integration?: Integration | undefined;
  /** Program and arguments of an MCP server on stdin and stdout. @default absent: no check of the protocol */
  mcpServer?: string[] | undefined;
}

export interface Codecov {
  /** Secret; public repositories do without. */
  token?: string | undefined;
}

export const ci: Family<CiOptions> = (options) => ({
  workflows: [
    {
      file: "ci.yml",
      about: "Checks every change. Rulesets ask for the check `test`, which fails if any other job did.",
      document: {
        name: "CI",
        on: { push: { branches: options.pushBranches }, pull_request: { branches: options.branches }, workflow_dispatch: {} },
        concurrency: "cancel-on-pull-request",
        jobs: jobs(options),
      },
    },
  ],
});

function jobs({ project, databases, codecov, package: packaged, image, integration, mcpServer }: CiOptions): Record<string, Job> {
  const tools = toolchain(project);
  const checks: Record<string, Job> = {
    lint: lintJob(tools),
    "unit-tests": testsJob(tools, databases, codecov),
    ...(tools.race.length > 0 && { race: raceJob(tools, databases) }),
    ...(tools.audit.length > 0 && { "dependency-scan": auditJob(tools) }),
    ...(packaged && { package: packageJob(tools) }),
    ...(mcpServer && { "mcp-compliance": complianceJob(tools, mcpServer) }),
    ...(image && { image: imageJob(image, databases) }),
    ...(integration && { "integration-test": integrationJob(integration, tools, databases) }),
  };
  return { ...checks, test: gate("test", Object.keys(checks)) };
}
