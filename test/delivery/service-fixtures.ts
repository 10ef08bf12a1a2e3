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

export const ROLLOUT: ServiceSettings["rollout"] = { dwellSeconds: 600, bakeSeconds: 600, lookSeconds: 15, minimumRequests: 100, unreadySeconds: 90, approval: "first-stage", freezes: [], smoke: [], indicators: {} };

export const WATCHED: ServiceSettings["observability"] = {
  limits: { errorPercent: 5, p95Milliseconds: 2000, successPercent: 95 },
  objectives: { availability: 99.5 },
  windowDays: 30,
  minimumRequests: 20,
  runbooks: "https://example.com/runbooks",
  grafana: "https://example.com/grafana",
};

/** The settings of a service in the mesh, changed as a test needs. */
export function settings(change: Partial<ServiceSettings> = {}): ServiceSettings {
  return {
    repository: "shop",
    namespace: "shop",
    image: { from: "digest", reference: `ghcr.io/acme/shop@sha256:${"a".repeat(64)}` },
    strategy: CANARY,
    traffic: IN_MESH,
    observability: WATCHED,
    rollout: ROLLOUT,
    ...SPECIFICATION,
    ...change,
  };
}
