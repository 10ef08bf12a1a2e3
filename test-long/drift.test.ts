import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parseDocument } from "yaml";
import { targetsOf } from "./drift-targets.ts";
import type { Path, Target } from "./drift-targets.ts";
import { ONE_CHECKPOINT, Room } from "./room.ts";

/** Where the document lies: changing these by hand moves the object, which is a deletion and an addition. */
const IDENTITY = new Set(["apiVersion", "kind", "metadata.name", "metadata.namespace"]);
/** Fields of each type that are tried, one a round: 4 unless SLIPWAY_TEST_ROUNDS says otherwise. */
const rounds = Number(process.env["SLIPWAY_TEST_ROUNDS"] ?? 4);

const room = new Room(ONE_CHECKPOINT);
let targets: Target[] = [];
let untouched = new Map<string, string>();

beforeAll(async () => {
  expect((await room.run(["up", "--yes", "--skip-preview"])).code).toBe(0);
  untouched = room.documents();
  targets = targetsOf(untouched, (await room.run(["stack", "export"])).output, IDENTITY);
});
afterAll(() => room.leave());

function otherValue(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  return `${String(value)}-by-hand`;
}

function edit(file: string, change: (document: ReturnType<typeof parseDocument>) => void): void {
  const path = join(room.cloud, file);
  const document = parseDocument(readFileSync(path, "utf8"));
  change(document);
  writeFileSync(path, document.toString({ lineWidth: 0 }));
}

/** The first, the last, and those between, evenly. */
function spread(fields: Path[], round: number): Path {
  return fields[Math.round((round * (fields.length - 1)) / Math.max(1, rounds - 1))] ?? [];
}

/** The parts of all documents that the stack declares. */
function declared(): Record<string, unknown> {
  const documents = room.documents();
  return Object.fromEntries(targets.map(({ file, fields }) => {
    const document = parseDocument(documents.get(file) ?? "");
    return [file, fields.map((path) => [path.join("."), document.getIn(path)])];
  }));
}

async function shownThenRestored(touched: Target[], what: string): Promise<void> {
  const before = Object.fromEntries(touched.map(({ urn }) => [urn, "shown"]));
  const preview = await room.run(["preview", "--refresh", "--json"]);
  const steps: { op: string; urn: string }[] = JSON.parse(preview.output.slice(preview.output.indexOf("{"))).steps;
  const changed = new Set(steps.filter(({ op }) => op !== "same" && op !== "refresh" && op !== "read").map(({ urn }) => urn));
  expect({ what, shown: Object.fromEntries(touched.map(({ urn }) => [urn, changed.has(urn) ? "shown" : "hidden"])) }).toEqual({ what, shown: before });
  const up = await room.run(["up", "--refresh", "--yes", "--skip-preview"]);
  expect({ what, code: up.code, output: up.code === 0 ? "" : up.output }).toEqual({ what, code: 0, output: "" });
  const after = await room.run(["preview", "--refresh", "--expect-no-changes"]);
  expect({ what, code: after.code, output: after.code === 0 ? "" : after.output }).toEqual({ what, code: 0, output: "" });
  expect([...room.documents().keys()].sort()).toEqual([...untouched.keys()].sort());
}

describe("for every resource type of the stack", () => {
  let original: Record<string, unknown> = {};
  beforeAll(() => {
    original = declared();
  });

  test("there is a document with fields to change", () => {
    expect(targets.length).toBeGreaterThan(35);
    expect(targets.filter(({ fields }) => fields.length === 0).map(({ type }) => type)).toEqual([]);
  });

  test.each(Array.from({ length: rounds }, (_, round) => round))("an edited field shows and is restored (round %i)", async (round) => {
    for (const { file, fields } of targets) {
      const path = spread(fields, round);
      edit(file, (document) => document.setIn(path, otherValue(document.getIn(path))));
    }
    await shownThenRestored(targets, `edit ${round}`);
    expect(declared()).toEqual(original);
  });

  test.each(Array.from({ length: rounds }, (_, round) => round))("a deleted field shows and is restored (round %i)", async (round) => {
    for (const { file, fields } of targets) edit(file, (document) => void document.deleteIn(spread(fields, round)));
    await shownThenRestored(targets, `delete ${round}`);
    expect(declared()).toEqual(original);
  });

  test("an added field shows and is taken away", async () => {
    for (const { file, type } of targets) {
      const kubernetes = type.startsWith("kubernetes:");
      edit(file, (document) => document.setIn(kubernetes ? ["metadata", "annotations", "added-by"] : ["addedBy"], "hand"));
    }
    await shownThenRestored(targets, "add");
    expect([...room.documents().values()].filter((text) => /added-?[bB]y: hand/.test(text))).toEqual([]);
  });

  test("a deleted document shows and is made again", async () => {
    for (const { file } of targets) rmSync(join(room.cloud, file));
    await shownThenRestored(targets, "delete the document");
    expect(declared()).toEqual(original);
  });
});
