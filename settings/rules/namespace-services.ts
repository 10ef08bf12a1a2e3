import { pathText } from "../problem.ts";
import type { NamespaceSettings } from "../schema/namespace.ts";
import type { Rule } from "./rule.ts";

/** A split, mutual TLS and the metrics that a release is judged by all come from sidecars. */
export const meshNeeded: Rule = ({ namespaces, services }) => Object.entries(services).flatMap(([service, { namespace }]) => {
  if (namespaces[namespace]?.mesh.kind !== "none") return [];
  const path = pathText(["services", service, "namespace"]);
  return [{ path, wrong: "is a namespace without sidecars", got: namespace, todo: `set namespaces.${namespace}.mesh to kind: injected, or choose another` }];
});

/** A caller whose own namespace lets nothing out never arrives. */
export const callersReach: Rule = ({ namespaces, services }) => Object.entries(services).flatMap(([service, { namespace, traffic }]) =>
  traffic.callers.flatMap((caller, index) => {
    const from = namespaces[caller.namespace];
    if (from === undefined || caller.namespace === namespace || leadsTo(from, namespace)) return [];
    return [{
      path: pathText(["services", service, "traffic", "callers", index, "namespace"]),
      wrong: `is a namespace that lets nothing out to ${namespace}`,
      got: caller.namespace,
      todo: `add { to: { namespace: ${namespace} } } to namespaces.${caller.namespace}.egress`,
    }];
  }));

// Addresses are not looked into: a block may hold the other namespace's pods.
function leadsTo({ egress }: NamespaceSettings, namespace: string): boolean {
  return egress.some(({ to }) => "cidr" in to || to.namespace === namespace);
}
