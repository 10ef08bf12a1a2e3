import type { RevisionSpecification } from "../../components/kubernetes/specification.ts";
import type { TrafficSettings } from "../../components/kubernetes/traffic-settings.ts";

export const DIGEST = `sha256:${"a1".repeat(32)}`;
export const IMAGE = `ghcr.io/acme/storefront@${DIGEST}`;

export const SPECIFICATION: RevisionSpecification = {
  ports: [{ name: "http", port: 8080, protocol: "http" }],
  environment: { LOG_LEVEL: "info" },
  secrets: { TOKEN: { secret: "storefrontToken" } },
  probes: { readiness: { kind: "http", path: "/ready", port: "http" } },
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
  scaling: { kind: "auto", min: 2, max: 6, cpuPercent: 70 },
  disruption: { kind: "max-unavailable", pods: 1 },
  gracePeriodSeconds: 30,
  drainSeconds: 5,
  user: 65532,
  readOnlyRoot: true,
  writable: ["/tmp"],
  spread: "zone",
  podAnnotations: {},
};

export const IN_MESH: TrafficSettings = {
  exposure: { kind: "mesh" },
  retries: { attempts: 2, on: ["connect-failure", "refused-stream", "unavailable"] },
  affinity: { kind: "none" },
  callers: [],
};

export const GATEWAY = {
  kind: "gateway" as const,
  hosts: ["shop.example.com"],
  selector: { istio: "ingressgateway" },
  namespace: "istio-system",
  serviceAccount: "istio-ingressgateway-service-account",
  tls: { mode: "simple" as const, credential: "shop-tls" },
};

export const EXPOSED: TrafficSettings = { ...IN_MESH, exposure: GATEWAY };
