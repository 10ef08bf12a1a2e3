import type { MetricsSettings } from "./service-level.ts";

/** The fields of a ServiceMonitor and a PodMonitor (monitoring.coreos.com/v1) that are sent, closed. */
export type Monitor =
  | { kind: "ServiceMonitor"; spec: Common & { endpoints: Endpoint[] } }
  | { kind: "PodMonitor"; spec: Common & { podMetricsEndpoints: Endpoint[] } };

interface Common {
  selector: { matchLabels: Record<string, string> };
  /** Label of the Service, or of the pod, whose value is the series' `job`. */
  jobLabel: string;
  sampleLimit: number;
  labelLimit: number;
  labelNameLengthLimit: number;
  labelValueLengthLimit: number;
}

interface Endpoint {
  port: string;
  path: string;
  interval: string;
  relabelings: Relabeling[];
  metricRelabelings: Relabeling[];
}

interface Relabeling {
  action?: "keep" | "drop";
  sourceLabels: string[];
  separator?: string;
  regex: string;
  replacement?: string;
  targetLabel?: string;
}

/** Labels with as many values as there are requests, people or moments: each value is a series that Prometheus keeps in memory. */
export const UNBOUNDED_LABELS: readonly string[] = [
  "user_id", "request_id", "session_id", "trace_id", "span_id", "correlation_id", "transaction_id", "timestamp", "email", "client_ip", "remote_ip",
];

/** The port and path of the sidecar's agent. */
const AGENT = { port: 15020, path: "/stats/prometheus" };
/** What the mesh itself counts; the Prometheus of the mesh reads it from 15090, and twice would be double. */
const MESH_METRICS = "(istio|envoy|pilot|citadel)_.*";

/**
 * How Prometheus reads the application's metrics: of each pod from the sidecar's agent, under the port's address at the Service or, where
 * the Service has no such port (yet), at the pod.
 */
export function monitor(service: string, metrics: MetricsSettings, servicePorts: readonly string[]): Monitor {
  const common: Common = {
    selector: { matchLabels: { app: service } },
    jobLabel: "app",
    sampleLimit: metrics.sampleLimit,
    labelLimit: 40,
    labelNameLengthLimit: 100,
    labelValueLengthLimit: 500,
  };
  const endpoint: Endpoint = {
    port: metrics.port,
    path: AGENT.path,
    interval: `${metrics.intervalSeconds}s`,
    relabelings: [
      // Pods of a revision that was made before its metrics were declared: their agent shows none.
      { action: "keep", sourceLabels: ["__meta_kubernetes_pod_annotation_prometheus_istio_io_merge_metrics"], regex: "true" },
      { sourceLabels: ["__address__"], regex: "(.+):\\d+", replacement: `$1:${AGENT.port}`, targetLabel: "__address__" },
      { sourceLabels: ["__meta_kubernetes_pod_label_version"], regex: "(.+)", replacement: "$1", targetLabel: "revision" },
    ],
    metricRelabelings: [
      { action: "drop", sourceLabels: ["__name__"], regex: MESH_METRICS },
      // The whole series: without the label alone, many would be one series with the value of any of them.
      { action: "drop", sourceLabels: [...UNBOUNDED_LABELS], separator: ";", regex: ".*[^;].*" },
    ],
  };
  return servicePorts.includes(metrics.port)
    ? { kind: "ServiceMonitor", spec: { ...common, endpoints: [endpoint] } }
    : { kind: "PodMonitor", spec: { ...common, podMetricsEndpoints: [endpoint] } };
}
