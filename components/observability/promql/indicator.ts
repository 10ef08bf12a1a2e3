import { nodes, parents, parse, unquoted } from "./parse.ts";
import type { Parsed, SyntaxNode } from "./parse.ts";

/** What is wrong with a query that somebody wrote. */
export interface IndicatorFault {
  wrong: string;
  got: string;
  todo: string;
}

/** By which the gate tells the candidate from the stable revision. */
const REVISION = "revision";
/** Aggregations that keep the labels of the series that they choose. */
const CHOOSING = new Set(["topk", "bottomk", "limitk", "limit_ratio"]);
const RATES = new Set(["rate", "irate", "increase", "delta", "idelta", "deriv"]);
const SHOWN = 80;

/**
 * What keeps a query from being an indicator of a revision: Prometheus would take most of it, and answer nothing or a number that means
 * something else. `counted`: the gate takes differences of a counter.
 */
export function indicatorFaults(query: string, { counted }: { counted: boolean }): IndicatorFault[] {
  const parsed = parse(query);
  const { problems, root } = parsed;
  if (problems.length > 0) return problems.map(({ part, wrong }) => ({ wrong, got: shown(part), todo: "write it as Prometheus' documentation says" }));
  const whole = root.firstChild;
  if (nodes(root, "VectorSelector").length === 0) return [{ wrong: "asks for no series", got: shown(query), todo: "name a metric" }];
  if (whole?.name === "MatrixSelector" || whole?.name === "SubqueryExpr") return [{ wrong: "answers with a range, of which nobody says what counts", got: shown(query), todo: "take its last, its sum or its most, such as max_over_time(…)" }];
  const calls = nodes(root, "FunctionCall").map((node) => ({ node, name: calledBy(node, parsed) }));
  return [
    ...calls.filter(({ name }) => name === "vector").map(({ node }) => ({ wrong: "invents a value where there is none", got: said(node, parsed), todo: "leave it out, so that no data stays no data" })),
    ...nodes(root, "AggregateExpr").filter((node) => losesRevision(node, parsed)).map((node) => ({ wrong: `loses the label ${REVISION}, by which the candidate is told from the stable revision`, got: said(node, parsed), todo: `aggregate by (${REVISION}, …)` })),
    ...(counted ? calls.filter(({ name }) => RATES.has(name)).map(({ node }) => ({ wrong: "is no counter any more, of which the gate takes the differences itself", got: said(node, parsed), todo: "name the counter as it is, summed by (revision, pod)" })) : []),
  ];
}

function losesRevision(node: SyntaxNode, parsed: Parsed): boolean {
  if (CHOOSING.has(calledBy(node, parsed)) || parents(node).some((parent) => makesRevision(parent, parsed))) return false;
  const modifier = node.getChild("AggregateModifier");
  if (modifier === null) return true;
  const named = nodes(modifier, "LabelName").some((label) => parsed.text.slice(label.from, label.to) === REVISION);
  return modifier.getChild("By") === null ? named : !named;
}

/** `label_replace(…, "revision", …)` gives what is inside it the label. */
function makesRevision(node: SyntaxNode, parsed: Parsed): boolean {
  if (node.name !== "FunctionCall" || !["label_replace", "label_join"].includes(calledBy(node, parsed))) return false;
  const made = node.getChild("FunctionCallBody")?.getChildren("Expr")[1];
  return made !== undefined && unquoted(parsed.text.slice(made.from, made.to)) === REVISION;
}

function calledBy({ firstChild }: SyntaxNode, { text }: Parsed): string {
  return firstChild === null ? "" : text.slice(firstChild.from, firstChild.to).toLowerCase();
}

function said({ from, to }: SyntaxNode, { text }: Parsed): string {
  return shown(text.slice(from, to));
}

function shown(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
}
