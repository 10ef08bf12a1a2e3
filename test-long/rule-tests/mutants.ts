import { seconds } from "./lasting.ts";
import type { Rule } from "./document.ts";

export const KINDS = ["operator", "set operator", "function", "aggregation", "grouping", "window", "label", "pattern", "threshold", "for"] as const;
export type Kind = (typeof KINDS)[number];

/** A rule with one thing changed. */
export interface Mutant {
  kind: Kind;
  /** The query with «old → new» where it was changed. */
  what: string;
  rule: Rule;
}

interface Edit {
  kind: Kind;
  pattern: RegExp;
  others: (match: RegExpMatchArray) => readonly string[];
}

const EDITS: readonly Edit[] = [
  ...table("operator", {
    " > ": [" < ", " >= "], " < ": [" > ", " <= "], " >= ": [" < ", " > "], " <= ": [" > ", " < "], " == ": [" != "],
    " / ": [" * ", " - "], " * ": [" / ", " + "], " - ": [" + "],
  }),
  ...table("set operator", { " and ": [" unless ", " or "], " unless ": [" and ", " or "], " or ": [" and ", " unless "] }),
  ...table("function", {
    "rate(": ["increase(", "irate("], "increase(": ["rate(", "delta("], "absent(": ["count("], "topk(": ["bottomk("],
    "max_over_time(": ["min_over_time(", "last_over_time("], "min_over_time(": ["max_over_time("],
    "sum_over_time(": ["avg_over_time(", "count_over_time("], "count_over_time(": ["sum_over_time("],
  }),
  ...table("aggregation", {
    "min(": ["max("], "max(": ["min("], "sum(": ["max(", "avg("], "count(": ["absent("],
    "sum by": ["max by", "avg by"], "min by": ["max by"], "max by": ["min by", "sum by"],
  }),
  { kind: "grouping", pattern: /by \((\w+(?:, \w+)*)\)/g, others: ([, labels = ""]) => labels.split(", ").map((label) => `by (${labels.split(", ").filter((each) => each !== label).join(", ")})`) },
  { kind: "grouping", pattern: /on \((\w*)\)/g, others: ([, label]) => (label === "" ? [""] : ["on ()", ""]) },
  { kind: "window", pattern: /\[(\d+[smhd])\]/g, others: ([, window = ""]) => [2, 0.5].map((by) => `[${seconds(window) * by}s]`) },
  { kind: "window", pattern: /offset (\d+[smhd])/g, others: ([, window = ""]) => [2, 0.5].map((by) => `offset ${seconds(window) * by}s`) },
  { kind: "label", pattern: /\w+(?:=~|!~|=)"[^"]*",?/g, others: () => [""] },
  { kind: "label", pattern: /(\w+(?:=~|!~|=))"([^"]*)"/g, others: ([, asked = "", value = ""]) => [`${asked}"other-${value}"`] },
  { kind: "label", pattern: /(=~|!~|=)(?=")/g, others: ([operator = ""]) => [{ "=~": "!~", "!~": "=~" }[operator] ?? "!="] },
  { kind: "pattern", pattern: /(?<==~")\w[^"]*\|[^"]*(?=")/g, others: ([values = ""]) => values.split("|").map((value) => values.split("|").filter((each) => each !== value).join("|")) },
  { kind: "pattern", pattern: /(?<=-)r\[0-9a-f\]\{10\}/g, others: () => [".*", "r[0-9a-f]+", "r.{10}"] },
  { kind: "pattern", pattern: /"5\.\."/g, others: () => ['"50."', '"[45].."'] },
  { kind: "threshold", pattern: /(?<=topk\()1/g, others: () => ["2"] },
  { kind: "threshold", pattern: /(?<=[<>=*/] |histogram_quantile\(|(?:^|\()(?=1 - ))\d+(?:\.\d+)?\b/g, others: ([number = ""]) => (number === "0" ? ["0.5", "-0.5"] : [1.05, 0.95].map((by) => `${Number((Number(number) * by).toPrecision(9))}`)) },
];

/** The rule with one thing changed, in every way that is known. */
export function mutants(rule: Rule): Mutant[] {
  const expr = rule.expr.replaceAll("\n", " ");
  const changed = EDITS.flatMap(({ kind, others, pattern }) => [...expr.matchAll(pattern)].flatMap((match) => others(match).map((other) => ({
    kind,
    what: `${expr.slice(0, match.index)}«${match[0]} → ${other}»${expr.slice(match.index + match[0].length)}`,
    rule: { ...rule, expr: (expr.slice(0, match.index) + other + expr.slice(match.index + match[0].length)).replaceAll(",}", "}") },
  }))));
  if (!("for" in rule)) return changed;
  const waits = rule.for === "0s" ? [60] : [0.5, 0.8, 1.2, 2].map((by) => Math.round(seconds(rule.for) * by));
  return [...changed, ...waits.map((wait) => ({ kind: "for" as const, what: `${expr} for «${rule.for} → ${wait}s»`, rule: { ...rule, for: `${wait}s` } }))];
}

function table(kind: Kind, changes: Record<string, readonly string[]>): Edit[] {
  return Object.entries(changes).map(([old, others]) => ({ kind, pattern: new RegExp(`(?<![a-z_])${old.replace(/[()*/]/g, "\\$&")}`, "g"), others: () => others }));
}
