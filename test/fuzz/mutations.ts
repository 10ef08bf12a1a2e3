import { expect } from "@jest/globals";
import fc from "fast-check";
import { BASE, linesOf, placed } from "../settings/base.ts";
import { pathOf, walk } from "../../settings/walk.ts";

const LINE = /^[^\s:][^\n]*: [a-z][^\n]*; [a-z][^\n]*[^.\n]$/;
const LEAKS = /Invalid|undefined|\[object|NaN|ZodError|TypeError|RangeError| at .*:\d+:\d+/;

/** Whether a line is not of the house's form, or shows what no user can use. */
export function strange(line: string): boolean {
  return !LINE.test(line) || LEAKS.test(line.replace(/, got .*$/s, ""));
}

/** Every place of the good config, as the words of a path. */
const places = [...walk(BASE)].map((found) => pathOf(found).map(String)).filter((path) => path.length > 0 && path[0] !== "github:owner");

const hostileKeys = ["__proto__", "constructor", "toString", "", " ", "\n", "a.b", "[0]", "🚢", "kind", "secret", "existing", "a: b; c", "x".repeat(300)];
const key = fc.oneof(fc.constantFrom(...hostileKeys), fc.string({ maxLength: 12 }));
const scalar = fc.oneof(
  fc.constantFrom(null, true, false, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER + 2, "", "shop", "main", "a\u2028b", "\ud800", "x".repeat(500), "{}", "; ", ", got 1; do"),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: "small", withCrossShrink: true }, scalar, fc.array(tie("value"), { maxLength: 3 }), fc.dictionary(key, tie("value"), { maxKeys: 3 })),
}));

type Mutation = { at: readonly string[]; to: unknown };

const place = fc.constantFrom(...places);
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ at: place, to: anything }),
  fc.record({ at: place, to: fc.constant(undefined) }),
  fc.tuple(place, key, anything).map(([path, name, to]) => ({ at: [...path, name], to })),
  fc.tuple(place, place).map(([at, from]) => ({ at, to: structuredClone(valueAt(from)) })),
);

function valueAt(path: readonly string[]): unknown {
  return path.reduce<unknown>((value, part) => (typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, part)?.value : undefined), BASE);
}

/** Mutates the good config `runs` times; each result gets lines of the house's form and nothing else. Gives how many were refused. */
export function mutate(runs: number): number {
  let refused = 0;
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
      const lines = linesOf(placed(BASE, mutations.map(({ at, to }) => [at, to])));
      if (lines.length > 0) refused += 1;
      expect(lines.filter(strange)).toEqual([]);
    }),
    { numRuns: runs, seed: 20_261_121 },
  );
  return refused;
}
