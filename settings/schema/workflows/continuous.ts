import * as z from "zod";
import type { CiOptions } from "../../../components/workflows/continuous/ci.ts";
import type { CdOptions } from "../../../components/workflows/continuous/cd.ts";
import type { DeployOptions } from "../../../components/workflows/continuous/deploy.ts";
import type { DocsOptions } from "../../../components/workflows/continuous/docs.ts";
import { environmentName, refPattern } from "../repository-scalars.ts";
import { absolutePath, actionsName, branchName, environmentVariable, portNumber, prose, text, url, whole } from "../scalars.ts";
import { branches, buildPath, command, pathGlob, platforms, serviceName } from "./containers-scalars.ts";
import { databases } from "./databases.ts";
import { loadTest, securityGate, target } from "./deployments.ts";
import { project, pythonVersion } from "./languages.ts";
import { notify } from "./notify.ts";

const image = z.strictObject({
  dockerfile: buildPath.default("Dockerfile").describe("Path of the Dockerfile"),
  context: buildPath.default(".").describe("Folder that the build may read"),
  smoke: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("command"), command: command.describe("Runs in the image and must end with 0: program and arguments") }),
    z.strictObject({ kind: z.literal("http"), port: portNumber.describe("Port of the image"), path: absolutePath.describe("Path that answers when it is up") }),
  ], "is not a smoke test; write { kind: command, command: [...] } or { kind: http, port: 8000, path: /health }").describe("How it shows that it runs"),
});

const ci: z.ZodType<CiOptions> = z.strictObject({
  project: project.describe("What the code is written in, with its tools"),
  branches: branches.default(["main", "develop"]).describe("Pull requests into them are checked"),
  pushBranches: listed(refPattern).default(["main", "develop"]).describe("Pushes to them are checked"),
  databases,
  codecov: z.strictObject({ token: actionsName.optional().describe("Secret; public repositories do without") }).optional().describe("Uploads the coverage to Codecov"),
  package: z.boolean().default(true).describe("Whether the package is built and checked"),
  image: image.optional().describe("Builds the image and tries it"),
  integration: z.strictObject({
    compose: buildPath.optional().describe("Compose file that brings the system up; the databases are all it needs where absent"),
    command: command.describe("The tests: program and arguments"),
  }).optional().describe("Tests that need the whole system"),
  mcpServer: command.optional().describe("MCP server on stdin and stdout whose protocol is checked: program and arguments"),
});

const pypi = z.strictObject({
  environment: environmentName.default("pypi").describe("Environment that PyPI trusts"),
  testEnvironment: environmentName.optional().describe("Environment that publishes to TestPyPI first"),
});

const cd: z.ZodType<CdOptions> = z.strictObject({
  project: project.describe("What the code is written in, with its tools"),
  tags: z.tuple([refPattern], refPattern).default(["v*.*.*"]).describe("Tags that are released"),
  databases,
  pypi: pypi.optional().describe("Publishes the package by trusted publishing"),
  service: serviceName.optional().describe("Service whose image it is; the only one of the repository where absent"),
  dockerfile: buildPath.default("Dockerfile").describe("Path of the Dockerfile"),
  context: buildPath.default(".").describe("Folder that the build may read"),
  platforms: platforms.default(["linux/amd64", "linux/arm64"]).describe("Processors that the image is built for"),
  targets: listed(z.strictObject({ ...target, prereleases: z.boolean().default(true).describe("Whether prereleases go there too") })).describe("In the order in which a release goes through them"),
  notify: notify.prefault({}).describe("Who hears how it ended"),
});

const trigger = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("push"), branch: branchName.describe("Every push to it is deployed") }),
  z.strictObject({ kind: z.literal("prereleased") }),
  z.strictObject({ kind: z.literal("released") }),
], "is not an occasion; write { kind: push, branch: develop }, { kind: prereleased } or { kind: released }");

const deploy: z.ZodType<DeployOptions> = z.strictObject({
  service: serviceName.optional().describe("Service whose image it is; the only one of the repository where absent"),
  targets: listed(z.strictObject({
    ...target,
    trigger: trigger.describe("When something is deployed there"),
    security: securityGate.optional().describe("Known vulnerabilities that keep an image away"),
    performance: loadTest.optional().describe("How fast it has to be"),
  })).describe("Each environment gets a workflow of its own"),
  imageWaitMinutes: whole(0, 120, "minutes").default(30).describe("Minutes to wait for the image's own build"),
  notify: notify.prefault({}).describe("Who hears how it ended"),
});

const pythonPackage = text(/^(?!.*\.\.)[A-Za-z_][\w./-]*$/, "is not the folder of a package", "write it from the repository's root, such as src/shop");
const stableTags = "v[0-9]+.[0-9]+.[0-9]+";

const docs: z.ZodType<DocsOptions> = z.strictObject({
  branch: branchName.default("main").describe("Pushes to it are published"),
  paths: listed(pathGlob).default(["docs/**", "mkdocs.yml", ".github/workflows/docs.yml"]).describe("Changes of these build it"),
  python: pythonVersion.default("3.12").describe("Version of Python, in quotes"),
  versions: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("latest") }),
    z.strictObject({
      kind: z.literal("mike"),
      tags: listed(refPattern).default([stableTags]).describe("Tags whose documentation stays, stable versions only"),
      keepBranch: branchName.default("gh-pages").describe("Branch that keeps all versions"),
    }),
  ], "is not a way to keep versions; write { kind: latest } or { kind: mike }").default({ kind: "latest" }).describe("Which versions people can read"),
  environment: environmentName.default("github-pages").describe("Environment of GitHub Pages"),
  site: z.strictObject({
    name: prose(100).describe("Its title"),
    url: url.describe("Where it will be found"),
    packages: listed(pythonPackage).describe("Folders of the Python packages whose API is shown"),
  }).optional().describe("Makes mkdocs.yml and docs/requirements.txt; they are the repository's own where absent"),
});

/** The options of the families in components/workflows/continuous, by key. */
export const continuous = {
  ci: ci.describe("Checks every change: lint, tests on each version, package, image, integration"),
  cd: cd.describe("Releases a tag: package, image, one environment after the other, release notes"),
  deploy: deploy.describe("Brings what another workflow built to each environment on its own occasion"),
  docs: docs.describe("Builds the documentation with MkDocs, and puts it on GitHub Pages"),
};

function listed<Item extends z.ZodType>(item: Item): z.ZodTuple<[Item], Item> {
  return z.tuple([item], item, "is not a list with at least one entry; write one");
}
