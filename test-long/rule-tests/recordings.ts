import type { RecordingRule } from "../../components/observability/alert.ts";
import { recorded } from "../../components/observability/recorded.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import type { Case } from "./document.ts";
import { counterValues, increase, phases, seriesOf, STEP_SECONDS, withGap } from "./series.ts";
import type { Counter } from "./series.ts";

type Sample = Case["expected"][number];
type Kind = "good" | "http" | "grpc" | "both" | "notfound";

const WINDOWS: Record<string, number> = { "5m": 300, "30m": 1800, "1h": 3600, "2h": 7200, "6h": 21_600 };
const REVISIONS = ["ra", "rb"] as const;
const PODS = ["p1", "p2"] as const;
const FEWER = 4096;

/** Kind of answer → its labels, and how its rate changes: no two alike, so that each window and each mixture has a number of its own. */
const ANSWERS: Record<Kind, { labels: Record<string, string>; rates: readonly [number, number, number]; failed: boolean }> = {
  good: { labels: { response_code: "200" }, rates: [90, 60, 120], failed: false },
  http: { labels: { response_code: "503" }, rates: [1, 4, 9], failed: true },
  grpc: { labels: { response_code: "200", grpc_response_status: "14" }, rates: [2, 3, 1], failed: true },
  both: { labels: { response_code: "500", grpc_response_status: "13" }, rates: [1, 2, 5], failed: true },
  notfound: { labels: { response_code: "200", grpc_response_status: "5" }, rates: [7, 5, 3], failed: false },
};

/** Bound → how many of ten requests are answered within it. */
const WITHIN: readonly (readonly [string, number, number])[] = [["250", 250, 4], ["500", 500, 7], ["1000", 1000, 8], ["2000.0", 2000, 9.9], ["+Inf", Infinity, 10]];

/** The cases of a rule that reads the mesh's counters. */
export function counterCases(rule: RecordingRule, level: ServiceLevel): Case[] {
  const window = WINDOWS[/\d+[mh]$/.exec(rule.record)?.[0] ?? ""] ?? 300;
  const steps = window / STEP_SECONDS + 20;
  const at = steps * STEP_SECONDS + STEP_SECONDS / 2;
  const world = (change: (values: string) => string = (values) => values, restart?: number): Record<string, string> => series(level, steps, window, change, restart);
  const expected = expectedOf(rule, level, steps, window, REVISIONS);
  const quiet = (values: string): string => values.split(" ").map(() => values.split(" ")[0]).join(" ");
  // No requests: a rate is 0, while a ratio or a quantile is of nothing.
  const zero = !absolute(rule) ? [] : expected.map((sample) => ({ ...sample, value: 0 }));
  return [
    { title: "healthy and failing revisions", series: world(), at, expected },
    { title: "a counter that starts again", series: world(undefined, steps - 6), at, expected },
    { title: "few requests, of which none fails", series: few(world()), at, expected: expectedOf(rule, level, steps, window, ["rb"]).map((sample) => ({ ...sample, value: absolute(rule) ? sample.value / FEWER : sample.value })) },
    { title: "series without requests", series: world(quiet), at, expected: zero },
    { title: "a gap", series: world((values) => withGap(values, steps)), at, expected: [] },
    { title: "no series", series: {}, at, expected: [] },
  ];
}

/** A value that is twice as large with twice as many requests, as neither a share nor a quantile is. */
function absolute({ record }: RecordingRule): boolean {
  return !/ratio|burn|latency/.test(record);
}

/** Only the revision that never fails, and a few thousandths of its requests. */
function few(world: Record<string, string>): Record<string, string> {
  const scaled = (values: string): string => values.split(" ").map((value) => Number(value) / FEWER).join(" ");
  return Object.fromEntries(Object.entries(world).filter(([name]) => !name.includes('destination_version="ra"')).map(([name, values]) => [name, name.includes("pod=") ? scaled(values) : values]));
}

function series(level: ServiceLevel, steps: number, window: number, change: (values: string) => string, restart?: number): Record<string, string> {
  const mine = { reporter: "destination", destination_workload_namespace: level.namespace, destination_app: level.service };
  const strangers = [{ ...mine, reporter: "source" }, { ...mine, destination_workload_namespace: "elsewhere" }, { ...mine, destination_app: `${level.service}-api` }];
  const all: [string, string][] = [];
  const add = (metric: string, labels: Record<string, string>, counter: Counter, change_: (values: string) => string, again?: number): void => {
    all.push([seriesOf(metric, labels), change_(counterValues(counter, again))]);
  };
  for (const revision of REVISIONS) {
    for (const kind of kindsOf(revision)) {
      const labels = { ...ANSWERS[kind].labels, destination_version: revision };
      const counter = answers(kind, steps, window, revision);
      for (const pod of PODS) add("istio_requests_total", { ...mine, ...labels, pod }, counter, change, restart);
      for (const stranger of strangers) add("istio_requests_total", { ...stranger, ...labels }, { ...counter, increments: counter.increments.map((each) => each * 7 + 50) }, (values) => values);
    }
    for (const [le, , share] of WITHIN) {
      const counter = timed(steps, window, revision, share);
      for (const pod of PODS) add("istio_request_duration_milliseconds_bucket", { ...mine, destination_version: revision, le, pod }, counter, change, restart);
      for (const stranger of strangers) add("istio_request_duration_milliseconds_bucket", { ...stranger, destination_version: revision, le }, { ...counter, increments: counter.increments.map((each) => each * (le === "+Inf" ? 40 : 3)) }, (values) => values);
    }
    for (const pod of PODS) add("istio_request_duration_milliseconds_count", { ...mine, destination_version: revision, pod }, timed(steps, window, revision, 10), change, restart);
    for (const stranger of strangers) add("istio_request_duration_milliseconds_count", { ...stranger, destination_version: revision }, timed(steps, window, revision, 40), (values) => values);
    for (const pod of PODS) add("istio_tcp_connections_opened_total", { ...mine, destination_version: revision, pod }, answers("good", steps, window, revision), change, restart);
    for (const stranger of strangers) add("istio_tcp_connections_opened_total", { ...stranger, destination_version: revision }, timed(steps, window, revision, 3), (values) => values);
  }
  return Object.fromEntries(all);
}

/** Revision `rb` never fails: its errors are recorded as 0. */
function kindsOf(revision: string): Kind[] {
  return revision === "ra" ? ["good", "http", "grpc", "both", "notfound"] : ["good", "notfound"];
}

function answers(kind: Kind, steps: number, window: number, revision: string): Counter {
  const factor = revision === "ra" ? 1 : 3;
  return { labels: {}, increments: phases(steps, ANSWERS[kind].rates, window).map((each) => each * factor) };
}

/** Requests within a bound; the late ones become more at the end. */
function timed(steps: number, window: number, revision: string, share: number): Counter {
  const late = share === 10 || share === 40 ? 3 : 0;
  return { labels: {}, increments: phases(steps, [9, 6, 12], window).map((each, step) => each * share * (revision === "ra" ? 1 : 2) + (step >= steps - 4 ? late : 0)) };
}

function expectedOf(rule: RecordingRule, level: ServiceLevel, steps: number, window: number, live: readonly string[]): Sample[] {
  const { labels, record } = rule;
  const pods = absolute(rule) ? PODS.length : 1;
  const sum = (revisions: readonly string[], kinds: (kind: Kind) => boolean): number => revisions.flatMap((revision) => kindsOf(revision).filter(kinds).map((kind) => increase(answers(kind, steps, window, revision), window))).reduce((a, b) => a + b, 0);
  const of = (revisions: readonly string[]): number => {
    const all = sum(revisions, () => true);
    const failed = sum(revisions, (kind) => ANSWERS[kind].failed);
    const within = (share: number): number => revisions.map((revision) => increase(timed(steps, window, revision, share), window)).reduce((a, b) => a + b, 0);
    const bound = WITHIN.find(([, milliseconds]) => milliseconds === level.objectives.latency?.milliseconds);
    const slow = within(10) - within(bound?.[2] ?? 0);
    const latency = labels.objective === "latency";
    const budget = latency ? 1 - (level.objectives.latency?.percent ?? 0) / 100 : 1 - (level.objectives.availability ?? 0) / 100;
    const what = record.split(":")[1] ?? "";
    const opened = (): number => revisions.map((revision) => increase(answers("good", steps, window, revision), window)).reduce((a, b) => a + b, 0);
    switch (what.replace("service_", "")) {
      case "requests": return record.includes(":increase") ? all : all / window;
      case "errors": return failed / window;
      case "success_ratio": return 1 - failed / all;
      case "connections": return opened() / window;
      case "objective_events": return (latency ? within(10) : all) / window;
      case "objective_failures": return (latency ? slow : failed) / window;
      case "burn_rate": return (latency ? slow / within(10) : failed / all) / budget;
      case "latency_milliseconds": return quantile(Number(/p(\d+)/.exec(record)?.[1]) / 100, WITHIN.map(([, milliseconds, share]) => [milliseconds, within(share)]));
      default: throw new Error(`${record} has no expectation`);
    }
  };
  if (/service_|objective_|burn_rate/.test(record)) return [{ labels: {}, value: of(live) * pods }];
  return live.map((revision) => ({ labels: { revision }, value: of([revision]) * pods }));
}

/** As Prometheus interpolates; beyond the last bound it says the last bound. */
function quantile(share: number, bounds: readonly (readonly [number, number])[]): number {
  const rank = share * (bounds.at(-1)?.[1] ?? 0);
  const at = bounds.findIndex(([, count]) => count >= rank);
  const [high, count] = bounds[at] ?? [NaN, NaN];
  const [low, before] = bounds[at - 1] ?? [0, 0];
  return high === Infinity ? low : low + ((high - low) * (rank - before)) / (count - before);
}

/** The cases of a rule that reads what others recorded. */
export function derivedCases(rule: RecordingRule, level: ServiceLevel): Case[] {
  const { record } = rule;
  const objective = rule.labels.objective ?? "";
  const days = /(\d+)d$/.exec(record)?.[1];
  if (days !== undefined) return longCases(rule, level, Number(days), objective);
  const of = (metric: Parameters<typeof recorded>[1], revision?: string): string => recorded(level, metric, revision === undefined ? {} : { revision });
  const strange = (text: string): string => text.replace(level.service, `${level.service}-api`);
  const elsewhere = (text: string): string => text.replace(level.namespace, "elsewhere");
  if (record === "slipway:stable_requests:sum1h") {
    const requests = (revision: string): string => of("slipway:requests:rate5m", revision);
    // Over two hours `rb` has more, over the last hour `ra`, and in the last ten minutes `rb` again. No sample on the window's edge.
    const world = { [requests("ra")]: "1x120 4 _ 4x98 1x20", [requests("rb")]: "9x120 2 _ 2x98 5x20", [strange(requests("rc"))]: "99x242", [elsewhere(requests("rd"))]: "99x242" };
    return [
      { title: "the revision with most requests of the hour", series: world, at: 242 * 30, expected: [{ labels: { revision: "ra" }, value: 4 * 99 + 21 }] },
      { title: "no data", series: { [strange(requests("rc"))]: "99x242" }, at: 242 * 30, expected: [] },
    ];
  }
  const service = record.includes("service_");
  const revisions = service ? [undefined] : ["ra", "rb"];
  const [errors, requests] = service ? ["slipway:service_errors:rate5m", "slipway:service_requests:rate5m"] as const : ["slipway:errors:rate5m", "slipway:requests:rate5m"] as const;
  const world = (failed: number | string, all: number | string): Record<string, string> => Object.fromEntries(revisions.flatMap((revision) => [
    [of(errors, revision), `${failed}x10`], [of(requests, revision), `${all}x10`],
    [strange(of(errors, revision)), "3x10"], [strange(of(requests, revision)), "4x10"], [elsewhere(of(errors, revision)), "1x10"], [elsewhere(of(requests, revision)), "4x10"],
  ]));
  const share = (value: number): Sample[] => revisions.map((revision) => ({ labels: revision === undefined ? {} : { revision }, value }));
  return [
    { title: "some fail", series: world(3, 60), at: 300, expected: share(0.05) },
    { title: "none fails", series: world(0, 60), at: 300, expected: share(0) },
    { title: "no requests", series: world(0, 0), at: 300, expected: [] },
    { title: "not a number", series: Object.fromEntries(Object.entries(world(3, 60)).map(([name, values]) => [name, values.startsWith("60") ? "NaN NaN NaN NaN NaN NaN NaN NaN NaN NaN NaN" : values])), at: 300, expected: [] },
    { title: "no data", series: {}, at: 300, expected: [] },
  ];
}

function longCases({ record }: RecordingRule, level: ServiceLevel, days: number, objective: string): Case[] {
  const hours = days * 24;
  const name = (what: "events" | "failures", other: Record<string, string> = {}): string => seriesOf(`slipway:objective_${what}:rate5m`, { namespace: level.namespace, service: level.service, objective, ...other });
  const at = (hours + 12) * 3600;
  const budget = objective === "latency" ? 1 - (level.objectives.latency?.percent ?? 0) / 100 : 1 - (level.objectives.availability ?? 0) / 100;
  // Half a day before the window everything failed; in its first half twice as many as in its second. No sample on its edge.
  const half = hours / 2;
  const failures = `10x11 _ 2x${half - 1} 1x${half - 1}`;
  const events = `10x11 _ 300x${half - 1} 100x${half - 1}`;
  const ratio = (2 + 1) / (300 + 100);
  const value = record.includes("budget") ? 1 - ratio / budget : ratio / budget;
  const strangers = [{ service: `${level.service}-api` }, { namespace: "elsewhere" }, { objective: "other" }];
  const others = Object.fromEntries(strangers.flatMap((other) => [[name("failures", other), `50x${hours + 12}`], [name("events", other), `60x${hours + 12}`]]));
  const world = { [name("failures")]: failures, [name("events")]: events, ...others };
  return [
    { title: "days", series: world, step: 3600, at, expected: [{ labels: {}, value }] },
    { title: "a gap counts for nothing", series: { ...others, [name("failures")]: `1x10 _x10 1x${hours - 9}`, [name("events")]: `200x10 _x10 200x${hours - 9}` }, step: 3600, at, expected: [{ labels: {}, value: record.includes("budget") ? 1 - 0.005 / budget : 0.005 / budget }] },
    { title: "no requests", series: { ...others, [name("failures")]: `0x${hours + 12}`, [name("events")]: `0x${hours + 12}` }, step: 3600, at, expected: [] },
    { title: "no data", series: others, step: 3600, at, expected: [] },
  ];
}
