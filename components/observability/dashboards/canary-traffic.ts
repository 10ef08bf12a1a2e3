import { answeredShare } from "../comparison-queries.ts";
import { connectionRate, failureRate, sentRate } from "../queries.ts";
import type { ServiceLevel } from "../service-level.ts";
import { cpuOf, readyOf, restartsOf } from "../workload-queries.ts";
import type { Panel, Query, Row } from "./panel-kinds.ts";

/** The variables of the dashboard that compares two revisions. */
export const CANDIDATE = "$candidate";
export const STABLE = "$stable";
const WINDOW = "$__rate_interval";

/** What the candidate answers, and with which failures. */
export function traffic(level: ServiceLevel, http: boolean): Row {
  const split: Panel = { kind: "time series", title: "Split", description: "Share of what each revision answers, as it is met and not as it was asked for.", unit: "percentunit", queries: [{ expression: answeredShare(level), legend: "{{revision}}" }], stacked: true, max: 1 };
  const failures: Panel = {
    kind: "time series", title: "Failures of the candidate, by status", description: "HTTP status, and gRPC status where there is one. Empty where nothing fails.", unit: "reqps",
    queries: [{ expression: failureRate({ ...level, window: WINDOW, by: "status", revisions: CANDIDATE }), legend: "{{response_code}} {{grpc_response_status}}" }],
  };
  return { title: "Traffic", panels: http ? [split, failures] : [split] };
}

/** Plain TCP has neither failures nor durations: its candidate is judged by its pods and its connections. */
export function connections(level: ServiceLevel): Row {
  const of = (revisions: string) => ({ ...level, window: WINDOW, by: "service" as const, revisions });
  return {
    title: "Connections",
    panels: [
      { kind: "time series", title: "Opened", description: "Connections opened a second on the ports that speak plain TCP.", unit: "cps", queries: pair((revisions) => connectionRate(of(revisions))) },
      { kind: "time series", title: "Sent", description: "Bytes a second sent on the ports that speak plain TCP.", unit: "Bps", queries: pair((revisions) => sentRate(of(revisions))) },
    ],
  };
}

/** A candidate that falls over before it answers anything is seen here first. */
export function pods(level: ServiceLevel): Row {
  return {
    title: "Pods",
    panels: [
      { kind: "time series", title: "Ready", description: "Pods of each revision that can answer.", unit: "short", queries: pair((revision) => readyOf(level, revision)) },
      { kind: "time series", title: "Restarts in an hour", description: "Restarts of each revision's pods; a candidate has none.", unit: "short", queries: pair((revision) => restartsOf(level, revision, "1h")) },
      { kind: "time series", title: "CPU of the request", description: "Compare it at equal weights: a candidate that needs more for the same is a regression too.", unit: "percentunit", queries: pair((revision) => cpuOf(level, revision, WINDOW)) },
    ],
  };
}

function pair(query: (revision: string) => string): Query[] {
  return [{ expression: query(CANDIDATE), legend: `candidate ${CANDIDATE}` }, { expression: query(STABLE), legend: `stable ${STABLE}` }];
}
