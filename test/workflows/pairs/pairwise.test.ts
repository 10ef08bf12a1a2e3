import * as z from "zod";
import { nodeOf, optionsOf } from "./options.ts";
import { allPairs, keysOf, pairwise } from "./pairwise.ts";
import type { Assignment, Factor } from "./pairwise.ts";

function missingOf(factors: readonly Factor[], rows: readonly Assignment[]): string[] {
  const held = new Set(rows.flatMap(keysOf));
  return [...allPairs(factors).keys()].filter((pair) => !held.has(pair));
}

const free = (count: number, levels: number): Factor[] => Array.from({ length: count }, (_, at) => ({ path: `f${at}`, levels: Array.from({ length: levels }, (__, level) => `l${level}`), when: [] }));

describe("pairwise", () => {
  it("holds every pair in far fewer rows than there are combinations", () => {
    const factors = free(10, 3);
    const { rows, refused, pairs } = pairwise(factors);
    expect(pairs).toBe(10 * 3 + 45 * 9);
    expect(missingOf(factors, rows)).toEqual([]);
    expect(refused).toEqual([]);
    expect(rows.length).toBeLessThan(30); // of 59049
  });

  it("chooses what leads to a choice, and leaves out what is not there", () => {
    const factors: Factor[] = [
      { path: "kind", levels: ["a", "b"], when: [] },
      { path: "a.x", levels: ["0", "1"], when: [[0, 0]] },
      { path: "b.y", levels: ["0", "1"], when: [[0, 1]] },
      { path: "z", levels: ["0", "1"], when: [] },
    ];
    const { rows } = pairwise(factors);
    expect(missingOf(factors, rows)).toEqual([]);
    for (const [kind, x, y] of rows) expect([x !== undefined, y !== undefined]).toEqual([kind === 0, kind === 1]);
  });

  it("goes around what is refused, and tells the pairs that no row can hold with the reason", () => {
    const { rows, refused } = pairwise(free(4, 2), (row) => (row[0] === 1 && row[1] === 1 ? "f0 excludes f1; choose one" : undefined));
    expect(rows.some((row) => row[0] === 1 && row[1] === 1)).toBe(false);
    expect(refused).toEqual([{ pair: "f0=l1 with f1=l1", reason: "f0 excludes f1; choose one" }]);
  });

  it("makes the same rows every time", () => {
    expect(pairwise(free(8, 3))).toEqual(pairwise(free(8, 3)));
  });
});

describe("optionsOf", () => {
  const schema = z.strictObject({
    environment: z.string().regex(/^[a-z]+$/),
    level: z.enum(["low", "high"]),
    race: z.boolean().default(true),
    minutes: z.int().min(1).max(5),
    limit: z.number().default(3),
    names: z.array(z.enum(["a", "b"])).min(1),
    how: z.discriminatedUnion("kind", [z.strictObject({ kind: z.literal("fast") }), z.strictObject({ kind: z.literal("slow"), wait: z.boolean() })]).optional(),
    map: z.record(z.string().regex(/^[a-z]+$/), z.boolean()),
  });
  const { factors, make } = optionsOf(nodeOf(schema), "try");
  const { rows } = pairwise(factors);
  const made = rows.map((row) => schema.parse(make(row)));

  it("makes nothing that the schema refuses, and everything that it tells apart", () => {
    const kinds = (of: (options: z.infer<typeof schema>) => unknown) => [...new Set(made.map((options) => JSON.stringify(of(options)) ?? "absent"))].sort();
    expect(kinds(({ level }) => level)).toEqual(['"high"', '"low"']);
    expect(kinds(({ race }) => race)).toEqual(["false", "true"]);
    expect(kinds(({ names }) => names.length)).toEqual(["1", "2"]);
    expect(kinds(({ how }) => how)).toEqual(["absent", '{"kind":"fast"}', '{"kind":"slow","wait":false}', '{"kind":"slow","wait":true}'].sort());
    expect(kinds(({ map }) => Object.keys(map).length)).toEqual(["0", "1", "2"]);
    expect(kinds(({ environment, minutes, limit }) => [environment, minutes, limit])).toEqual(['["production",5,3]']);
  });

  it("holds level with kind and wait with names, as one pair each", () => {
    expect(made.some(({ level, how }) => level === "high" && how?.kind === "fast")).toBe(true);
    expect(made.some(({ names, how }) => names.length === 2 && how?.kind === "slow" && how.wait)).toBe(true);
  });

  it("says which text has no sample", () => {
    expect(() => optionsOf(nodeOf(z.strictObject({ odd: z.string().regex(/^§§$/) })), "try")).toThrow("try.odd: no sample fits ^§§$; add one to test/workflows/pairs/strings.ts");
  });
});
