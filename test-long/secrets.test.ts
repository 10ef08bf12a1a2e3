import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Room, repository } from "./room.ts";

/** The forms in which a value could leak: as it is, in base64 (alone, or wherever it stands in a longer text), and escaped. */
function forms(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const inside = ["", "-", "--"].map((before, place) => Buffer.from(before + value + "--").toString("base64").slice(place === 0 ? 0 : 4, -4));
  return [...new Set([value, encodeURIComponent(value), json, JSON.stringify(json).slice(1, -1), ...inside])];
}

const room = new Room();
const config = join(room.folder, "Pulumi.canary.yaml");
const temporary = join(room.folder, "temporary");
const text = readFileSync(join(repository, "Pulumi.sandbox.yaml"), "utf8");
const keys = [...text.matchAll(/^ {2}slipway:(\w+):\n {4}secure:/gm)].map(([, key]) => String(key));
const canaries = keys.map((key, index) => [key, `canary+${key}/${index}%leak"-in-more-than-32-characters`] as const);
const outputs: (readonly [place: string, content: string])[] = [];
let drawn: string[] = [];

async function pulumi(args: string[], environment: Record<string, string> = {}): Promise<{ code: number | null; output: string }> {
  const outcome = await room.run([...args, "--stack", "sandbox"], { TMPDIR: temporary, ...environment });
  outputs.push([`pulumi ${args.join(" ")}`, outcome.output]);
  return outcome;
}

async function done(...args: string[]): Promise<void> {
  const { code, output } = await pulumi(args);
  expect({ args, code, output: code === 0 ? "" : output.slice(-4000) }).toEqual({ args, code: 0, output: "" });
}

/** The values of every secret result of a random resource, from a state in plain text. */
function drawnValues(state: string): string[] {
  const resources: { type: string; outputs?: Record<string, { plaintext?: string } | null> }[] = JSON.parse(state).deployment.resources;
  return resources
    .filter(({ type }) => type.startsWith("random:"))
    .flatMap(({ outputs: results = {} }) => Object.values(results).flatMap((result) => (typeof result?.plaintext === "string" ? [String(JSON.parse(result.plaintext))] : [])));
}

const leaks = (secrets: (readonly [name: string, value: string])[]) => {
  const files = room.files().map((path) => [path, readFileSync(path, "utf8")] as const);
  return [...outputs, ...files].flatMap(([place, content]) =>
    secrets.flatMap(([name, value]) => forms(value).filter((form) => content.includes(form)).map(() => `${name} in ${place}`)),
  );
};

beforeAll(async () => {
  mkdirSync(temporary);
  writeFileSync(config, text);
  const set = await room.run(["config", "set-all", "--stack", "sandbox", "--config-file", config, ...canaries.flatMap(([key, value]) => ["--secret", `slipway:${key}=${value}`])]);
  expect({ code: set.code, output: set.code === 0 ? "" : set.output }).toEqual({ code: 0, output: "" });
  await done("up", "--yes", "--skip-preview", "-v=9", "--logtostderr", "--config-file", config);
  await done("preview", "--diff", "--refresh", "-v", "9", "--config-file", config);
  await done("preview", "--diff", "--config-file", config);
  await done("stack", "output", "--json");
  await done("stack", "export");
  await done("refresh", "--yes", "--skip-preview", "--diff", "--verbose=9", "--config-file", config);
  await pulumi(["up", "--yes", "--skip-preview", "--replace", "**Secret::**", "--config-file", config], { SLIPWAY_SANDBOX_FAIL_TYPE: "*Secret*" });
  await pulumi(["up", "--yes", "--skip-preview", "-v=9", "--replace", "**Secret::**", "--config-file", config], { SLIPWAY_SANDBOX_FAIL_TYPE: "*Secret*" });
  drawn = drawnValues((await room.run(["stack", "export", "--show-secrets", "--stack", "sandbox"])).output);
});

afterAll(() => room.leave());

test("no secret of the configuration is in the state, the outputs, the cloud, the logs at -v=9 or any error", () => {
  expect(canaries.length).toBeGreaterThan(10);
  expect(leaks(canaries)).toEqual([]);
});

test("no value that was drawn at random is in any of them either", () => {
  expect(drawn.length).toBeGreaterThan(0);
  expect(leaks(drawn.map((value, index) => [`drawn value ${index}`, value] as const))).toEqual([]);
});

test("the logs are there, and say where a secret was", () => {
  const logs = outputs.filter(([place]) => /-v|verbose/.test(place));
  expect(logs.map(([, content]) => content.includes("Marshaling property for RPC") && content.includes("[secret]"))).toEqual([true, true, true, true]);
});

test("a failure says what failed", () => {
  expect(outputs.at(-2)?.[1]).toContain("injected: ");
  expect(outputs.at(-1)?.[1]).toContain("injected: ");
});
