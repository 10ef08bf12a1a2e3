import * as z from "zod";
import type { McpServerReleaseOptions } from "../../../components/workflows/containers/mcp-server-release.ts";
import { environmentName } from "../repository-scalars.ts";
import { text, url } from "../scalars.ts";
import { buildPath, command, platforms, serviceName } from "./containers-scalars.ts";

const tagPrefix = text(/^([a-z0-9-]+-)?v$/, "is not the beginning of a version's tag", "end it with v, such as mcp-server-v");

const serverName = text(/^[A-Za-z0-9_-]{1,64}$/, "is not the name of an MCP server", "use letters, digits, dashes and underscores");

const title = text(/^[\w][\w .:-]{0,80}$/, "is not a title", "use letters, digits, spaces, dots, colons and dashes");

const nodeVersion = text(/^\d{2}$/, "is not a major version of Node.js", 'write it in quotes, such as "24"');

export const mcpServerRelease: z.ZodType<McpServerReleaseOptions> = z.strictObject({
  service: serviceName.describe("Service of the stack whose image it is"),
  package: buildPath.default("packages/mcp-server").describe("Folder of its package; changes of it go into the notes"),
  dockerfile: buildPath.optional().describe("Path of the Dockerfile; the one in the package's folder where absent"),
  context: buildPath.default(".").describe("Folder that the build may read"),
  platforms: platforms.default(["linux/amd64", "linux/arm64"]).describe("Processors that the image is built for"),
  tagPrefix: tagPrefix.default("mcp-server-v").describe("What stands before the version in its git tags"),
  nodeVersion: nodeVersion.default("24").describe("Major version of Node.js"),
  validate: z
    .array(command)
    .min(1, "has no command; write one, or nothing is checked before a release")
    .default([["npm", "ci"], ["npm", "run", "build"], ["npm", "test"]])
    .describe("Must all pass before anything is built: programs with their arguments"),
  compliance: z.boolean().default(true).describe("Whether the image must talk to a strict MCP client before it gets its tags"),
  environment: environmentName.default("mcp-server-release").describe("Environment that guards the publication"),
  title: title.default("MCP server").describe("Name of the release in words"),
  serverName: serverName.optional().describe("Name of the server in the examples; the service's where absent"),
  documentation: url.optional().describe("Where more is written"),
});
