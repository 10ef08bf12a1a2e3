import { gatewayPort } from "./gateway-port.ts";
import type { AuthorizationPolicySpec, AuthorizationRule } from "./istio.ts";
import { serviceSelector } from "./labels.ts";
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
  /** Ports of other live revisions, where a name may have another number and a number another name. @default none */
  otherPorts?: readonly ContainerPort[] | undefined;
  traffic: TrafficSettings;
}

/** Who may call, by the mesh's identities; with no caller at all it admits nobody. */
export function authorizationSpec(args: AccessArgs): AuthorizationPolicySpec {
  const { service, traffic: { exposure, callers } } = args;
  const gateway: AuthorizationRule[] = exposure.kind === "mesh" ? [] : [{
    from: [{ source: { principals: [principal(exposure.namespace, exposure.serviceAccount)] } }],
    to: [{ operation: { ports: [...new Set(gatewayPorts(args, exposure.port).map(({ port }) => String(port)))] } }],
  }];
  return {
    selector: { matchLabels: serviceSelector(service) },
    action: "ALLOW",
    rules: [...gateway, ...callers.map((caller) => ({ from: [{ source: source(caller) }] }))],
  };
}

/** The same answer one layer below, for the pods' network; ports by name, which each pod reads for itself. */
export function ingressRules(args: AccessArgs): IngressRule[] {
  const { ports, otherPorts = [], traffic: { exposure, callers } } = args;
  const gateway: IngressRule[] = exposure.kind === "mesh" ? [] : [{
    from: [{ ...namespaceNamed(exposure.namespace), podSelector: { matchLabels: exposure.selector } }],
    ports: byName(gatewayPorts(args, exposure.port)),
  }];
  const namespaces = [...new Set(callers.map((caller) => caller.namespace))];
  return [...gateway, ...namespaces.map((namespace) => ({ from: [namespaceNamed(namespace)], ports: byName([...ports, ...otherPorts]) }))];
}

/** Selects a namespace by the label that the API server itself puts on it. */
export function namespaceNamed(name: string): { namespaceSelector: { matchLabels: Record<string, string> } } {
  return { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } };
}

/** A candidate may have the port under another number or name, and would answer nobody if only the stable one's were admitted. */
function gatewayPorts({ service, ports, otherPorts = [] }: AccessArgs, port: string | undefined): ContainerPort[] {
  const stable = gatewayPort(service, port, ports);
  return [stable, ...otherPorts.filter((other) => other.name === stable.name || other.port === stable.port)];
}

function byName(ports: readonly ContainerPort[]): IngressRule["ports"] {
  return [...new Set(ports.map(({ name }) => name))].map((port) => ({ port, protocol: "TCP" }));
}

function source({ namespace, serviceAccounts }: Caller): { principals: string[] } | { namespaces: string[] } {
  if (serviceAccounts === undefined) return { namespaces: [namespace] };
  return { principals: serviceAccounts.map((account) => principal(namespace, account)) };
}

/** Istio reads cluster.local as its own trust domain, whatever that is called. */
function principal(namespace: string, serviceAccount: string): string {
  return `cluster.local/ns/${namespace}/sa/${serviceAccount}`;
}
