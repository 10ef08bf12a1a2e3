import type { AlertRule, RecordingRule, RuleGroup } from "../../components/observability/alert.ts";
import type { Moments, Written } from "./blocks.ts";

type Rule = RuleGroup["rules"][number];

/** Rules in steps: each asks only for what the raw metrics or the steps before it have. Alerts, which nothing asks for, come last. */
export function inSteps(groups: readonly RuleGroup[]): { recordings: RecordingRule[][]; alerts: AlertRule[] } {
  const rules: Rule[] = groups.flatMap(({ rules: own }) => own);
  const alerts = rules.filter((rule) => "alert" in rule);
  let left = rules.filter((rule) => "record" in rule);
  const recordings: RecordingRule[][] = [];
  while (left.length > 0) {
    const names = new Set(left.map(({ record }) => record));
    const ready = left.filter(({ expr }) => ![...names].some((name) => new RegExp(`\\b${name}\\b`).test(expr)));
    if (ready.length === 0) throw new Error(`rules: ${[...names].join(", ")} ask for each other`);
    recordings.push(ready);
    left = left.filter((rule) => !ready.includes(rule));
  }
  return { recordings, alerts };
}

/** What a recording rule would have recorded. */
export async function recordedBy(url: string, { expr, labels, record }: RecordingRule, times: Moments): Promise<Written[]> {
  return (await evaluated(url, expr, times)).map((row) => ({ name: record, labels: { ...row.labels, ...labels }, samples: row.samples }));
}

/** When an alert would have fired, if it did not wait. */
export async function firedBy(url: string, { alert, expr, labels }: AlertRule, times: Moments): Promise<Written[]> {
  return (await evaluated(url, expr, times)).map((row) => ({
    name: "ALERTS", labels: { ...row.labels, ...labels, alertname: alert, alertstate: "firing" }, samples: row.samples.map(([time]) => [time, 1] as const),
  }));
}

/** A query's answers at every moment: at once for each stretch of equal steps. */
async function evaluated(url: string, query: string, times: Moments): Promise<Omit<Written, "name">[]> {
  const found = new Map<string, { labels: Record<string, string>; samples: [number, number][] }>();
  for (const { end, start, step } of stretches(times)) {
    const body = new URLSearchParams({ query, start: String(start), end: String(end), step: String(step) });
    const response = await fetch(`${url}/api/v1/query_range`, { method: "POST", body });
    const { data, error }: { error?: string; data?: { result: { metric: Record<string, string>; values: [number, string][] }[] } } = JSON.parse(await response.text());
    if (data === undefined) throw new Error(`${query}: ${error}`);
    for (const { metric, values } of data.result) {
      const { __name__: _, ...labels } = metric;
      const key = JSON.stringify(labels);
      const row = found.get(key) ?? { labels, samples: [] };
      row.samples.push(...values.map(([time, text]): [number, number] => [time, Number(text)]).filter(([, value]) => !Number.isNaN(value)));
      found.set(key, row);
    }
  }
  return [...found.values()];
}

/** At most as many points as Prometheus answers at once. */
function stretches(times: Moments, most = 10_000): { start: number; end: number; step: number }[] {
  const found: { start: number; end: number; step: number; count: number }[] = [];
  for (const time of times) {
    const last = found.at(-1);
    const step = last === undefined ? 0 : time - last.end;
    if (last !== undefined && last.count < most && (last.count === 1 || last.step === step)) Object.assign(last, { end: time, step, count: last.count + 1 });
    else found.push({ start: time, end: time, step: 1, count: 1 });
  }
  return found;
}
