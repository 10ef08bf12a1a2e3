import { nodes, parse } from "./promql/parse.ts";

/** What is done with a label: shown for the time of a look, or stored for as long as Prometheus keeps anything. */
export type LabelUse = "shown" | "stored";

/** Names of labels that have a new value with every request, user or moment, whoever reports them. */
const UNBOUNDED: readonly RegExp[] = [
  /^(id|u?uid|guid|e?mail|ip|path|url|uri|query|referr?er|user_agent|message|error_message|stack_?trace|timestamp|time|date|token|hash|nonce)$/,
  /(^|_)(user|customer|account|tenant|visitor|client|device|session|request|correlation|trace|span|transaction|order|cart|payment|invoice|message|event)_?(id|uuid|guid|key|token|name|number)$/,
  /_(uuid|guid|email|ip|ip_address|path|url|uri|timestamp|token)$/,
  /^(full|request|raw|http)_(path|url|uri|query|target)$/,
  /^(container|image)_id$/,
];

/** A new value with each pod: fit to look at, but a recorded series more for ever. */
const CHURNING: ReadonlySet<string> = new Set(["pod", "instance", "image", "image_spec"]);

/** Why a label makes too many series, each as `<path>: …`; nothing where all have few values. */
export function cardinalityProblems(labels: readonly string[], use: LabelUse, path: string): string[] {
  return [...new Set(labels)].flatMap((label) => {
    if (unbounded(label)) return [`${path}: makes one series for each value of a label that has endlessly many, got "${label}"; leave it out, and look the single case up in logs or traces`];
    if (use === "stored" && CHURNING.has(label)) return [`${path}: stores series of their own for each pod that ever lived, got "${label}"; group by service or revision, and keep the pods for graphs`];
    return [];
  });
}

/** The same of the labels by which a query groups. */
export function groupingProblems(query: string, use: LabelUse, path: string): string[] {
  const { root, text } = parse(query);
  const kept = nodes(root, "AggregateModifier").filter((modifier) => modifier.getChild("By") !== null);
  return cardinalityProblems(kept.flatMap((modifier) => nodes(modifier, "LabelName")).map(({ from, to }) => text.slice(from, to)), use, path);
}

function unbounded(label: string): boolean {
  return UNBOUNDED.some((pattern) => pattern.test(label.toLowerCase()));
}
