import { LATENCY_BOUNDS_MS } from "../../components/kubernetes/mesh-annotations.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";

/** A service with everything that a level can say. */
export const LEVEL: ServiceLevel = {
  service: "storefront",
  namespace: "shop",
  protocols: ["http", "grpc"],
  maxReplicas: 6,
  bounds: LATENCY_BOUNDS_MS,
  limits: { errorPercent: 5, p95Milliseconds: 2000, successPercent: 95 },
  objectives: { availability: 99.5, latency: { percent: 99, milliseconds: 500 } },
  windowDays: 30,
  minimumRequests: 20,
  metrics: { port: "metrics", path: "/metrics", intervalSeconds: 30, sampleLimit: 5000 },
  runbooks: "https://example.com/runbooks",
  grafana: "https://example.com/grafana",
};

/** One that speaks plain TCP alone, has a fixed number of pods and no metrics of its own. */
export const TCP: ServiceLevel = { ...LEVEL, service: "queue", protocols: ["tcp"], maxReplicas: undefined, metrics: undefined };
