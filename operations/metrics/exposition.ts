import { STACK_METRICS } from "../../components/observability/stack-metrics.ts";
import type { StackMetricName } from "../../components/observability/stack-metrics.ts";

/** One number of one metric. */
export interface Sample {
  name: StackMetricName;
  labels: Readonly<Record<string, string>>;
  /** In the metric's base unit. */
  value: number;
}

/**
 * The samples in Prometheus' text format, metric by metric in the order of the table. Metrics without a sample are left out.
 * @throws RangeError when a sample has other labels than its metric, no finite value, or stands twice: Prometheus would refuse all of them
 */
export function exposition(samples: readonly Sample[]): string {
  const written = new Set<string>();
  return Object.entries(STACK_METRICS).map(([name, { type, help, labels }]) => {
    const lines = samples.filter((sample) => sample.name === name).map((sample) => line(sample, labels));
    for (const { series } of lines) {
      if (written.has(series)) throw new RangeError(`${series}: stands twice; write each series once`);
      written.add(series);
    }
    return lines.length === 0 ? "" : `# HELP ${name} ${escaped(help)}\n# TYPE ${name} ${type}\n${lines.map(({ series, value }) => `${series} ${value}\n`).join("")}`;
  }).join("");
}

function line({ name, labels, value }: Sample, expected: readonly string[]): { series: string; value: number } {
  const given = Object.keys(labels);
  if (given.length !== expected.length || !expected.every((label) => Object.hasOwn(labels, label))) {
    throw new RangeError(`${name}: has other labels than it is declared with, got ${given.join(", ")}; use ${expected.join(", ")}`);
  }
  if (!Number.isFinite(value)) throw new RangeError(`${name}: has no finite value, got ${value}; leave the sample out`);
  return { series: `${name}{${expected.map((label) => `${label}="${escaped(labels[label] ?? "").replaceAll('"', '\\"')}"`).join(",")}}`, value };
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}
