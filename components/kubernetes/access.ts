import type { AuthorizationPolicySpec, AuthorizationRule } from "./istio.ts";
import { serviceSelector } from "./labels.ts";
import { gatewayPort } from "./routes.ts";
import type { ContainerPort } from "./specification.ts";
import type { Caller, TrafficSettings } from "./traffic-settings.ts";

/** One entry of a NetworkPolicy's ingress rules. */
export interface IngressRule {
  from: { namespaceSelector: { matchLabels: Record<string, string> }; podSelector?: { matchLabels: Record<string, string> } }[];
  ports: { port: string; protocol: "TCP" }[];
}

export interface AccessArgs {
  service: string;
  ports: readonly ContainerPort[];
  /** Ports of other live revisions, where one name may have another number. @default none */
  otherPorts?: readonly ContainerPort[] | undefined;
  traffic: TrafficSettings;
}

/** Who may call, by the mesh's identities; with no caller at all it admits nobody. */
export function authorizationSpec(args: AccessArgs): AuthorizationPolicySpec {
  const { service, traffic: { exposure, callers } } = args;
  const gateway: AuthorizationRule[] = exposure.kind === "mesh" ? [] : [{
    from: [{ source: { principals: [principal(exposure.namespace, exposure.serviceAccount)] } }],
    to: [{ operation: { ports: gatewayNumbers(args, exposure.port) } }],
  }];
  return {
    selector: { matchLabels: serviceSelector(service) },
    action: "ALLOW",
    rules: [...gateway, ...callers.map((caller) => ({ from: [{ source: source(caller) }] }))],
  };
}

/** The same answer one layer below, for the pods' network; ports by name, which each pod reads for itself. */
export function ingressRules({ service, ports, traffic: { exposure, callers } }: AccessArgs): IngressRule[] {
  const named = (name: string): IngressRule["ports"][number] => ({ port: name, protocol: "TCP" });
  const gateway: IngressRule[] = exposure.kind === "mesh" ? [] : [{
    from: [{ ...namespaceNamed(exposure.namespace), podSelector: { matchLabels: exposure.selector } }],
    ports: [named(gatewayPort(service, exposure.port, ports).name)],
  }];
  const namespaces = [...new Set(callers.map((caller) => caller.namespace))];
  return [...gateway, ...namespaces.map((namespace) => ({ from: [namespaceNamed(namespace)], ports: ports.map(({ name }) => named(name)) }))];
}

/** Selects a namespace by the label that the API server itself puts on it. */
export function namespaceNamed(name: string): { namespaceSelector: { matchLabels: Record<string, string> } } {
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } };
}

/** A candidate may have the port under another number, and would answer nobody if only the stable one's were admitted. */
function gatewayNumbers({ service, ports, otherPorts = [] }: AccessArgs, port: string | undefined): string[] {
  const { name } = gatewayPort(service, port, ports);
  return [...new Set([...ports, ...otherPorts].filter((each) => each.name === name).map((each) => String(each.port)))];
}

function source({ namespace, serviceAccounts }: Caller): { principals: string[] } | { namespaces: string[] } {
  if (serviceAccounts === undefined) return { namespaces: [namespace] };
  return { principals: serviceAccounts.map((account) => principal(namespace, account)) };
}

/** Istio reads cluster.local as its own trust domain, whatever that is called. */
function principal(namespace: string, serviceAccount: string): string {
  return `cluster.local/ns/${namespace}/sa/${serviceAccount}`;
}
