import * as z from "zod";
import type { DockerBuildOptions } from "../../../components/workflows/containers/docker-build.ts";
import type { DockerCiOptions } from "../../../components/workflows/containers/docker-ci.ts";
import type { SecurityScanOptions } from "../../../components/workflows/containers/security-scan.ts";
import { cron, prose, whole } from "../scalars.ts";
import { observabilityValidate } from "./containers-observability.ts";
import { mcpServerRelease } from "./containers-releases.ts";
import { security } from "./containers-security.ts";
import { branches, buildPath, command, pathGlob, platforms, serviceName, severities } from "./containers-scalars.ts";

const dockerfile = buildPath.default("Dockerfile").describe("Path of the Dockerfile");
const context = buildPath.default(".").describe("Folder that the build may read");
const platformList = platforms.default(["linux/amd64", "linux/arm64"]).describe("Processors that the image is built for");

const limits = {
  severities: severities.default(["CRITICAL", "HIGH"]).describe("Severities that are reported"),
  ignoreUnfixed: z.boolean().default(true).describe("Leaves out what nobody has mended yet"),
};

const dockerBuild: z.ZodType<DockerBuildOptions> = z.strictObject({
  branches: branches.default(["main", "develop"]).describe("Each push to one of them makes an image; pull requests to them too"),
  service: serviceName.optional().describe("Service whose image it is; the only one of the repository, or its name, where absent"),
  dockerfile,
  context,
  platforms: platformList,
  testCommand: command.describe("Runs in the image on each platform and must end with 0: program and arguments"),
});

const dockerCi: z.ZodType<DockerCiOptions> = z.strictObject({
  services: z
    .array(
      z.strictObject({
        name: serviceName.describe("Service of the stack; its image is published under the name that the stack deploys"),
        dockerfile,
        context,
        paths: z.array(pathGlob).min(1, "has no path; write one, or leave it out").optional().describe("A change to one of them builds the image; the Dockerfile's folder, and manifests and locks of the root, where absent"),
      }),
    )
    .min(1, "has no service; write one")
    .describe("The images"),
  branches: branches.default(["main"]).describe("Pushes and pull requests to them are checked"),
  platforms: platformList,
  severities: limits.severities,
  failOnFindings: z.boolean().default(false).describe("Whether a vulnerability fails the check; without it findings only show under Security"),
  composeFiles: z.array(buildPath).default(["docker-compose.infra.yml", "docker-compose.yml"]).describe("Compose files that must be valid and whose services must become healthy"),
  composeWaitSeconds: whole(1, 1500, "seconds").default(180).describe("Seconds in which all services of a compose file must become healthy"),
  check: prose(100).default("docker-ci").describe("Name of the job that a ruleset asks for"),
});

const securityScan: z.ZodType<SecurityScanOptions> = z.strictObject({
  schedule: cron.default("0 6 * * *").describe("When it runs, UTC"),
  branches: branches.default(["main"]).describe("Pushes and pull requests to them are scanned"),
  dockerfile,
  context,
  ...limits,
  failOnFindings: z.boolean().default(true).describe("Whether a finding fails the job; without it findings only show under Security"),
});

/** The options of the families in components/workflows/containers, by key. */
export const containers = {
  dockerBuild: dockerBuild.describe("Builds an image, runs it on each platform, and only then names and signs it"),
  dockerCi: dockerCi.describe("Lints, builds, scans and tests the images that a change touches; a run by hand may publish them"),
  mcpServerRelease: mcpServerRelease.describe("Releases an MCP server as a signed image with notes that say how to use it"),
  observabilityValidate: observabilityValidate.describe("Checks what watches the services: Prometheus, dashboards, metrics, logs, traces"),
  securityScan: securityScan.describe("Looks for known vulnerabilities in the dependencies and in the image, at each change and every day"),
  security: security.describe("Every scanner of code, dependencies, secrets and licences in one workflow; findings show under Security"),
};
