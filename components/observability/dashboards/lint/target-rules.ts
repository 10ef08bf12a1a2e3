import { groupingProblems } from "../../cardinality.ts";
import type { Catalogue } from "../../promql/catalogue.ts";
import { checkExpression } from "../../promql/check.ts";
import { nodes, parents, parse } from "../../promql/parse.ts";
import type { Parsed, SyntaxNode } from "../../promql/parse.ts";
import { selectors } from "../../promql/selector.ts";
import { dataPanels, panelName, variableQuery } from "./read.ts";
import type { LintedDashboard } from "./read.ts";
import type { Rule } from "./rule.ts";

/** Durations that nobody writes stand for Grafana's, which no parser reads. */
const RATE_INTERVAL = "11m11s";
const RANGE = "22m22s";
/** Of an increase the reader may want a day's, or that of the whole time range. */
const FOLLOWING = new Set(["rate", "irate"]);
const RATES = new Set(["rate", "irate", "increase"]);
const PRESENCE = new Set(["absent", "absent_over_time", "count", "count_over_time", "group", "present_over_time", "resets"]);
/** Labels of which one has to say whose the series are: without it they add up what does not belong together. */
const SCOPES = ["namespace", "destination_workload_namespace", "stack", "repository"];

export const targetRules = {
  "target-promql": perQuery((query) => parse(query).problems.map(({ part, wrong }) => `${wrong}, got "${part}"; write it as Prometheus' documentation says`)),

  "target-catalogue": (dashboard, { catalogue }) => queriesOf(dashboard).flatMap(([where, query]) => (unreadable(query) ? [] : checkExpression(query, catalogue, where))),

  "target-rate-interval": perPanelQuery((query) => {
    const read = filled(query);
    return nodes(read.root, "MatrixSelector").flatMap((matrix) => {
      const called = calls(matrix, read)[0] ?? "";
      const window = said(matrix.getChild("DurationExpr"), read);
      return !FOLLOWING.has(called) || window === RATE_INTERVAL ? [] : [`does not follow the graph's step, got [${window.replace(RANGE, "$__range")}] in ${called}; write [$__rate_interval]`];
    });
  }),

  "target-counter-agg": perPanelQuery((query) => {
    const read = filled(query);
    return selectors(read)
      .filter(({ metric, node }) => /_(total|count|sum|bucket)$/.test(metric) && !calls(node, read).some((called) => RATES.has(called) || PRESENCE.has(called)))
      .map(({ metric }) => `shows a counter as it is, which starts again with each pod, got ${metric}; use rate or increase`);
  }),

  "target-required-matchers": perQuery((query) => selectors(filled(query))
    .filter(({ matchers }) => !matchers.some(({ label, operator }) => SCOPES.includes(label) && (operator === "=" || operator === "=~")))
    .map(({ metric }) => `does not say whose the series are, got ${metric}; add one of ${SCOPES.join(", ")}`)),

  "target-cardinality": perQuery((query, where) => groupingProblems(query, "shown", where), true),

  "template-label-promql": ({ templating }, { catalogue }) => (templating?.list ?? []).filter(({ type }) => type === "query").flatMap((variable) => {
    const where = `variable ${variable.name ?? ""}`;
    const query = variableQuery(variable);
    const values = /^label_values\((.+), *([a-zA-Z_]\w*)\)$/s.exec(query);
    const result = /^query_result\((.+)\)$/s.exec(query);
    const [, expression = "", label] = values ?? result ?? [];
    if (expression === "") return [`${where}: asks nothing that Grafana can answer, got "${query}"; write label_values(<selector>, <label>) or query_result(<query>)`];
    const asked = values === null ? expression : `count(${expression})`;
    if (unreadable(asked)) return [`${where}: is no PromQL, got "${expression}"; write it as Prometheus' documentation says`];
    const without = selectors(parse(asked)).filter(({ metric }) => label !== undefined && catalogue.metrics[metric]?.labels.includes(label) === false);
    return [...checkExpression(asked, notNaming(catalogue, label), where), ...without.map(({ metric }) => `${where}: asks for a label that ${metric} does not have, got "${label ?? ""}"; use one of ${[...(catalogue.metrics[metric]?.labels ?? [])].sort().join(", ")}`)];
  }),
} satisfies Record<string, Rule>;

/** Whoever asks for the values of a label need not name one. */
function notNaming(catalogue: Catalogue, asked: string | undefined): Catalogue {
  const metrics = Object.entries(catalogue.metrics).map(([name, metric]) => [name, { ...metric, named: metric.named.filter((label) => label !== asked) }] as const);
  return { ...catalogue, metrics: Object.fromEntries(metrics) };
}

type Judge = (query: string, where: string) => string[];

/** Every query of panels and annotations, with where it is. */
function queriesOf(dashboard: LintedDashboard): [string, string][] {
  return [...panelQueries(dashboard), ...(dashboard.annotations?.list ?? []).map(({ expr = "", name = "" }): [string, string] => [`annotation "${name}"`, expr])];
}

function panelQueries(dashboard: LintedDashboard): [string, string][] {
  return dataPanels(dashboard).flatMap((panel) => (panel.targets ?? []).map(({ expr = "", refId = "" }): [string, string] => [`${panelName(panel)}, query ${refId}`, expr]));
}

/** What is no PromQL is one rule's finding, and not each one's. */
function perQuery(judge: Judge, placed = false): Rule {
  return (dashboard) => queriesOf(dashboard).flatMap(([where, query]) => judge(query, where).map((problem) => (placed ? problem : `${where}: ${problem}`)));
}

function perPanelQuery(judge: Judge): Rule {
  return (dashboard) => panelQueries(dashboard).flatMap(([where, query]) => judge(query, where).map((problem) => `${where}: ${problem}`));
}

function unreadable(query: string): boolean {
  return parse(query).problems.length > 0;
}

function filled(query: string): Parsed {
  return parse(query.replaceAll("$__rate_interval", RATE_INTERVAL).replaceAll("$__range", RANGE));
}

/** Functions and aggregations around the node, nearest first. */
function calls(node: SyntaxNode, read: Parsed): string[] {
  return parents(node).filter(({ name }) => name === "FunctionCall" || name === "AggregateExpr").map(({ firstChild }) => said(firstChild, read).toLowerCase());
}

function said(node: SyntaxNode | null, { text }: Parsed): string {
  return node === null ? "" : text.slice(node.from, node.to);
}
