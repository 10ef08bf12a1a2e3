import { describe, expect, test } from "@jest/globals";
import { admit, UNKNOWN, validate } from "../../../sandbox/kubernetes/index.ts";
import type { Manifest } from "../../../sandbox/kubernetes/index.ts";
import { readCases, recorded, stableFields } from "./cases.ts";

const answers = recorded();

/** The server lists supported values in no particular order, and repeats itself where two checks meet. */
const settled = (problems: string[]): string[] =>
  [...new Set(problems.map((each) => each.replace(/(supported values: )(.*)$/, (_, words, values) => words + values.split(", ").sort().join(", "))))].sort();

/** Paths only where the server gave one. */
function ours(manifest: Manifest, theirs: string[]): string[] {
  const pathless = new Set(theirs.filter((each) => each.startsWith(" | ")));
  return validate(manifest).map(({ path, reason }) => (settled([` | ${reason}`]).every((each) => settled([...pathless]).includes(each)) ? ` | ${reason}` : `${path} | ${reason}`));
}

const numbered = (section: "builtIn" | "workloads" | "custom" | "istio") =>
  readCases(section).map((manifest, index) => ({ manifest, index, title: `${manifest.kind} (case ${index})`, theirs: answers[section][index] ?? [] }));

describe.each(["builtIn", "workloads", "custom"] as const)("%s", (section) => {
  test("has an answer for each case", () => {
    expect(answers[section]).toHaveLength(readCases(section).length);
  });
  test.each(numbered(section))("a bad $title is refused in the API server's own words", ({ manifest, theirs }) => {
    expect(settled(ours(manifest, theirs))).toEqual(settled(theirs));
  });
});

describe("istio", () => {
  test.each(numbered("istio"))("a $title is answered as by istiod's webhook", ({ manifest, theirs }) => {
    expect(settled(validate(manifest).map(({ reason }) => reason))).toEqual(settled(theirs));
  });
});

const admitted = readCases("admitted").map((manifest, index) => ({ manifest, index, title: `${manifest.kind} (case ${index})` }));
const NOW = new Date("2026-01-02T03:04:05Z");

/** Every copy of a manifest in which one value is not known yet. */
function* withOneUnknown(root: Manifest): Generator<{ path: string; manifest: Manifest }> {
  const paths: string[][] = [];
  const walk = (value: unknown, path: string[]): void => {
    if (path.length > 0) paths.push(path);
    if (typeof value === "object" && value !== null) for (const [key, each] of Object.entries(value)) walk(each, [...path, key]);
  };
  walk(root, []);
  for (const path of paths.filter(([first, ...rest]) => first !== "apiVersion" && first !== "kind" && !(first === "metadata" && rest.length === 0))) {
    const manifest = structuredClone(root);
    const parent = path.slice(0, -1).reduce<unknown>((value, key) => Reflect.get(Object(value), key), manifest);
    Reflect.set(Object(parent), path.at(-1) ?? "", UNKNOWN);
    yield { path: path.join("."), manifest };
  }
}

describe("admitted", () => {
  test.each(admitted)("a good $title has no problem", ({ manifest }) => {
    expect(validate(manifest)).toEqual([]);
  });

  test.each(admitted)("a $title is stored with the API server's defaults", ({ manifest, index }) => {
    expect(stableFields(admit(manifest, undefined, NOW))).toEqual(answers.stored[index]);
  });

  test.each(admitted)("a $title is still admitted with any of its values unknown", ({ manifest }) => {
    const refused = [...withOneUnknown(manifest)].flatMap(({ path, manifest: copy }) => validate(copy).map((problem) => ({ unknown: path, ...problem })));
    expect(refused).toEqual([]);
  });

  test.each(admitted)("a $title that is stored is itself admitted and stored again without a change", ({ manifest }) => {
    const stored = admit(manifest, undefined, NOW);
    expect(admit(manifest, stored, new Date("2027-01-01T00:00:00Z"))).toEqual(stored);
    expect(validate(stored)).toEqual([]);
  });

  test.each(admitted)("a $title is not altered by being admitted", ({ manifest }) => {
    const before = structuredClone(manifest);
    admit(manifest, undefined, NOW);
    expect(manifest).toEqual(before);
  });
});
