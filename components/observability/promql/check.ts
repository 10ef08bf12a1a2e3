import type { Catalogue } from "./catalogue.ts";
import { labelFault, selectorFaults } from "./check-selector.ts";
import type { Fault } from "./check-selector.ts";
import { nodes, parse, unquoted } from "./parse.ts";
import type { Parsed, SyntaxNode } from "./parse.ts";
import { selectors } from "./selector.ts";
import type { Selector } from "./selector.ts";

/**
 * Everything that is wrong with a query, each as `<path>: <what is wrong>, got <value>; <what to do>`. Prometheus itself would take most
 * of it and answer nothing, or a wrong number, for ever.
 */
export function checkExpression(expression: string, catalogue: Catalogue, path = "query"): string[] {
  const query = parse(expression);
  if (query.problems.length > 0) return query.problems.map(({ part, wrong }) => `${path}: ${wrong}, got "${part}"; write it as Prometheus' documentation says`);
  const asked = selectors(query);
  const faults = [
    ...asked.flatMap((selector) => selectorFaults(selector, query, catalogue)),
    ...inventions(query),
    ...groupings(query, asked, catalogue),
    ...divisions(query, asked, catalogue),
    ...grpcFaults(asked),
  ];
  return [...new Set(faults)].map((fault) => `${path}: ${fault}`);
}

/** Trap 6: `or vector(0)` makes a gate pass and an alert sleep when the metrics are missing. */
function inventions({ root, text }: Parsed): Fault[] {
  return nodes(root, "FunctionCall").filter((call) => call.firstChild?.firstChild?.name === "Vector").map((call) =>
    `invents a value where there is none, got ${text.slice(call.from, call.to)}; leave it out, so that no data stays no data`);
}

/** A label to group or to match by is one of the series', or one that label_replace made. */
function groupings(query: Parsed, asked: readonly Selector[], { metrics }: Catalogue): Fault[] {
  const labels = [...asked.flatMap(({ metric }) => metrics[metric]?.labels ?? []), ...madeLabels(query)];
  const named = nodes(query.root, "GroupingLabels").flatMap((group) => nodes(group, "LabelName")).map(({ from, to }) => query.text.slice(from, to));
  return named.filter((label) => !labels.includes(label)).map((label) => labelFault(asked.map(({ metric }) => metric).join(" or "), label, { labels: [...new Set(labels)] }));
}

function madeLabels({ root, text }: Parsed): string[] {
  return nodes(root, "FunctionCall").filter((call) => call.firstChild?.firstChild?.name === "LabelReplace").map((call) => {
    const made = call.getChild("FunctionCallBody")?.getChildren("Expr")[1];
    return made === undefined ? "" : unquoted(text.slice(made.from, made.to));
  });
}

/** 0 / 0 is NaN, which no comparison is true of: a divisor that counts events, or was recorded from such, is asked to be above 0. */
function divisions({ root, text }: Parsed, asked: readonly Selector[], { metrics }: Catalogue): Fault[] {
  return nodes(root, "BinaryExpr").filter((node) => node.getChild("Div") !== null).flatMap((node) => {
    const divisor = node.lastChild;
    if (divisor === null || positive(divisor, text)) return [];
    const events = asked.filter((selector) => divisor.from <= selector.node.from && selector.node.to <= divisor.to && mayBeNone(selector, metrics));
    return events.length === 0 ? [] : [`divides by what may be 0, which gives NaN, got ${text.slice(divisor.from, divisor.to)}; divide by (… > 0)`];
  });
}

function mayBeNone({ metric }: Selector, metrics: Catalogue["metrics"]): boolean {
  return metrics[metric]?.kind !== "gauge" || metric.startsWith("slipway:");
}

function positive(divisor: SyntaxNode, text: string): boolean {
  const inner = divisor.name === "ParenExpr" ? divisor.getChild("Expr") : divisor;
  if (inner?.name !== "BinaryExpr" || inner.getChild("Gtr") === null || inner.lastChild === null) return false;
  return Number(text.slice(inner.lastChild.from, inner.lastChild.to)) >= 0;
}

/** Trap 4: to HTTP a failed gRPC request is a 200. */
function grpcFaults(asked: readonly Selector[]): Fault[] {
  const labels = asked.flatMap(({ matchers }) => matchers.map(({ label }) => label));
  if (!labels.includes("response_code") || labels.includes("grpc_response_status")) return [];
  return ['misses gRPC\'s failures, which are HTTP 200, got response_code alone; ask grpc_response_status as well, as failureRate does'];
}
