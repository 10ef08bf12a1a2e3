import type { AnnotationDocument, VariableDocument } from "./documents.ts";
import type { PanelDocument, TargetDocument } from "./panel-documents.ts";
import { marksOf } from "./marks.ts";
import type { Mark } from "./marks.ts";
import type { Prometheus } from "./prometheus.ts";
import { aligned, interval, milliseconds, promDuration, rateInterval } from "./ranges.ts";
import type { TimeRange } from "./ranges.ts";
import { seriesOf } from "./series.ts";
import type { Answer, Series } from "./series.ts";
import { sorted, tableOf, transformed } from "./tables.ts";
import type { Table } from "./tables.ts";
import { ALL, chosen, interpolate, labelValues, optionsOf, queryText } from "./variables.ts";
import type { Choices, Variable } from "./variables.ts";

/** What every query of a dashboard depends on. */
export interface Situation {
  prometheus: Prometheus;
  range: TimeRange;
  variables: readonly Variable[];
  /** How often Prometheus scrapes, milliseconds; Grafana keeps it with the data source. */
  scrape: number;
  signal: AbortSignal;
}

export interface Answers {
  series: Series[];
  table: Table;
}

/** Name of the one data source that the page has. */
export const DATA_SOURCE = "Prometheus";

/** Asks every query of a panel that is `points` pixels wide. @throws Error with Prometheus' own words */
export async function askPanel(panel: PanelDocument, situation: Situation, points: number): Promise<Answers> {
  const targets = (panel.targets ?? []).filter(({ expr = "", hide = false }) => expr !== "" && !hide);
  const answers = await Promise.all(targets.map((target) => askTarget(target, panel, situation, points)));
  const found = answers.flat();
  const tables = panel.type === "table" ? found.map(({ answer, refId }) => tableOf(answer, refId, targets.length > 1)) : [];
  return {
    series: found.flatMap(({ answer, refId, format, step }) => seriesOf(answer, refId, format, step)),
    table: panel.type === "table" ? sorted(transformed(tables, panel.transformations ?? []), panel.options?.sortBy?.[0]) : { columns: [], labels: [] },
  };
}

interface Asked {
  answer: Answer;
  refId: string;
  format: string | undefined;
  step: number | undefined;
}

async function askTarget(target: TargetDocument, panel: PanelDocument, { prometheus, range, scrape, signal, variables }: Situation, points: number): Promise<Asked[]> {
  const { expr = "", instant = false, legendFormat, refId = "A", range: overTime = !instant } = target;
  const least = milliseconds(interpolate(target.interval ?? panel.interval ?? "", variables)) ?? scrape;
  const step = interval(range, panel.maxDataPoints ?? points, least);
  const built = builtIn(range, step, least);
  const query = interpolate(expr, variables, built);
  const format = legendFormat === undefined ? undefined : interpolate(legendFormat, variables, built);
  const asked: Promise<Asked>[] = [];
  if (overTime) asked.push(prometheus.range(query, aligned(range, step), step, signal).then((answer) => ({ answer, refId, format, step })));
  if (instant) asked.push(prometheus.instant(query, range.to, signal).then((answer) => ({ answer, refId, format, step: undefined })));
  return Promise.all(asked);
}

/** Grafana's own variables, for a range and a step in milliseconds. */
export function builtIn(range: TimeRange, step: number, scrape: number): Record<string, string> {
  const length = range.to - range.from;
  return {
    __interval: promDuration(step),
    __interval_ms: String(step),
    __rate_interval: promDuration(rateInterval(step, scrape)),
    __range: `${Math.round(length / 1000)}s`,
    __range_s: String(Math.round(length / 1000)),
    __range_ms: String(length),
    __from: String(range.from),
    __to: String(range.to),
  };
}

/** Every variable of a dashboard, one after the other: a query may name those before it. */
export async function askVariables(documents: readonly VariableDocument[], choices: Choices, situation: Omit<Situation, "variables">): Promise<Variable[]> {
  const variables: Variable[] = [];
  for (const document of documents) variables.push(chosen(document, await optionsFor(document, { ...situation, variables }), choices[document.name]));
  return variables;
}

async function optionsFor(document: VariableDocument, { prometheus, range, scrape, signal, variables }: Situation): Promise<string[]> {
  const built = builtIn(range, scrape, scrape);
  switch (document.type) {
    case "datasource":
      return [DATA_SOURCE];
    case "query": {
      const query = interpolate(queryText(document), variables, built);
      const labels = labelValues(query);
      if (labels !== undefined) return optionsOf(await prometheus.labelValues(labels.label, labels.match, range, signal), document);
      const [, inner = query] = /^query_result\((.*)\)$/s.exec(query.trim()) ?? [];
      return optionsOf(written(await prometheus.instant(inner, range.to, signal)), document);
    }
    case "custom":
    case "interval":
      return queryText(document).split(",").map((value) => value.trim()).filter((value) => value !== "");
    case "constant":
    case "textbox":
      return [queryText(document)];
    default:
      throw new RangeError(`variable ${document.name}: is of a kind that this page does not know, got "${document.type}"; use query, custom, interval, constant, textbox or datasource`);
  }
}

/** Series as a variable's query sees them: `metric{label="value"} number time`. */
function written(answer: Answer): string[] {
  return seriesOf(answer, "A", undefined).map(({ name, times, values }) => `${name.replace(/, /g, ",")} ${values[0] ?? "NaN"} ${times[0] ?? 0}`);
}

/** What happened in the range, as the dashboard's annotations tell it. */
export async function askMarks(annotations: readonly AnnotationDocument[], { prometheus, range, signal, variables }: Situation): Promise<Mark[]> {
  const asked = annotations.filter(({ enable = true, expr = "" }) => enable && expr !== "").map(async (annotation) => {
    const step = Math.max(milliseconds(annotation.step ?? "60s") ?? 60_000, (range.to - range.from) / 11_000);
    const query = interpolate(annotation.expr ?? "", variables, builtIn(range, step, step));
    return marksOf(annotation, seriesOf(await prometheus.range(query, aligned(range, step), step, signal), "A", undefined), step);
  });
  return (await Promise.all(asked)).flat();
}

/** Whether everything is chosen. */
export function isAll({ values }: Variable): boolean {
  return values.includes(ALL);
}
