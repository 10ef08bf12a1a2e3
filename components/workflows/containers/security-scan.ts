import { checkout } from "../kit/index.ts";
import type { Family } from "../kit/index.ts";
import { trivy } from "./trivy.ts";
import type { TrivyLimits } from "./trivy.ts";
import { commandLine } from "./words.ts";

/** Looks for known vulnerabilities in the dependencies and in the image, at each change and every day. */
export interface SecurityScanOptions extends TrivyLimits {
  /** Five fields, UTC. */
  schedule: string;
  /** Pushes and pull requests to them are scanned. */
  branches: [string, ...string[]];
  dockerfile: string;
  /** Folder that the build may read. */
  context: string;
}

const IMAGE = "scanned:local";

export const securityScan: Family<SecurityScanOptions> = ({ schedule, branches, dockerfile, context, ...limits }, repository) => ({
  workflows: [
    {
      file: "security-scan.yml",
      about: "Looks for known vulnerabilities in the dependencies and in the image.\nA vulnerability becomes known without a change here, so it runs every day too.",
      document: {
        name: "Security scan",
        on: { schedule: [{ cron: schedule }], push: { branches }, pull_request: { branches }, workflow_dispatch: {} },
        concurrency: "cancel-on-pull-request",
        jobs: {
          "dependency-scan": {
            name: "Dependencies",
            timeoutMinutes: 15,
            steps: [checkout(), ...trivy({ kind: "fs", path: "." }, "trivy-files", limits, repository)],
          },
          "container-scan": {
            name: "Image",
            timeoutMinutes: 30,
            steps: [
              checkout(),
              { name: "Build the image", run: commandLine(["docker", "build", "--tag", IMAGE, "--file", dockerfile, context]) },
              ...trivy({ kind: "image", reference: IMAGE }, "trivy-image", limits, repository),
            ],
          },
        },
      },
    },
  ],
});
