// Writes github-api.json beside this file from GitHub's own description of its REST API, as @octokit/openapi publishes it: generated/api.github.com.json of
// the version below. `node sandbox/schemas/generate-github-api.ts <that file>` writes, a further `--check` compares. `npm run slipway -- judges` gets the file.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { operations } from "../github-api/operations.ts";
import { described } from "./description.ts";
import { isObject } from "./prune.ts";
import type { Json, JsonObject } from "./prune.ts";

const VERSION = "23.0.2";

/** Taken by GitHub and sent by every client of it, but not described. */
const AMENDED: Record<string, JsonObject> = { "repos/create-or-update-environment": { can_admins_bypass: { type: "boolean" } } };

const [source = "", ...rest] = process.argv.slice(2);
const description: Json = JSON.parse(readFileSync(source, "utf8"));
if (!isObject(description) || !isObject(description["info"]) || description["info"]["version"] !== VERSION) throw new Error(`${source}: must be version ${VERSION} of GitHub's description; get it with npm run slipway -- judges`);

/** One operation and one schema a line: a change of version reads as a diff of what changed. */
function render({ components, paths, ...rest }: JsonObject): string {
  const lines = (value: Json | undefined) => Object.entries(isObject(value) ? value : {}).map(([key, each]) => `${JSON.stringify(key)}: ${JSON.stringify(each)}`).join(",\n");
  const kinds = Object.entries(isObject(components) ? components : {}).map(([kind, all]) => `${JSON.stringify(kind)}: {\n${lines(all)}\n}`).join(",\n");
  const head = Object.entries({
    ...rest, "x-provenance": { from: `@octokit/openapi ${VERSION}`, licence: "MIT", by: "sandbox/schemas/generate-github-api.ts" },
  }).map(([key, each]) => `${JSON.stringify(key)}: ${JSON.stringify(each)}`).join(",\n");
  return `{\n${head},\n"paths": {\n${lines(paths)}\n},\n"components": {\n${kinds}\n}\n}\n`;
}

const text = render(described(description, Object.keys(operations), AMENDED));
const path = join(import.meta.dirname, "github-api.json");
if (!rest.includes("--check")) writeFileSync(path, text);
else if (readFileSync(path, "utf8") !== text) {
  console.error('sandbox/schemas/github-api.json: differs from its source; run "node sandbox/schemas/generate-github-api.ts <description>"');
  process.exitCode = 1;
}
