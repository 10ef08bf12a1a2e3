import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { ruleGroups } from "../components/observability/prometheus-rules.ts";
import { LEVEL, TCP } from "../test/observability/levels.ts";
import { titleOf } from "./rule-tests/document.ts";
import { EQUIVALENT, equivalence } from "./rule-tests/equivalent.ts";
import { KINDS } from "./rule-tests/mutants.ts";
import { tryMutants } from "./rule-tests/try-mutants.ts";
import type { Tried } from "./rule-tests/try-mutants.ts";

const EVERYTHING = { ...LEVEL, protocols: ["http", "grpc", "tcp"] as const };
const LEVELS = [EVERYTHING, TCP];
/** Rules that are tried at the same time; promtool keeps less than a processor busy. */
const AT_ONCE = 2;
/** Share of the changes that may change nothing: a list that grows would excuse what nobody tests. */
const EXCUSED_BELOW = 0.1;

interface Result extends Tried {
  name: string;
}

/** Tries the mutants of every rule, a few rules at a time. */
async function everything(): Promise<Result[]> {
  const waiting = LEVELS.flatMap((level) => ruleGroups(level).flatMap(({ rules }) => rules.map((rule) => [level, rule] as const)));
  const results: Result[] = [];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [level, rule] = next;
      const tried = await tryMutants(rule, level);
      results.push(...tried.map((mutant) => ({ ...mutant, name: titleOf(rule) })));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

function row(title: string, some: readonly Result[]): string {
  const [killed, excused] = [some.filter((each) => each.killed).length, some.filter((each) => equivalence(each) !== undefined).length];
  const share = ((killed / (some.length - excused)) * 100).toFixed(1);
  return `${title.padEnd(13)}${`${killed}`.padStart(5)} die of ${`${some.length}`.padStart(4)}, ${`${excused}`.padStart(3)} change nothing: ${share} % of the others\n`;
}

function told(some: readonly Result[]): string[] {
  return some.map(({ name, what }) => `${name}: ${what}`);
}

describe("one thing changed in a rule", () => {
  let results: Result[] = [];
  beforeAll(async () => {
    results = await everything();
    process.stdout.write(KINDS.map((kind) => row(kind, results.filter((each) => each.kind === kind))).join("") + row("all", results));
  });

  test.each(KINDS)("of the kind %s fails a test, or is known to change nothing", (kind) => {
    const some = results.filter((each) => each.kind === kind);
    expect(some.length).toBeGreaterThan(0);
    expect(told(some.filter((each) => !each.killed && equivalence(each) === undefined))).toEqual([]);
  });

  test("is counted in the documentation", () => {
    const [all, killed] = [results.length, results.filter((each) => each.killed).length].map((count) => count.toLocaleString("en"));
    expect(readFileSync("docs/observability.md", "utf8")).toContain(`Of ${all} changes ${killed} fail a test`);
  });

  test("changes nothing in fewer than one of ten", () => {
    expect(results.filter((each) => equivalence(each) !== undefined).length / results.length).toBeLessThan(EXCUSED_BELOW);
  });

  test.each(EQUIVALENT.map((entry) => [entry.reason, entry] as const))("changes nothing: %s", (_, entry) => {
    const listed = results.filter((each) => equivalence(each) === entry);
    expect(listed.length).toBeGreaterThan(0);
    expect(told(listed.filter(({ killed }) => killed))).toEqual([]);
  });
});
