import { describe, expect, test } from "@jest/globals";
import { admit, UNKNOWN, validate } from "../../../sandbox/kubernetes/index.ts";
import type { Manifest } from "../../../sandbox/kubernetes/index.ts";
import { readCases, recorded, settled, stableFields } from "./cases.ts";
import { mutate, pathsOf } from "./mutations.ts";

const answers = recorded();

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
const withOneUnknown = (root: Manifest): { path: string; manifest: Manifest }[] =>
  pathsOf(root).filter(([first, ...rest]) => first !== undefined && first !== "apiVersion" && first !== "kind" && !(first === "metadata" && rest.length === 0))
    .map((path) => ({ path: path.join("."), manifest: mutate(root, path, UNKNOWN) }));

describe("admitted", () => {
  test.each(admitted)("a good $title has no problem", ({ manifest }) => {
    expect(validate(manifest)).toEqual([]);
  });

  test.each(admitted)("a $title is stored with the API server's defaults", ({ manifest, index }) => {
    expect(stableFields(admit(manifest, undefined, NOW))).toEqual(answers.stored[index]);
  });

  test.each(admitted)("a $title is still admitted with any of its values unknown", ({ manifest }) => {
    const refused = withOneUnknown(manifest).flatMap(({ path, manifest: copy }) => validate(copy).map((problem) => ({ unknown: path, ...problem })));
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

/** What the sandbox refuses and the server takes: names that two kinds never check, and doubled keys, which do not apply. */
const STRICTER = new Set(["LimitRange metadata.name", "PodDisruptionBudget metadata.name", "Deployment spec.template.spec.containers.0.env"]);

describe("mutated", () => {
  const cases = readCases("admitted");
  const rows = answers.mutations.map((mutation) => ({ ...mutation, own: cases[mutation.index] ?? { apiVersion: "", kind: "missing", metadata: {} } }));

  test("every answer is there, and at most one in six is given in other words", () => {
    expect(rows.length).toBeGreaterThan(1000);
    expect(rows.filter(({ otherWords }) => otherWords === true).length).toBeLessThan(rows.length / 6);
  });
  test.each(cases.map((own, index) => ({ own, index, kind: own.kind })))("each answer about a changed $kind (case $index) is the server's", ({ own, index, kind }) => {
    const mine = rows.filter((row) => row.index === index && !STRICTER.has(`${kind} ${row.path.join(".")}`));
    const told = mine.map(({ path, value, reasons, otherWords }) => {
      const given = settled(validate(mutate(own, path, value)).map(({ reason }) => reason));
      return { path, value, reasons: otherWords === true && given.length > 0 ? reasons : given };
    });
    expect(told).toEqual(mine.map(({ path, value, reasons }) => ({ path, value, reasons })));
  });
});
