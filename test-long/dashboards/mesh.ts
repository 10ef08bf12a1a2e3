import type { ServiceLevel } from "../../components/observability/service-level.ts";
import { lives } from "./story.ts";
import type { Life } from "./story.ts";
import { chance, remembered, wobble } from "./track.ts";
import type { Track } from "./track.ts";

/** HTTP statuses: share of the requests that succeed, and of those that fail. */
const FINE = { 200: 0.982, 404: 0.018 };
const FAILED = { 500: 0.65, 503: 0.35 };

/** What the service's sidecars count. */
export function meshTracks(level: ServiceLevel, now: number): Track[] {
  return lives(level, now).flatMap((life) => ofRevision(level, life));
}

/** Requests a second of the whole service: a day has a quiet night. */
export function traffic({ service }: Pick<ServiceLevel, "service">, time: number): number {
  const usual = 12 + 40 * chance(service, 0);
  return usual * (1 + 0.35 * Math.sin((time / 86_400) * 2 * Math.PI + chance(service, 1))) * wobble(service, time, 0.08);
}

function ofRevision(level: ServiceLevel, life: Life): Track[] {
  const { bounds, namespace, protocols, service } = level;
  const grpc = protocols.every((protocol) => protocol === "grpc");
  const base = {
    reporter: "destination", destination_app: service, destination_version: life.id, destination_workload: `${service}-${life.id}`, destination_workload_namespace: namespace,
    request_protocol: grpc ? "grpc" : "http",
  };
  const alive = (time: number): boolean => time >= life.from && time <= life.to;
  const requests = remembered((time) => traffic(level, time) * life.weight(time) * wobble(life.id, time, 0.05));
  const failing = remembered((time) => life.failing(time) * wobble(`${life.id} failing`, time, 0.5));
  const track = (name: string, labels: Record<string, string>, at: (time: number) => number): Track =>
    ({ name, labels: { ...base, ...labels }, counter: true, at: (time) => (alive(time) ? at(time) : undefined) });
  const count = (labels: Record<string, string>, share: (time: number) => number): Track => track("istio_requests_total", labels, (time) => requests(time) * share(time));
  const answers = grpc
    ? [count({ response_code: "200", grpc_response_status: "0" }, (time) => 1 - failing(time)), count({ response_code: "200", grpc_response_status: "14" }, failing)]
    : [
        ...Object.entries(FINE).map(([code, share]) => count({ response_code: code }, (time) => (1 - failing(time)) * share)),
        ...Object.entries(FAILED).map(([code, share]) => count({ response_code: code }, (time) => failing(time) * share)),
      ];
  const median = remembered((time) => life.median(time) * wobble(`${life.id} median`, time, 0.1));
  const duration = "istio_request_duration_milliseconds";
  return [
    ...answers,
    ...bounds.map((bound) => track(`${duration}_bucket`, { le: String(bound) }, (time) => requests(time) * within(bound, median(time)))),
    track(`${duration}_bucket`, { le: "+Inf" }, requests),
    track(`${duration}_count`, {}, requests),
  ];
}

/** Share of the requests that take no longer, where times are spread as they usually are: by a log-normal law. */
function within(bound: number, median: number): number {
  const score = (Math.log(bound) - Math.log(median)) / 0.75;
  return 1 / (1 + Math.exp(-1.702 * score));
}
