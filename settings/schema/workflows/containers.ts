import * as z from "zod";
import type { DockerBuildOptions } from "../../../components/workflows/containers/docker-build.ts";
import type { SecurityScanOptions } from "../../../components/workflows/containers/security-scan.ts";
import { cron } from "../scalars.ts";
import { security } from "./containers-security.ts";
import { branches, buildPath, command, platforms, serviceName, severities } from "./containers-scalars.ts";

const dockerfile = buildPath.default("Dockerfile").describe("Path of the Dockerfile");
const context = buildPath.default(".").describe("Folder that the build may read");
const platformList = platforms.default(["linux/amd64", "linux/arm64"]).describe("Processors that the image is built for");

const limits = {
  severities: severities.default(["CRITICAL", "HIGH"]).describe("Severities that are reported"),
  ignoreUnfixed: z.boolean().default(true).describe("Leaves out what nobody has mended yet"),
};

const dockerBuild = z.strictObject({
  branches: branches.default(["main", "develop"]).describe("Each push to one of them makes an image; pull requests to them too"),
  service: serviceName.optional().describe("Service whose image it is; the only one of the repository, or its name, where absent"),
  dockerfile,
  context,
  platforms: platformList,
  testCommand: command.describe("Runs in the image on each platform and must end with 0: program and arguments"),
}) satisfies z.ZodType<DockerBuildOptions>;

const securityScan = z.strictObject({
  schedule: cron.default("0 6 * * *").describe("When it runs, UTC"),
  branches: branches.default(["main"]).describe("Pushes and pull requests to them are scanned"),
  dockerfile,
  context,
  ...limits,
  failOnFindings: z.boolean().default(true).describe("Whether a finding fails the job; without it findings only show under Security"),
}) satisfies z.ZodType<SecurityScanOptions>;

/** The options of the families in components/workflows/containers, by key. */
export const containers = {
  dockerBuild: dockerBuild.describe("Builds an image, runs it on each platform, and only then names and signs it"),
  securityScan: securityScan.describe("Looks for known vulnerabilities in the dependencies and in the image, at each change and every day"),
  security: security.describe("Every scanner of code, dependencies, secrets and licences in one workflow; findings show under Security"),
};
