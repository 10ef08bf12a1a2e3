import { pathText } from "../problem.ts";
import type { Problem } from "../problem.ts";
import type { NamespaceSettings } from "../schema/namespace.ts";
import type { Rule } from "./rule.ts";

type Alerts = NonNullable<NamespaceSettings["alerts"]>;

/** A route to nobody loses its alerts without a word, and a receiver that no route names is told of none. */
export const receiversMatch: Rule = ({ namespaces }) => Object.entries(namespaces).flatMap(([name, { alerts }]) =>
  (alerts === undefined ? [] : [...unknown(name, alerts), ...unused(name, alerts)]));

function unknown(namespace: string, { receivers, routes }: Alerts): Problem[] {
  const known = Object.keys(receivers);
  return Object.entries(routes).flatMap(([severity, { to }]) => to.flatMap((receiver, at) => (known.includes(receiver) ? [] : [{
    path: pathText(["namespaces", namespace, "alerts", "routes", severity, "to", at]),
    wrong: "is no receiver of the namespace",
    got: receiver,
    todo: `use ${known.join(" or ") || "one"}, or add it to namespaces.${namespace}.alerts.receivers`,
  }])));
}

function unused(namespace: string, { receivers, routes }: Alerts): Problem[] {
  const told = new Set(Object.values(routes).flatMap(({ to }) => to));
  return Object.keys(receivers).filter((receiver) => !told.has(receiver)).map((receiver) => ({
    path: pathText(["namespaces", namespace, "alerts", "receivers", receiver]),
    wrong: "is told of nothing",
    todo: `name it in namespaces.${namespace}.alerts.routes, or remove it`,
  }));
}
