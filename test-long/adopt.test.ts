import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import { adoptedValues, plainState } from "./adopt/values.ts";
import type { Needed } from "./adopt/values.ts";
import { OneService } from "./one-service.ts";
import { repository } from "./room.ts";

const REPOSITORIES = ["mycelicmemory", "workspace-qdrant-mcp", "continuum", "cortex-os", "falkordb-proxy"];
const NAMESPACES = ["mycelicmemory", "workspace-qdrant", "continuum", "cortex", "falkordb-proxy"];
const there = ["--stack", "sandbox", "--sandbox"];

// The state is written once at the end of an update: nothing here is killed.
const tree = new OneService({ environment: { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" } });
const file = join(tree.folder, "Pulumi.sandbox.yaml");
const said: string[] = [];
let before: Record<string, string> = {};
let values: Record<string, string> = {};
let state = plainState('{"deployment":{"resources":[]}}');

async function slipway(args: string[], code = 0): Promise<string> {
  const finished = await tree.slipway(args);
  expect({ args, code: finished.code, output: finished.code === code ? "" : finished.output.slice(-4000) }).toEqual({ args, code, output: "" });
  return finished.output;
}

const up = () => slipway(["sandbox", "up", "--yes", "--skip-preview"]);

beforeAll(async () => {
  const text = readFileSync(join(repository, "Pulumi.sandbox.yaml"), "utf8");
  writeFileSync(file, text);
  await up();
  // A release on its way: a candidate beside the stable revision, testers and returning visitors in the routes.
  writeFileSync(file, text.replace("workspace-qdrant-mcp:v0.2.1", "workspace-qdrant-mcp:v0.3.0"));
  await up();
  state = plainState(await slipway(["sandbox", "stack", "export", "--show-secrets"]));
  writeFileSync(join(tree.folder, "empty.json"), state.emptied);
  await slipway(["sandbox", "stack", "import", "--file", "empty.json", "--force"]);
  writeFileSync(file, stringify({ config: { "github:owner": "slipway-sandbox" }, encryptionsalt: parse(text).encryptionsalt }));
  before = tree.documents();
});
afterAll(() => tree.leave());

describe("from an empty state", () => {
  test("every repository and namespace becomes configuration", async () => {
    const commands: [string[], number][] = [[["adopt", "repository", ...REPOSITORIES, ...there], 2], [["adopt", "namespace", ...NAMESPACES, ...there], 0]];
    const needed: Needed[] = [];
    for (const [args, code] of commands) {
      const read: { secrets: Needed[] } = JSON.parse((await slipway([...args, "--json"], code)).replace(/^[^{]*/, ""));
      needed.push(...read.secrets);
      said.push(await slipway([...args, "--write"], code));
    }
    expect(Object.keys(parse(readFileSync(file, "utf8")).config)).toEqual(["github:owner", "slipway:repositories", "slipway:namespaces", "slipway:services"]);
    values = adoptedValues(needed, state);
    expect(Object.keys(values).length).toBeGreaterThan(40);
    await slipway(["sandbox", "config", "set-all", "--stack", "sandbox", ...Object.entries(values).flatMap(([key, value]) => ["--secret", `slipway:${key}=${value}`])]);
  });

  test("its import changes nothing, and neither would the next update", async () => {
    const told = await slipway(["adopt", "import", ...there, "--json"]);
    said.push(told);
    const { imported, remaining }: { imported: number; remaining: string[] } = JSON.parse(told.slice(told.indexOf("{")));
    expect(remaining).toEqual([]);
    expect(imported).toBeGreaterThan(290);
    await slipway(["sandbox", "preview", "--refresh", "--expect-no-changes"]);
    expect(tree.documents()).toEqual(before);
  });

  test("what is adopted once is not adopted again", async () => {
    expect(await slipway(["adopt", "import", ...there])).toMatch(/The state had everything already\.\nThe next update changes nothing\.\n$/);
    expect(await slipway(["adopt", "repository", "continuum", ...there, "--write"], 1)).toContain("repositories.continuum: the stack's file declares it already");
  });

  test("the release goes on where it was", async () => {
    const releases = JSON.parse(await slipway(["sandbox", "stack", "output", "releases", "--json"]));
    const weights = Object.fromEntries(Object.entries<{ revisions: { role: string; weight: number }[] }>(releases).map(([name, { revisions }]) => [name, revisions.map(({ role, weight }) => `${role} ${weight}`)]));
    expect(weights).toMatchObject({ "workspace-qdrant-mcp": ["stable 90", "candidate 10"], continuum: ["stable 100"] });
  });

  test("no value of a secret is in what was said, nor in the stack's file", () => {
    const shown = [...said, readFileSync(file, "utf8")].join("\n");
    // The addresses of a webhook and of a workflow's variable are no secrets where GitHub shows them.
    const leaked = Object.entries(values).filter(([, value]) => value.length > 8 && shown.includes(value)).map(([key]) => key);
    expect(leaked).toEqual([]);
  });
});
