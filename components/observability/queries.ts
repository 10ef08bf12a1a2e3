/** What a query is about. The window is a PromQL duration such as `5m`, or Grafana's `$__rate_interval`. */
export interface Subject {
  service: string;
  namespace: string;
  window: string;
  /** RE2 that the whole revision id matches. @default every revision */
  revisions?: string | undefined;
}

/** gRPC statuses that are the server's fault: unknown, deadline exceeded, unimplemented, internal, unavailable, data loss. */
export const GRPC_FAILURES = "2|4|12|13|14|15";

/** The label by which every request query groups its series. */
export const REVISION = "destination_version";

const REQUESTS = "istio_requests_total";
const CONNECTIONS = "istio_tcp_connections_opened_total";

/** Requests a second, by revision. */
export function requestRate(subject: Subject): string {
  return `sum by (${REVISION}) (${rate(REQUESTS, subject)})`;
}

/** Failed requests a second, by revision. A gRPC failure is an HTTP 200, so its own status is asked as well; each counts once. */
export function failureRate(subject: Subject): string {
  const http = rate(REQUESTS, subject, ['response_code=~"5.."']);
  const grpc = rate(REQUESTS, subject, ['response_code!~"5.."', `grpc_response_status=~"${GRPC_FAILURES}"`]);
  return `sum by (${REVISION}) (${http} or ${grpc})`;
}

/**
 * Failed share of the requests, 0 – 1, by revision. Without failures it is 0 where there are requests, and nothing where the metrics
 * are missing: no data must not look like no errors.
 */
export function failureRatio(subject: Subject): string {
  const all = requestRate(subject);
  return `(${failureRate(subject)} or ${all} * 0) / ${all}`;
}

/** The time, in milliseconds, within which the share `quantile` (0 – 1) of the requests is answered, by revision. */
export function latency(subject: Subject, quantile: number): string {
  const buckets = rate("istio_request_duration_milliseconds_bucket", subject);
  return `histogram_quantile(${quantile}, sum by (le, ${REVISION}) (${buckets}))`;
}

/** Share of the requests, 0 – 1, that each revision answers: the split as it is, not as it was asked for. */
export function trafficShare(subject: Subject): string {
  const all = `sum(${rate(REQUESTS, { ...subject, revisions: undefined })})`;
  return `${requestRate(subject)} / on () group_left () ${all}`;
}

/** Connections opened a second, by revision: the request rate of what does not speak HTTP. */
export function connectionRate(subject: Subject): string {
  return `sum by (${REVISION}) (${rate(CONNECTIONS, subject)})`;
}

/** Bytes a second that the service sends, by revision; TCP only. */
export function sentRate(subject: Subject): string {
  return `sum by (${REVISION}) (${rate("istio_tcp_sent_bytes_total", subject)})`;
}

/** Grafana's query for the ids of the revisions that met any traffic. */
export function revisionsSeen(subject: Pick<Subject, "service" | "namespace">, speaks: { http: boolean }): string {
  return `label_values(${series(speaks.http ? REQUESTS : CONNECTIONS, subject)}, ${REVISION})`;
}

function rate(metric: string, subject: Subject, more: readonly string[] = []): string {
  const revisions = subject.revisions === undefined ? [] : [`${REVISION}=~"${subject.revisions}"`];
  return `rate(${series(metric, subject, [...revisions, ...more])}[${subject.window}])`;
}

/** What the service's own sidecars counted: without a reporter every request would count twice. */
function series(metric: string, { namespace, service }: Pick<Subject, "service" | "namespace">, more: readonly string[] = []): string {
  const labels = ['reporter="destination"', `destination_workload_namespace="${namespace}"`, `destination_app="${service}"`, ...more];
  return `${metric}{${labels.join(",")}}`;
}
