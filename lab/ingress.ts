import type { KubernetesObject } from "./api.ts";
import { GATEWAY_ADDRESS } from "./parts/gateway.ts";
import type { Ports } from "./ports.ts";

const metadata = (name: string) => ({ name, namespace: "istio-system" });
const labels = { istio: "ingressgateway" };

/**
 * The ingress gateway as the mesh sees it. Its Service leads from the ports that Gateways name, 80 and 443, to those that are free
 * here; and it listens on loopback alone, where Istio's own listens on every address.
 */
export function ingress({ http, https }: Pick<Ports, "http" | "https">): (KubernetesObject & { spec: object })[] {
  const port = (name: string, number: number, targetPort: number) => ({ name, port: number, targetPort, protocol: "TCP" });
  return [
    {
      apiVersion: "v1", kind: "Service", metadata: metadata("istio-ingressgateway"),
      spec: { selector: labels, ports: [port("http2", 80, http), port("https", 443, https)] },
    },
    {
      apiVersion: "networking.istio.io/v1", kind: "WorkloadEntry", metadata: metadata("ingress"),
      spec: { address: GATEWAY_ADDRESS, labels },
    },
    {
      apiVersion: "networking.istio.io/v1alpha3", kind: "EnvoyFilter", metadata: metadata("loopback"),
      spec: {
        workloadSelector: { labels },
        configPatches: [{
          applyTo: "LISTENER", match: { context: "GATEWAY" },
          patch: { operation: "MERGE", value: { address: { socket_address: { address: "127.0.0.1" } } } },
        }],
      },
    },
  ];
}
