import { answeredShare } from "../comparison-queries.ts";
import { connectionRate, failureRate, sentRate } from "../queries.ts";
import type { ServiceLevel } from "../service-level.ts";
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
    queries: [{ expression: failureRate({ ...level, window: WINDOW, by: "status", revisions: CANDIDATE }), legend: "HTTP {{response_code}} gRPC {{grpc_response_status}}" }],
  };
  return { title: "Traffic", panels: http ? [split, failures] : [split] };
}

/** Plain TCP has neither failures nor durations: its candidate is judged by its pods and its connections. */
export function connections(level: ServiceLevel): Row {
  const of = (revisions: string) => ({ ...level, window: WINDOW, by: "service" as const, revisions });
  const pair = (query: (revisions: string) => string): Query[] => [{ expression: query(CANDIDATE), legend: `candidate ${CANDIDATE}` }, { expression: query(STABLE), legend: `stable ${STABLE}` }];
  return {
    title: "Connections",
    panels: [
      { kind: "time series", title: "Opened", description: "Connections opened a second on the ports that speak plain TCP.", unit: "cps", queries: pair((revisions) => connectionRate(of(revisions))) },
      { kind: "time series", title: "Sent", description: "Bytes a second sent on the ports that speak plain TCP.", unit: "Bps", queries: pair((revisions) => sentRate(of(revisions))) },
    ],
  };
}
