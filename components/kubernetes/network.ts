import { namespaceNamed } from "./access.ts";
import type { Egress, NamespaceSettings } from "./namespace-settings.ts";

/** A NetworkPolicy's spec, as far as a namespace needs it. */
export interface NetworkPolicySpec {
  podSelector: Record<string, never>;
  policyTypes: ("Ingress" | "Egress")[];
  ingress?: { from: Peer[]; ports: PolicyPort[] }[];
  egress?: { to: Peer[]; ports?: PolicyPort[] }[];
}

interface Peer {
  namespaceSelector?: { matchLabels: Record<string, string> };
  podSelector?: { matchLabels?: Record<string, string> };
  ipBlock?: { cidr: string; except?: string[] };
}

interface PolicyPort {
  port: number;
  protocol: "TCP" | "UDP";
}

const XDS_PORT = 15012;
const SIDECAR_METRICS_PORTS = [15020, 15090];

/** Nothing in and nothing out; the other policies open what is needed. */
export const DENY_ALL: NetworkPolicySpec = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

/** What every pod needs: names, the mesh's certificates and configuration, its neighbours, and to be measured. */
export function platformPolicy({ mesh, scrapers }: NamespaceSettings): NetworkPolicySpec {
  const tcp = (port: number): PolicyPort => ({ port, protocol: "TCP" });
  const dns = { ...namespaceNamed("kube-system"), podSelector: { matchLabels: { "k8s-app": "kube-dns" } } };
  const controlPlane = mesh.kind === "none" ? [] : [{
    to: [{ ...namespaceNamed(mesh.controlPlane), podSelector: { matchLabels: { app: "istiod" } } }],
    ports: [tcp(XDS_PORT)],
  }];
  const measured = mesh.kind === "none" || scrapers.length === 0 ? [] : [{
    from: scrapers.map(namespaceNamed),
    ports: SIDECAR_METRICS_PORTS.map(tcp),
  }];
  return {
    podSelector: {},
    policyTypes: ["Ingress", "Egress"],
    ingress: measured,
    egress: [{ to: [dns], ports: [{ port: 53, protocol: "UDP" }, tcp(53)] }, ...controlPlane, { to: [{ podSelector: {} }] }],
  };
}

/** What the namespace declares beyond that, or undefined where it declares nothing. */
export function egressPolicy(egress: readonly Egress[]): NetworkPolicySpec | undefined {
  if (egress.length === 0) return undefined;
  const rules = egress.map(({ to, ports }) => ({ to: [peer(to)], ...(ports && { ports }) }));
  return { podSelector: {}, policyTypes: ["Egress"], egress: rules };
}

function peer(to: Egress["to"]): Peer {
  if ("namespace" in to) return namespaceNamed(to.namespace);
  return { ipBlock: to.except === undefined ? { cidr: to.cidr } : { cidr: to.cidr, except: to.except } };
}
