import * as z from "zod";
import type { CiOptions } from "../../../components/workflows/continuous/ci.ts";
import { actionsName, absolutePath, environmentVariable, portNumber } from "../scalars.ts";
import { branches, buildPath, command } from "./containers-scalars.ts";
import { project } from "./languages.ts";

const databases = z.strictObject({
  postgresql: environmentVariable.optional().describe("Environment variable with the address of a PostgreSQL"),
  redis: environmentVariable.optional().describe("Environment variable with the address of a Redis"),
  qdrant: environmentVariable.optional().describe("Environment variable with the address of a Qdrant"),
}).default({}).describe("Databases of the tests: the variable that holds the address of each");

const image = z.strictObject({
  dockerfile: buildPath.default("Dockerfile").describe("Path of the Dockerfile"),
  context: buildPath.default(".").describe("Folder that the build may read"),
  smoke: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("command"), command: command.describe("Runs in the image and must end with 0: program and arguments") }),
    z.strictObject({ kind: z.literal("http"), port: portNumber.describe("Port of the image"), path: absolutePath.describe("Path that answers when it is up") }),
  ], "is not a smoke test; write { kind: command, command: [...] } or { kind: http, port: 8000, path: /health }").describe("How it shows that it runs"),
});

const ci = z.strictObject({
  project: project.describe("What the code is written in, with its tools"),
  branches: branches.default(["main", "develop"]).describe("Pull requests into them are checked"),
  pushBranches: branches.default(["main", "develop"]).describe("Pushes to them are checked"),
  databases,
  codecov: z.strictObject({ token: actionsName.optional().describe("Secret; public repositories do without") }).optional().describe("Uploads the coverage to Codecov"),
  package: z.boolean().default(true).describe("Whether the package is built and checked"),
  image: image.optional().describe("Builds the image and tries it"),
  integration: z.strictObject({
    compose: buildPath.optional().describe("Compose file that brings the system up; the databases are all it needs where absent"),
    command: command.describe("The tests: program and arguments"),
  }).optional().describe("Tests that need the whole system"),
  mcpServer: command.optional().describe("MCP server on stdin and stdout whose protocol is checked: program and arguments"),
}) satisfies z.ZodType<CiOptions>;

/** The options of the families in components/workflows/continuous, by key. */
export const continuous = {
  ci: ci.describe("Checks every change: lint, tests on each version, package, image, integration"),
};
