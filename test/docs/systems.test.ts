import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What the five systems ask for, by system. */
const ASKED: Record<number, number> = { 0: 13, 1: 11, 2: 11, 3: 4, 4: 10 };
const IDS = Object.entries(ASKED).flatMap(([system, rows]) => Array.from({ length: rows }, (_, index) => `${system}.${index + 1}`));

/** Rows that later parts of the project bring; every other one is declared, built and tested. */
const LATER = new Set(["0.13", "1.8", "1.9", "1.10", "2.9", "2.10", "2.11", "3.4", "4.7", "4.8", "4.10"]);

interface Row {
  id: string;
  text: string;
  /** Paths in the sandbox stack's configuration. */
  configuration: string[];
  code: string[];
  tests: string[];
  /** What is not there yet, with the reason. */
  planned: string;
}

const rows: Row[] = readFileSync(join(root, "docs/systems.md"), "utf8").split("\n").flatMap((line) => {
  const [, id = "", text = "", configuration = "", code = "", tests = "", planned = ""] = /^\| (\d\.\d+) \|(.*)\|(.*)\|(.*)\|(.*)\|(.*)\|$/.exec(line) ?? [];
  return id === "" ? [] : [{ id, text: text.trim(), configuration: named(configuration), code: named(code), tests: named(tests), planned: planned.trim() }];
});

function named(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
}

const { config }: { config: Record<string, unknown> } = parse(readFileSync(join(root, "Pulumi.sandbox.yaml"), "utf8"));

/** The value under a path such as `repositories.continuum.workflows.ci`; a name with a dot in it stands in brackets. */
function valueAt(path: string): unknown {
  const [section = "", ...keys] = [...path.matchAll(/\["([^"]+)"\]|([^.[\]]+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
  return keys.reduce<unknown>((value, key) => (typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined), config[`slipway:${section}`]);
}

describe("docs/systems.md", () => {
  test("has every row once, in order, and no other", () => {
    expect(rows.map(({ id }) => id)).toEqual(IDS);
  });

  test.each(rows)("says of $id what it is", ({ text }) => {
    expect(text.length).toBeGreaterThan(15);
  });

  test.each(rows.filter(({ id }) => !LATER.has(id)))("names configuration, code and tests of $id, and postpones nothing", ({ configuration, code, tests, planned }) => {
    expect([configuration.length > 0, code.length > 0, tests.length > 0, planned]).toEqual([true, true, true, ""]);
  });

  test.each(rows.filter(({ id }) => LATER.has(id)))("says where $id is, or why it is not there yet", ({ configuration, code, tests, planned }) => {
    const there = configuration.length > 0 && code.length > 0 && tests.length > 0;
    expect(there || /^planned: .{20,}/.test(planned)).toBe(true);
  });

  test("names every family that the sandbox declares, and every kind of community file", () => {
    const declared = Object.values<{ workflows?: object; community?: object }>(Object(config["slipway:repositories"])).flatMap(({ workflows = {}, community = {} }) => [...Object.keys(workflows), ...Object.keys(community)]);
    const shown = rows.flatMap(({ configuration }) => configuration.flatMap((path) => path.split(".").slice(2)));
    expect([...new Set(declared)].filter((key) => !shown.includes(key))).toEqual([]);
  });

  test.each(rows.flatMap(({ id, code, tests }) => [...code, ...tests].map((file) => ({ id, file }))))("names $file ($id), which exists", ({ file }) => {
    expect(existsSync(join(root, file))).toBe(true);
  });

  test.each(rows.flatMap(({ id, tests }) => tests.map((file) => ({ id, file }))))("names $file as a test of $id", ({ file }) => {
    expect(file).toMatch(/^test(-long)?\/.*\.test\.ts$/);
  });

  test.each(rows.flatMap(({ id, configuration }) => configuration.map((path) => ({ id, path }))))("names $path ($id), which the sandbox declares", ({ path }) => {
    expect(valueAt(path)).toBeDefined();
  });
});
