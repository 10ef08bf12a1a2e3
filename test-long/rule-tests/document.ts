import type { AlertRule, RecordingRule } from "../../components/observability/alert.ts";
import { fixed, significant } from "./printed.ts";

/** One world of series, and what the rule has to make of it. */
export interface Case {
  title: string;
  /** promtool's series → values. */
  series: Record<string, string>;
  /** Seconds between two values. @default 30 */
  step?: number;
  /** Seconds from the first value at which is looked. */
  at: number;
  /** What a recording rule has recorded, or for which series an alert fires. */
  expected: { labels: Record<string, string>; value: number }[];
}

/** Cases that are evaluated as often. */
export interface CaseSet {
  cases: Case[];
  /** Seconds between two evaluations. */
  evaluation: number;
}

export type Rule = RecordingRule | AlertRule;

/** What tells the rule from the others of its service. */
export function titleOf(rule: Rule): string {
  const { long_window: long, objective } = rule.labels;
  return ["alert" in rule ? rule.alert : rule.record, objective, long].filter((part) => part !== undefined).join(" ");
}

const TOLERANCE = 1e-6;

/** promtool's document of a set of cases, each asked of every one of the rules, which say the same under names of their own. */
export function testDocument(file: string, rules: readonly Rule[], { cases, evaluation }: CaseSet): object {
  return {
    rule_files: [file],
    evaluation_interval: `${evaluation}s`,
    tests: cases.map(({ at, expected, series, step = 30, title }) => ({
      name: title,
      interval: `${step}s`,
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      alert_rule_test: rules.flatMap((rule) => ("alert" in rule ? [firing(rule, at, expected)] : [])),
      promql_expr_test: rules.flatMap((rule) => ("alert" in rule ? [] : recorded(rule, at, expected))),
    })),
  };
}

function firing(rule: AlertRule, at: number, expected: Case["expected"]): object {
  return {
    eval_time: `${at}s`,
    alertname: rule.alert,
    exp_alerts: expected.map(({ labels, value }) => ({
      exp_labels: { ...labels, ...rule.labels },
      exp_annotations: Object.fromEntries(Object.entries(rule.annotations).map(([name, text]) => [name, rendered(text, value, labels)])),
    })),
  };
}

/** How many series there are, and that each expected one is among them with its value: promtool itself compares every bit. */
function recorded({ labels: own, record }: RecordingRule, at: number, expected: Case["expected"]): object[] {
  const one = (expr: string, count: number): object => ({ expr, eval_time: `${at}s`, exp_samples: count === 0 ? [] : [{ labels: "{}", value: count }] });
  return [
    one(`count(${record})`, expected.length),
    ...expected.map(({ labels, value }) => {
      const apart = Math.max(Math.abs(value), 1e-3) * TOLERANCE;
      const matchers = Object.entries({ ...own, ...labels }).map(([name, text]) => `${name}="${text}"`).join(",");
      return one(`count(${record}{${matchers}} >= ${value - apart} <= ${value + apart})`, 1);
    }),
  ];
}

/** An annotation as Prometheus writes it: the few templates that the alerts use, and no other. */
export function rendered(text: string, value: number, labels: Record<string, string>): string {
  const done = text
    .replace(/\{\{ with \$labels\.(\w+) \}\}(.*?)\{\{ \. \}\}(.*?)\{\{ end \}\}/g, (_, label: string, before: string, after: string) => (labels[label] === undefined ? "" : `${before}${labels[label]}${after}`))
    .replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => labels[label] ?? "")
    .replaceAll("{{ $value | humanizePercentage }}", `${significant(value * 100, 4)}%`)
    .replace(/\{\{ \$value \| printf "%\.(\d)f" \}\}/g, (_, digits: string) => fixed(value, Number(digits)))
    .replaceAll("{{ $value }}", `${value}`);
  if (done.includes("{{")) throw new Error(`a template that no test knows: ${done}`);
  return done;
}
