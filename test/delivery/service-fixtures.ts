import type { ServiceSettings } from "../../components/delivery/service-settings.ts";
import type { TrafficSettings } from "../../components/kubernetes/traffic-settings.ts";
import { CANARY, SPECIFICATION } from "./fixtures.ts";

export const IN_MESH: TrafficSettings = {
  exposure: { kind: "mesh" },
  retries: { attempts: 2, on: ["connect-failure", "refused-stream", "unavailable"] },
  affinity: { kind: "none" },
  callers: [],
};

export const ON_GATEWAY: TrafficSettings = {
  ...IN_MESH,
  exposure: {
    kind: "gateway",
    hosts: ["shop.example.com"],
    selector: { istio: "ingressgateway" },
    namespace: "istio-system",
    serviceAccount: "istio-ingressgateway-service-account",
    tls: { mode: "simple", credential: "shop-tls" },
  },
};

/** The settings of a service in the mesh, changed as a test needs. */
export function settings(change: Partial<ServiceSettings> = {}): ServiceSettings {
  return {
    repository: "shop",
    namespace: "shop",
    image: { from: "digest", reference: `ghcr.io/acme/shop@sha256:${"a".repeat(64)}` },
    strategy: CANARY,
    traffic: IN_MESH,
    ...SPECIFICATION,
    ...change,
  };
}
