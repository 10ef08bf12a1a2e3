/** One choice that a document is made of. */
export interface Factor {
  /** Such as `ci.project|kind`. */
  path: string;
  /** What can be chosen, by name. */
  levels: readonly string[];
  /** Choices without which this one is not there: `[factor, level]`. */
  when: readonly Chosen[];
}

export type Chosen = readonly [factor: number, level: number];

/** Level of each factor; undefined where the factor is not there. */
export type Assignment = readonly (number | undefined)[];

export interface Pairs {
  rows: Assignment[];
  /** Pairs that are in no row, because every row that had them was refused, with the last refusal. */
  refused: { pair: string; reason: string }[];
  /** How many pairs there are. */
  pairs: number;
}

const TRIES = 24;

/** Rows that hold every pair of levels which can stand together. `refuse` says why a row is no document; the same factors give the same rows. */
export function pairwise(factors: readonly Factor[], refuse: (row: Assignment) => string | undefined = () => undefined): Pairs {
  const open = allPairs(factors);
  const pairs = open.size;
  const rows: Assignment[] = [];
  const refused = new Map<string, Pairs["refused"][number]>();
  const random = generator(7);
  const wanted = demand(factors, open);
  const close = (key: string) => {
    const seed = open.get(key);
    if (seed && open.delete(key)) wanted.add(seed, -1);
  };
  const keep = (row: Assignment) => {
    rows.push(row);
    // A later row may hold what earlier ones were refused for.
    for (const key of keysOf(row)) refused.delete(key);
    keysOf(row).forEach(close);
  };
  const first = filled(factors, new Map(), open, wanted, undefined);
  if (first && refuse(first) === undefined) keep(first);
  for (let target = open.values().next(); !target.done; target = open.values().next()) {
    const seed = target.value;
    let reason: string | undefined = "its choices exclude each other";
    for (let attempt = 0; attempt < TRIES && reason !== undefined; attempt += 1) {
      const fixed = closed(factors, seed);
      const row = fixed && filled(factors, fixed, open, wanted, attempt === 0 ? undefined : random, rows);
      if (row === undefined) break;
      reason = refuse(row);
      if (reason === undefined) keep(row);
    }
    if (reason !== undefined) refused.set(keyOf(seed), { pair: seed.map(([factor, level]) => `${factors[factor]?.path}=${factors[factor]?.levels[level]}`).join(" with "), reason });
    close(keyOf(seed));
  }
  return { rows, refused: [...refused.values()], pairs };
}

/** The pairs of a row, for whoever wants to count them again. */
export function keysOf(row: Assignment): string[] {
  const chosen = row.flatMap((level, factor): Chosen[] => (level === undefined ? [] : [[factor, level]]));
  return chosen.flatMap((one, at) => [keyOf([one]), ...chosen.slice(at + 1).map((other) => keyOf([one, other]))]);
}

/** Every level alone and every pair of levels that can stand together. */
export function allPairs(factors: readonly Factor[]): Map<string, readonly Chosen[]> {
  const all = factors.flatMap(({ levels }, factor) => levels.map((_, level): Chosen => [factor, level]));
  const seeds = all.flatMap((one, at): (readonly Chosen[])[] => [[one], ...all.slice(at + 1).filter(([factor]) => factor !== one[0]).map((other) => [one, other] as const)]);
  return new Map(seeds.filter((seed) => closed(factors, seed) !== undefined).map((seed) => [keyOf(seed), seed]));
}

function keyOf(chosen: readonly Chosen[]): string {
  return chosen.map(([factor, level]) => `${factor}:${level}`).join(" ");
}

interface Demand {
  add(seed: readonly Chosen[], change: number): void;
  of(factor: number, level: number): number;
}

/** How many open pairs need a level, their own or one that it leads to. */
function demand(factors: readonly Factor[], open: ReadonlyMap<string, readonly Chosen[]>): Demand {
  const counts = factors.map(({ levels }) => levels.map(() => 0));
  const add = (seed: readonly Chosen[], change: number) => {
    for (const [factor, level] of closed(factors, seed) ?? []) {
      const count = counts[factor];
      if (count) count[level] = (count[level] ?? 0) + change;
    }
  };
  for (const seed of open.values()) add(seed, 1);
  return { add, of: (factor, level) => counts[factor]?.[level] ?? 0 };
}

/** What must be chosen besides; undefined where that excludes itself. */
function closed(factors: readonly Factor[], seed: readonly Chosen[]): Map<number, number> | undefined {
  const fixed = new Map<number, number>();
  const waiting = [...seed];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [factor, level] = next;
    const before = fixed.get(factor);
    if (before !== undefined && before !== level) return undefined;
    if (before === undefined) waiting.push(...(factors[factor]?.when ?? []));
    fixed.set(factor, level);
  }
  return fixed;
}

/** Completes a row so that it holds many open pairs; with `random`, closer to a row that is known to be good. */
function filled(factors: readonly Factor[], fixed: ReadonlyMap<number, number>, open: ReadonlyMap<string, unknown>, wanted: Demand, random: (() => number) | undefined, good: readonly Assignment[] = []): Assignment | undefined {
  const row: (number | undefined)[] = [];
  const near = random === undefined || good.length === 0 ? undefined : good[Math.floor(random() * good.length)];
  for (const [at, { levels, when }] of factors.entries()) {
    const there = when.every(([factor, level]) => row[factor] === level);
    if (!there && fixed.has(at)) return undefined;
    row.push(there ? (fixed.get(at) ?? chosen(at, levels.length)) : undefined);
  }
  return row;

  function chosen(at: number, count: number): number {
    const known = near?.[at];
    if (known !== undefined && random !== undefined && random() < 0.85) return known;
    if (random !== undefined) return Math.floor(random() * count);
    const gains = Array.from({ length: count }, (_, level) => row.reduce<number>((sum, other, factor) => sum + (other !== undefined && open.has(`${factor}:${other} ${at}:${level}`) ? 1 : 0), wanted.of(at, level) / 20));
    return gains.indexOf(Math.max(...gains));
  }
}

/** Numbers in [0, 1) that are the same at every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
