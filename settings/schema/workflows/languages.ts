import * as z from "zod";
import type { GoProject, NodeProject, Project, PythonProject } from "../../../components/workflows/languages/index.ts";
import { once, percentage, text, whole } from "../scalars.ts";
import { buildPath } from "./containers-scalars.ts";

const listed = "is not a list with at least one entry; write one";
const list = <Item extends z.ZodType<string>>(item: Item): z.ZodTuple<[Item], Item> => z.tuple([item], item, listed).refine(...once);

export const pythonVersion = text(/^3\.\d{1,2}$/, "is not a version of Python", 'write one in quotes, such as "3.12"');
const goVersion = text(/^(oldstable|stable|1\.\d{1,2}(\.\d+)?)$/, "is not a version of Go", 'write stable, oldstable or one in quotes such as "1.25"');
const nodeVersion = text(/^\d{2}$/, "is not a version of Node.js", 'write the major version in quotes, such as "24"');
const toolVersion = text(/^v\d+(\.\d+){1,2}$/, "is not the version of a tool", "write one such as v2.5");
const extra = text(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/, "is not the name of an extra", "write one of [project.optional-dependencies], such as dev");
const npmScript = text(/^[a-z0-9][\w:.-]*$/i, "is not the name of a script", "write one of the scripts in package.json, such as lint");

const flake8 = z.strictObject({
  kind: z.literal("flake8"),
  maxComplexity: whole(1, 100, "branches").default(10).describe("Branches of a function above which style is reported"),
  maxLineLength: whole(40, 300, "characters").default(127).describe("Characters of a line above which style is reported"),
});

const dependencies = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("requirements"), files: list(buildPath).describe("Requirement files, the tools' too") }),
  z.strictObject({ kind: z.literal("project"), extras: z.array(extra).default(["dev"]).describe("Extras of the project, the tools' too") }),
  z.strictObject({ kind: z.literal("uv") }),
], "is not requirements, project or uv; write one such as { kind: project, extras: [dev] }");

const python = z.strictObject({
  language: z.literal("python"),
  versions: list(pythonVersion).default(["3.10", "3.11", "3.12"]).describe("Versions of Python, oldest first; single jobs take the last"),
  dependencies: dependencies.describe("Where the dependencies come from"),
  source: buildPath.describe("Folder of the code"),
  tests: buildPath.default("tests").describe("Folder of the tests"),
  linter: z.discriminatedUnion("kind", [z.strictObject({ kind: z.literal("ruff") }), flake8]).default({ kind: "ruff" }).describe("What lints"),
  black: z.boolean().default(true).describe("Whether black checks the format"),
  mypy: z.strictObject({ ignoreMissingImports: z.boolean().default(false).describe("Lets packages without types pass") }).optional().describe("mypy checks types"),
  bandit: z.boolean().default(true).describe("Whether bandit looks for insecure code"),
  audit: z.enum(["safety", "pip-audit", "none"], "is not safety, pip-audit or none; write one of them").default("pip-audit").describe("What looks for vulnerable dependencies"),
  coverageMinimum: percentage.default(80).describe("Least coverage, per cent of lines"),
}) satisfies z.ZodType<PythonProject>;

const go = z.strictObject({
  language: z.literal("go"),
  versions: list(goVersion).default(["stable"]).describe("Versions of Go, oldest first; single jobs take the last"),
  golangciLint: toolVersion.optional().describe("Version of golangci-lint, such as v2.5; only go vet where absent"),
  race: z.boolean().default(true).describe("Whether the tests run under the race detector too"),
  govulncheck: toolVersion.optional().describe("Version of govulncheck, such as v1.1.4"),
  coverageMinimum: percentage.default(0).describe("Least coverage, per cent of statements"),
}) satisfies z.ZodType<GoProject>;

const node = z.strictObject({
  language: z.literal("node"),
  versions: list(nodeVersion).default(["22", "24"]).describe("Versions of Node.js, oldest first; single jobs take the last"),
  packageManager: z.enum(["npm", "pnpm"], "is not npm or pnpm; write one of them").default("npm").describe("What installs"),
  lint: npmScript.optional().describe("Script that lints"),
  types: npmScript.optional().describe("Script that checks types"),
  test: npmScript.default("test").describe("Script that tests"),
  coverageFile: buildPath.default("coverage/lcov.info").describe("lcov file that the tests write"),
  build: npmScript.optional().describe("Script that builds"),
  audit: z.enum(["low", "moderate", "high", "critical", "none"], "is not a severity; write low, moderate, high, critical or none").default("high").describe("Advisories from this severity on fail the check"),
}) satisfies z.ZodType<NodeProject>;

/** What the code is written in, with the tools that its team uses. */
export const project = z.discriminatedUnion("language", [python, go, node], "is not of a known language; write language: python, go or node") satisfies z.ZodType<Project>;
