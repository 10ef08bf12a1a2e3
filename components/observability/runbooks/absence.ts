import { PODS } from "./runbook.ts";
import type { Runbook } from "./runbook.ts";

const REQUESTS = 'count(istio_requests_total{destination_workload_namespace="<namespace>",destination_app="<service>"}) by (reporter)';

/** No data, which is never good news. */
export const absenceRunbooks = {
  SlipwayPodsAbsent: {
    means: "Prometheus knows no pod of the service: it has none, or kube-state-metrics is not scraped.",
    harm: "Every caller, if it has no pods. If it is the metrics, no alert on pods can fire.",
    next: "see whether the pods are there: kubectl -n <namespace> get pods -l app=<service>",
    causes: ["Deployments scaled to nothing or deleted", "a namespace without quota for one pod", "kube-state-metrics down or not scraped"],
    steps: [{ act: "See the pods.", run: PODS }, { act: "Pods are there: see whether kube-state-metrics is scraped.", run: 'up{job="kube-state-metrics"}' }, { act: "None are there: declare them again.", run: "pulumi up" }],
    over: "It ends when Prometheus sees a pod.",
  },
  SlipwayMetricsAbsent: {
    means: "Pods are ready and the mesh has told of no request for half an hour: nobody calls the service, or its sidecars are not scraped. Until then no alert on requests can fire, and no gate can pass.",
    harm: "Nobody, but a failure would not be seen.",
    next: "call <service> once and see whether the request appears on the dashboard; if not, its sidecars are not scraped",
    causes: ["a service that nobody calls", "pods without a sidecar", "a PodMonitor for the sidecars that does not cover the namespace", "a NetworkPolicy that keeps Prometheus out: namespaces.<namespace>.scrapers"],
    steps: [{ act: "See who tells of requests at all.", run: REQUESTS }, { act: "See whether the pods have their sidecar: two containers are ready.", run: PODS }, { act: "See whether Prometheus reaches port 15020 of the pods.", run: 'up{namespace="<namespace>"}' }],
    over: "It ends with the first request that is counted.",
  },
  SlipwayTrafficStopped: {
    means: "The service had requests all the time an hour ago, and has none now.",
    harm: "Perhaps every caller: what stands before the service (gateway, DNS, certificate, a caller) may be broken, which the service itself cannot see.",
    next: "call <service> from outside, as its users do; then look at the gateway, its certificate and its callers",
    causes: ["the gateway, its certificate or DNS", "a caller that was stopped or is broken", "sidecars that are no longer scraped", "a load test or a batch that has ended"],
    steps: [{ act: "Call it from outside." }, { act: "See what the callers count: requests that never arrive are there, and only there.", run: 'sum by (source_app, response_code, response_flags) (rate(istio_requests_total{reporter="source",destination_service_name="<service>",destination_service_namespace="<namespace>"}[5m]))' }, { act: "See the routes.", run: "istioctl -n <namespace> analyze" }],
    over: "It ends by itself an hour after the traffic stopped, whatever happened: look at the traffic before you believe it.",
  },
  SlipwayApplicationMetricsDown: {
    means: "Prometheus cannot read the application's own metrics, which the sidecar's agent shows on port 15020, or knows no pod to read them from.",
    harm: "Nobody, but the application's own graphs and alerts are blind.",
    next: "see what Prometheus says of the target <service> in <namespace> on its page of targets",
    causes: ["a port or a path that changed, or a process that does not answer there without TLS", "a process that is too busy to answer in time", "more samples than `sampleLimit` allows, or a label that is too long", "a NetworkPolicy that keeps Prometheus out: namespaces.<namespace>.scrapers", "a monitor that Prometheus does not select"],
    steps: [{ act: "See whether the pods answer: 0 is none, and Prometheus' page of targets has the reason.", run: 'up{namespace="<namespace>",job="<service>"}' }, { act: "A pod that answers and leaves no sample: its sidecar's agent answers for an application that does not.", run: 'scrape_samples_post_metric_relabeling{namespace="<namespace>",job="<service>"}' }, { act: "See what the agent shows.", run: "kubectl -n <namespace> exec <pod> -c istio-proxy -- pilot-agent request GET /stats/prometheus" }, { act: "Compare `services.<service>.observability.metrics` with the port and path that the application serves." }],
    over: "It ends when every pod is read.",
  },
} as const satisfies Record<string, Runbook>;
