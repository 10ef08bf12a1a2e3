/** One step of Prometheus' metric_relabel_configs. */
export interface Relabel {
  source_labels?: string[];
  regex?: string;
  target_label?: string;
  replacement?: string;
  action?: "replace" | "keep" | "drop" | "labeldrop";
}

/** A cluster of istiod: `outbound|<port>|<subset>|<service>.<namespace>.svc.cluster.local`. */
const CLUSTER = "outbound\\|(\\d+)\\|([^|]+)\\|([^.|]+)\\.([^.|]+)\\.svc\\.cluster\\.local";

/** A subset is named after its revision, so the gateway's own count of a cluster is the count of a revision. */
const LABELS: [label: string, value: string][] = [
  ["reporter", "destination"],
  ["destination_app", "$3"],
  ["destination_service_name", "$3"],
  ["destination_service", "$3.$4.svc.cluster.local"],
  ["destination_service_namespace", "$4"],
  ["destination_workload", "$3-$2"],
  ["destination_workload_namespace", "$4"],
  ["destination_version", "$2"],
  ["destination_canonical_revision", "$2"],
  ["request_protocol", "http"],
];

/** Turns what Envoy counts of its clusters into Istio's standard metrics, with the labels that a sidecar would give them. */
export const relabelling: Relabel[] = [
  { source_labels: ["cluster_name"], regex: CLUSTER, action: "keep" },
  ...LABELS.map(([target_label, replacement]) => ({ source_labels: ["cluster_name"], regex: CLUSTER, target_label, replacement })),
  { source_labels: ["__name__"], regex: "envoy_cluster_upstream_rq", target_label: "__name__", replacement: "istio_requests_total" },
  { source_labels: ["__name__"], regex: "envoy_cluster_upstream_rq_time_(bucket|sum|count)", target_label: "__name__", replacement: "istio_request_duration_milliseconds_$1" },
  { source_labels: ["__name__"], regex: "istio_.+", action: "keep" },
  { regex: "cluster_name|envoy_.+", action: "labeldrop" },
];
