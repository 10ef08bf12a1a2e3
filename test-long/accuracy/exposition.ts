import { LATENCY_BOUNDS_MS } from "../../components/kubernetes/mesh-annotations.ts";
import type { Answer } from "./behaviour.ts";

/** Whose requests are counted. */
export interface Workload {
  service: string;
  namespace: string;
  revision: string;
}

interface Series {
  labels: Record<string, string>;
  requests: number;
  sum: number;
  /** Requests within each bound. */
  within: number[];
}

/** Counts answers as a sidecar does, and tells of them in its words. */
export class Sidecar {
  readonly #series = new Map<string, Series>();
  readonly #workload: Workload;

  constructor(workload: Workload) {
    this.#workload = workload;
  }

  count({ grpc, milliseconds, status }: Answer): void {
    const key = `${status} ${grpc}`;
    const series = this.#series.get(key) ?? {
      labels: { request_protocol: grpc === undefined ? "http" : "grpc", response_code: `${status}`, grpc_response_status: grpc === undefined ? "" : `${grpc}` },
      requests: 0, sum: 0, within: LATENCY_BOUNDS_MS.map(() => 0),
    };
    series.requests += 1;
    series.sum += milliseconds;
    LATENCY_BOUNDS_MS.forEach((bound, at) => milliseconds <= bound && (series.within[at] = (series.within[at] ?? 0) + 1));
    this.#series.set(key, series);
  }

  /** Everything twice: as this sidecar counted it, and as the caller's did. */
  text(): string {
    const all = (["destination", "source"] as const).flatMap((reporter) => [...this.#series.values()].map((series) => ({ ...series, labels: { ...labels(this.#workload, reporter), ...series.labels } })));
    const duration = "istio_request_duration_milliseconds";
    return [
      "# TYPE istio_requests_total counter",
      ...all.map((each) => line("istio_requests_total", each.labels, each.requests)),
      `# TYPE ${duration} histogram`,
      ...all.flatMap((each) => [
        ...LATENCY_BOUNDS_MS.map((bound, at) => line(`${duration}_bucket`, { ...each.labels, le: `${bound}` }, each.within[at] ?? 0)),
        line(`${duration}_bucket`, { ...each.labels, le: "+Inf" }, each.requests),
        line(`${duration}_sum`, each.labels, each.sum),
        line(`${duration}_count`, each.labels, each.requests),
      ]),
      "",
    ].join("\n");
  }
}

function line(name: string, all: Record<string, string>, value: number): string {
  return `${seriesOf(name, all)} ${value}`;
}

/** A series as the text formats and queries write it. */
export function seriesOf(name: string, all: Record<string, string>): string {
  return `${name}{${Object.entries(all).map(([label, text]) => `${label}="${text}"`).join(",")}}`;
}

/** Istio's standard labels, all of them. */
function labels({ namespace, revision, service }: Workload, reporter: "source" | "destination"): Record<string, string> {
  const principal = (account: string): string => `spiffe://cluster.local/ns/${namespace}/sa/${account}`;
  return {
    reporter,
    source_workload: "caller", source_canonical_service: "caller", source_canonical_revision: "latest", source_workload_namespace: namespace,
    source_principal: principal("caller"), source_app: "caller", source_version: "", source_cluster: "Kubernetes",
    destination_workload: `${service}-${revision}`, destination_workload_namespace: namespace, destination_principal: principal(service),
    destination_app: service, destination_version: revision, destination_service: `${service}.${namespace}.svc.cluster.local`,
    destination_canonical_service: service, destination_canonical_revision: revision, destination_service_name: service,
    destination_service_namespace: namespace, destination_cluster: "Kubernetes",
    response_flags: "-", connection_security_policy: reporter === "destination" ? "mutual_tls" : "unknown",
  };
}
