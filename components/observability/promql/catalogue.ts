import { RECORDED } from "../recorded.ts";
import type { ServiceLevel } from "../service-level.ts";
import { STACK_METRICS } from "../stack-metrics.ts";

/** What is known of a metric. */
export interface Metric {
  /** A counter and the buckets of a histogram mean something only as a rate; a gauge only as it is. */
  kind: "counter" | "buckets" | "gauge";
  labels: readonly string[];
  /** Labels that each query has to name by `=`: without them it adds up what does not belong together. */
  named: readonly string[];
}

/** What a query may ask for. */
export interface Catalogue {
  metrics: Readonly<Record<string, Metric>>;
  /** Upper bounds of the mesh's latency histogram, milliseconds. */
  bounds: readonly number[];
}

/** Added by the scrape, whatever the metric. */
const SCRAPED = ["namespace", "pod", "job", "instance"];

const TCP_LABELS = [
  "reporter", "source_workload", "source_workload_namespace", "source_principal", "source_app", "source_version", "source_cluster",
  "source_canonical_service", "source_canonical_revision", "destination_workload", "destination_workload_namespace",
  "destination_principal", "destination_app", "destination_version", "destination_service", "destination_service_name",
  "destination_service_namespace", "destination_cluster", "destination_canonical_service", "destination_canonical_revision",
  "request_protocol", "response_flags", "connection_security_policy", ...SCRAPED,
];
const HTTP_LABELS = [...TCP_LABELS, "response_code", "grpc_response_status"];
const CONTAINER = ["container", "uid", ...SCRAPED];
const REPORTER = ["reporter"];

/** Istio's standard metrics. */
const MESH: Record<string, Metric> = {
  istio_requests_total: { kind: "counter", labels: HTTP_LABELS, named: REPORTER },
  istio_request_duration_milliseconds_bucket: { kind: "buckets", labels: [...HTTP_LABELS, "le"], named: REPORTER },
  istio_request_duration_milliseconds_count: { kind: "counter", labels: HTTP_LABELS, named: REPORTER },
  istio_tcp_connections_opened_total: { kind: "counter", labels: TCP_LABELS, named: REPORTER },
  istio_tcp_connections_closed_total: { kind: "counter", labels: TCP_LABELS, named: REPORTER },
  istio_tcp_sent_bytes_total: { kind: "counter", labels: TCP_LABELS, named: REPORTER },
  istio_tcp_received_bytes_total: { kind: "counter", labels: TCP_LABELS, named: REPORTER },
};

/** kube-state-metrics, cAdvisor and Prometheus itself. */
const CLUSTER: Record<string, Metric> = Object.fromEntries([
  ...counters(["kube_pod_container_status_restarts_total"], CONTAINER),
  ...counters(["container_cpu_usage_seconds_total", "container_cpu_cfs_periods_total", "container_cpu_cfs_throttled_periods_total"], [...CONTAINER, "image", "cpu"]),
  ...gauges(["container_memory_working_set_bytes"], [...CONTAINER, "image"]),
  ...gauges(["kube_pod_container_resource_requests", "kube_pod_container_resource_limits"], [...CONTAINER, "resource", "unit", "node"]),
  ...gauges(["kube_pod_container_status_ready"], CONTAINER),
  ...gauges(["kube_pod_container_status_waiting_reason", "kube_pod_container_status_last_terminated_reason"], [...CONTAINER, "reason"]),
  ...gauges(["kube_pod_container_info"], [...CONTAINER, "image", "image_spec", "image_id"]),
  ...gauges(["kube_pod_status_phase"], [...SCRAPED, "phase", "uid"]),
  ...gauges(["kube_deployment_status_condition"], [...SCRAPED, "deployment", "condition", "status"]),
  ...gauges(["kube_deployment_created"], [...SCRAPED, "deployment"]),
  ...gauges(["kube_resourcequota"], [...SCRAPED, "resourcequota", "resource", "type"]),
  ...gauges(["ALERTS"], ["alertname", "alertstate", "severity", "namespace", "service", "objective", "role", "revision", "pod", "long_window", "short_window"]),
  ...gauges(["kube_horizontalpodautoscaler_status_current_replicas", "kube_horizontalpodautoscaler_spec_max_replicas", "kube_horizontalpodautoscaler_spec_min_replicas"], [...SCRAPED, "horizontalpodautoscaler"]),
  ...gauges(["kube_poddisruptionbudget_status_current_healthy", "kube_poddisruptionbudget_status_desired_healthy"], [...SCRAPED, "poddisruptionbudget"]),
  ...gauges(["up", "scrape_samples_post_metric_relabeling"], [...SCRAPED, "container", "endpoint", "service"]),
]);

const RECORDINGS: Record<string, Metric> = Object.fromEntries(
  Object.entries(RECORDED).map(([name, labels]) => [name, { kind: "gauge", labels: ["namespace", "service", ...labels], named: ["namespace", "service"] }]),
);

/** What `slipway metrics` writes. One Prometheus may have several stacks, whose services have the same names. */
const WRITTEN: Record<string, Metric> = Object.fromEntries(
  Object.entries(STACK_METRICS).map(([name, { type, labels }]) => [name, { kind: type, labels: [...labels, "job", "instance"], named: ["stack"] }]),
);

/** What the queries of a service may ask for. */
export function catalogue({ bounds }: Pick<ServiceLevel, "bounds">): Catalogue {
  return { metrics: { ...MESH, ...CLUSTER, ...RECORDINGS, ...WRITTEN }, bounds };
}

/** What else an expression calls a label: the mesh's own word for it. */
export const OTHER_WORDS: Readonly<Record<string, string>> = {
  code: "response_code", status: "response_code", status_code: "response_code", grpc_status: "grpc_response_status", grpc_code: "grpc_response_status",
  app: "destination_app", version: "destination_version", revision: "destination_version", workload: "destination_workload",
};

function counters(names: string[], labels: readonly string[]): [string, Metric][] {
  return names.map((name) => [name, { kind: "counter", labels, named: ["namespace"] }]);
}

function gauges(names: string[], labels: readonly string[]): [string, Metric][] {
  return names.map((name) => [name, { kind: "gauge", labels, named: ["namespace"] }]);
}
