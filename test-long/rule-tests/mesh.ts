import type { ServiceLevel } from "../../components/observability/service-level.ts";
import type { Series } from "./series.ts";
import { seriesOf } from "./series.ts";
import { counterValues, phases } from "./windows.ts";

type Labels = Record<string, string>;
type Rates = readonly [number, number, number];

/** Answers of one kind: the labels that the mesh gives them, and how many there are in a step, before the window, in it and at its end. */
interface Answer {
  labels: Labels;
  rates: Rates;
  failed: boolean;
}

/** What a world of the mesh is like. */
export interface World {
  revisions: readonly string[];
  /** Every count is multiplied by it. @default 1 */
  scale?: number;
  /** Samples that are gone at the end. @default 0 */
  missing?: number;
  /** Step in which each counter begins again. @default none */
  restart?: number;
  /** Nothing takes longer than the histogram's first bound. @default false */
  fast?: boolean;
  /** Other services, another namespace and the callers' view. @default true */
  strangers?: boolean;
}

export const REVISIONS = ["ra", "rb"] as const;
/** The pods of a revision, and how their share of the requests and their slowness differ. */
const PODS = [{ pod: "p1", share: 1, slow: 1 }, { pod: "p2", share: 3, slow: 2 }] as const;
const ALL: Rates = [9, 6, 12];

const http = (code: number, rates: Rates, failed: boolean): Answer => ({ labels: { response_code: `${code}` }, rates, failed });
const grpc = (status: number, rates: Rates, failed: boolean, code = 200): Answer => ({ labels: { response_code: `${code}`, grpc_response_status: `${status}` }, rates, failed });

/** No two kinds alike, so that each window and each mixture has a number of its own. Revision `rb` has those alone that do not fail. */
const ANSWERS: readonly Answer[] = [
  http(200, [90, 60, 120], false), http(404, [5, 11, 3], false), http(503, [1, 4, 9], true), http(520, [3, 7, 2], true),
  grpc(0, [40, 30, 80], false), grpc(1, [2, 1, 4], false), grpc(5, [7, 5, 3], false), grpc(16, [1, 2, 1], false),
  grpc(2, [1, 3, 2], true), grpc(4, [4, 1, 3], true), grpc(12, [2, 2, 5], true), grpc(13, [3, 4, 1], true), grpc(14, [2, 3, 1], true), grpc(15, [1, 6, 2], true),
  grpc(13, [1, 2, 5], true, 500), grpc(14, [2, 5, 8], true, 429),
];

export function answersOf(revision: string): readonly Answer[] {
  return revision === "ra" ? ANSWERS : ANSWERS.filter(({ failed }) => !failed);
}

/** Increments of an answer's counter, of all pods together or of one. */
export function counted({ rates }: Answer, revision: string, { scale = 1 }: World, share = total(PODS.map((pod) => pod.share))): number[] {
  return phases(rates).map((rate) => rate * share * scale * (revision === "ra" ? 1 : 5));
}

/** Increments of the requests that are answered within a bound, of all pods together. The last bound has all. */
export function timed(level: ServiceLevel, at: number, revision: string, world: World): number[] {
  return PODS.map((pod) => timedBy(level, at, revision, world, pod)).reduce((sum, each) => sum.map((value, step) => value + (each[step] ?? 0)));
}

/** The metrics of the mesh as Prometheus has scraped them from every pod. */
export function meshSeries(level: ServiceLevel, world: World): Series {
  const { missing, restart, revisions, strangers = true } = world;
  const mine = { reporter: "destination", destination_workload_namespace: level.namespace, destination_app: level.service };
  const others = strangers ? [{ ...mine, reporter: "source" }, { ...mine, destination_workload_namespace: "elsewhere" }, { ...mine, destination_app: `${level.service}-api` }] : [];
  const all: [string, string][] = [];
  const add = (metric: string, labels: Labels, increments: (pod: (typeof PODS)[number]) => number[], spelled: (pod: string) => Labels = () => ({})): void => {
    for (const pod of PODS) all.push([seriesOf(metric, { ...mine, ...labels, pod: pod.pod, ...spelled(pod.pod) }), counterValues(increments(pod), { missing: missing ?? 0, restart })]);
    for (const other of others) all.push([seriesOf(metric, { ...other, ...labels, ...spelled("p1") }), counterValues(increments(PODS[1]).map((each) => each * 7 + 50))]);
  };
  for (const revision of revisions) {
    const labels = { destination_version: revision };
    for (const answer of answersOf(revision)) add("istio_requests_total", { ...answer.labels, ...labels }, ({ share }) => counted(answer, revision, world, share));
    for (const [at, bound] of [...level.bounds, Infinity].entries()) {
      add("istio_request_duration_milliseconds_bucket", labels, (pod) => timedBy(level, at, revision, world, pod), (pod) => ({ le: spelling(bound, pod) }));
    }
    add("istio_request_duration_milliseconds_count", labels, (pod) => timedBy(level, level.bounds.length, revision, world, pod));
    add("istio_tcp_connections_opened_total", labels, ({ share }) => counted(OPENED, revision, world, share));
  }
  if (revisions.length > 0) return Object.fromEntries(all);
  return Object.fromEntries(Object.entries(meshSeries(level, { ...world, revisions: REVISIONS })).filter(([name]) => !name.includes("pod=")));
}

/** Connections that are opened. */
export const OPENED: Answer = { labels: {}, rates: [90, 60, 120], failed: false };

function timedBy({ bounds }: ServiceLevel, at: number, revision: string, { fast = false, scale = 1 }: World, { share, slow }: (typeof PODS)[number]): number[] {
  const within = fast ? 1 : Math.min(1, (at + 1) / bounds.length);
  const slowness = phases([1, 2, 3]);
  return phases(ALL).map((rate, step) => rate * share * scale * (revision === "ra" ? 1 : 2) * within ** ((slowness[step] ?? 1) * slow));
}

/** One pod was scraped by Prometheus 2, which writes a bound as the proxy does; the other by Prometheus 3. */
function spelling(bound: number, pod: string): string {
  if (bound === Infinity) return "+Inf";
  if (pod === "p1" || !Number.isInteger(bound)) return `${bound}`;
  return bound < 1e6 ? `${bound}.0` : bound.toExponential().replace(/e\+(\d)$/, "e+0$1");
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
