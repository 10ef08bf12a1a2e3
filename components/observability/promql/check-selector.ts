import type { Catalogue, Metric } from "./catalogue.ts";
import { OTHER_WORDS } from "./catalogue.ts";
import { nodes, parents } from "./parse.ts";
import type { Parsed, SyntaxNode } from "./parse.ts";
import { boundsOf } from "./selector.ts";
import type { Matcher, Selector } from "./selector.ts";

/** `<what is wrong>, got <value>; <what to do>`. */
export type Fault = string;

const RATES = new Set(["rate", "irate", "increase", "resets"]);
/** What asks only whether a series is there. */
const PRESENCE = new Set(["absent", "absent_over_time", "present_over_time", "count", "group", "count_over_time"]);

/** What is wrong with one selector, where it stands in the query. */
export function selectorFaults(selector: Selector, query: Parsed, { metrics, bounds }: Catalogue): Fault[] {
  const metric = metrics[selector.metric];
  if (metric === undefined) return [`asks for a metric that nothing reports, got "${selector.metric}"; use one of the catalogue in components/observability/promql`];
  const unknown = selector.matchers.filter(({ label }) => !metric.labels.includes(label)).map(({ label }) => labelFault(selector.metric, label, metric));
  if (unknown.length > 0) return unknown;
  return [
    ...metric.named.filter((label) => !selector.matchers.some((matcher) => matcher.label === label && matcher.operator === "=")).map((label) => namedFault(selector.metric, label)),
    ...selector.matchers.filter(({ label }) => label === "le").flatMap((matcher) => boundFaults(matcher, bounds)),
    ...kindFaults(selector, metric, query),
  ];
}

export function labelFault(where: string, label: string, { labels }: Pick<Metric, "labels">): Fault {
  const other = OTHER_WORDS[label];
  const use = other !== undefined && labels.includes(other) ? other : `one of ${[...labels].sort().join(", ")}`;
  return `asks for a label that ${where} does not have, got "${label}"; use ${use}`;
}

function namedFault(metric: string, label: string): Fault {
  if (label !== "reporter") return `does not say of which ${label}, got ${metric}; add ${label}="…"`;
  return `does not say who reports, so that each request counts twice, got ${metric}; add reporter="destination"`;
}

function boundFaults(matcher: Matcher, bounds: readonly number[]): Fault[] {
  if (matcher.operator !== "=" && matcher.operator !== "=~") return [`leaves out bounds of a cumulative histogram, got le${matcher.operator}"${matcher.value}"; use le= or le=~`];
  const values = boundsOf(matcher);
  const none = values.filter((value) => value !== "+Inf" && (value.trim() === "" || !bounds.includes(Number(value))));
  if (none.length > 0) return [`asks for a bound that the mesh's latency histogram does not have, got "${matcher.value}"; use one of ${bounds.join(", ")}`];
  if (new Set(values.map(Number)).size > 1) return [`adds up several bounds of a cumulative histogram, got "${matcher.value}"; use one`];
  if (values.length > 1 || !/^\d+$/.test(matcher.value)) return [];
  return [`asks for a bound as Prometheus 2 writes it, and Prometheus 3 writes ${matcher.value}.0, got "${matcher.value}"; use upTo(${matcher.value})`];
}

function kindFaults({ metric: name, matchers, node }: Selector, { kind }: Metric, { text }: Parsed): Fault[] {
  const around = parents(node).map((parent) => calledBy(parent, text)).filter((called) => called !== undefined);
  const rated = around.some((called) => RATES.has(called));
  if (kind === "gauge") return rated ? [`takes the rate of a gauge, got ${name}; use it as it is`] : [];
  if (around.some((called) => PRESENCE.has(called))) return [];
  if (!rated) return [`uses a counter as it is, which starts again with each pod, got ${name}; use rate or increase`];
  if (kind === "counter" || matchers.some(({ label }) => label === "le")) return [];
  if (!around.includes("histogram_quantile")) return [`adds up the buckets of a cumulative histogram, got ${name}; name one bound by le, or use histogram_quantile`];
  const above = parents(node);
  const inside = above.slice(0, above.findIndex((parent) => calledBy(parent, text) === "histogram_quantile"));
  return inside.every((parent) => parent.name !== "AggregateExpr" || keepsBounds(parent, text)) ? [] : [`loses the bounds before histogram_quantile, got ${name}; use sum by (le, …)`];
}

function keepsBounds(sum: SyntaxNode, text: string): boolean {
  const modifier = sum.getChild("AggregateModifier");
  if (modifier === null) return false;
  const named = nodes(modifier, "LabelName").some(({ from, to }) => text.slice(from, to) === "le");
  return modifier.getChild("By") === null ? !named : named;
}

/** The function or aggregation that the node is a call of. */
function calledBy(node: SyntaxNode, text: string): string | undefined {
  if (node.name !== "FunctionCall" && node.name !== "AggregateExpr") return undefined;
  const { firstChild } = node;
  return firstChild === null ? undefined : text.slice(firstChild.from, firstChild.to).toLowerCase();
}
