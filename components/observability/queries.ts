import { upTo } from "./bound-matcher.ts";

/** What a query is about. The window is a PromQL duration such as `5m`, or Grafana's `$__rate_interval`. */
export interface Subject {
  service: string;
  namespace: string;
  window: string;
  /** One series a revision, one for the service as a whole, or one for each status that it answers. @default "revision" */
  by?: "revision" | "service" | "status" | undefined;
  /** RE2 that the whole revision id matches. @default every revision */
  revisions?: string | undefined;
  /** Name of the Deployment that answers, where two of them may run one revision. @default every workload */
  workload?: string | undefined;
}

/** gRPC statuses that are the server's fault: unknown, deadline exceeded, unimplemented, internal, unavailable, data loss. */
export const GRPC_FAILURES = "2|4|12|13|14|15";

/** The label by which every request query groups its series. */
export const REVISION = "destination_version";

const GROUPS = { revision: [REVISION], service: [], status: ["response_code", "grpc_response_status"] } as const;
export const REQUESTS = "istio_requests_total";
export const DURATION = "istio_request_duration_milliseconds";
const CONNECTIONS = "istio_tcp_connections_opened_total";

/** Requests a second. */
export function requestRate(subject: Subject): string {
  return total(subject, rate(REQUESTS, subject));
}

/** Requests in the window. */
export function requestCount(subject: Subject): string {
  return total(subject, `increase(${selected(REQUESTS, subject)})`);
}

/** Failed requests a second. A gRPC failure is an HTTP 200, so its own status is asked as well; each counts once. */
export function failureRate(subject: Subject): string {
  const http = rate(REQUESTS, subject, ['response_code=~"5.."']);
  const grpc = rate(REQUESTS, subject, ['response_code!~"5.."', `grpc_response_status=~"${GRPC_FAILURES}"`]);
  return total(subject, `${http} or ${grpc}`);
}

/** The same, 0 where there are requests and none has failed: a sum over time must not skip the good moments. */
export function failureRateOrZero(subject: Subject): string {
  return `${failureRate(subject)} or ${requestRate(subject)} * 0`;
}

/**
 * Failed share of the requests, 0 – 1. Nothing where there are no requests, and nothing where the metrics are missing: no data must
 * neither look like no errors nor be the NaN of 0 / 0.
 */
export function failureRatio(subject: Subject): string {
  return `(${failureRateOrZero(subject)}) / (${requestRate(subject)} > 0)`;
}

/** The time, in milliseconds, within which the share `quantile` (0 – 1) of the requests is answered; nothing (not NaN) without requests. */
export function latency(subject: Subject, quantile: number): string {
  const grouped = `sum by (${["le", ...grouping(subject)].join(", ")}) (${rate(`${DURATION}_bucket`, subject)})`;
  return `histogram_quantile(${quantile}, ${grouped}) >= 0`;
}

/** Requests a second whose time was measured. */
export function timedRate(subject: Subject): string {
  return total(subject, rate(`${DURATION}_count`, subject));
}

/** Requests a second that were answered within the time, which is a bound of the histogram. */
export function timelyRate(subject: Subject, milliseconds: number): string {
  return total(subject, rate(`${DURATION}_bucket`, subject, [upTo(milliseconds)]));
}

/** Share of the requests, 0 – 1, that each revision answers: the split as it is, not as it was asked for. */
export function trafficShare(subject: Subject): string {
  const all = `sum(${rate(REQUESTS, { ...subject, revisions: undefined })})`;
  return `${requestRate(subject)} / on () group_left () (${all} > 0)`;
}

/** Connections opened a second: the request rate of what does not speak HTTP. */
export function connectionRate(subject: Subject): string {
  return total(subject, rate(CONNECTIONS, subject));
}

/** Bytes a second that the service sends; TCP only. */
export function sentRate(subject: Subject): string {
  return total(subject, rate("istio_tcp_sent_bytes_total", subject));
}

/** How many request series the mesh tells of; nothing where it tells of none. */
export function requestSeries(subject: Pick<Subject, "service" | "namespace">): string {
  return `count(${series(REQUESTS, subject)})`;
}

/** Grafana's query for the ids of the revisions that met any traffic. */
export function revisionsSeen(subject: Pick<Subject, "service" | "namespace">, speaks: { http: boolean }): string {
  return `label_values(${series(speaks.http ? REQUESTS : CONNECTIONS, subject)}, ${REVISION})`;
}

function grouping({ by = "revision" }: Subject): readonly string[] {
  return GROUPS[by];
}

function total(subject: Subject, rates: string): string {
  const labels = grouping(subject);
  return labels.length === 0 ? `sum(${rates})` : `sum by (${labels.join(", ")}) (${rates})`;
}

function rate(metric: string, subject: Subject, more: readonly string[] = []): string {
  return `rate(${selected(metric, subject, more)})`;
}

function selected(metric: string, subject: Subject, more: readonly string[] = []): string {
  const revisions = subject.revisions === undefined ? [] : [`${REVISION}=~"${subject.revisions}"`];
  const workloads = subject.workload === undefined ? [] : [`destination_workload="${subject.workload}"`];
  return `${series(metric, subject, [...workloads, ...revisions, ...more])}[${subject.window}]`;
}

/** What the service's own sidecars counted: without a reporter every request would count twice. */
export function series(metric: string, { namespace, service }: Pick<Subject, "service" | "namespace">, more: readonly string[] = []): string {
  const labels = ['reporter="destination"', `destination_workload_namespace="${namespace}"`, `destination_app="${service}"`, ...more];
  return `${metric}{${labels.join(",")}}`;
}
