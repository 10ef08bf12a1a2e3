import { REGRESSION } from "./gate-limits.ts";
import { indicators } from "./indicators.ts";
import type { Scope } from "./indicators.ts";
import type { ServiceLevel } from "./service-level.ts";

/** One question that Flagger asks at each check, and what the answer has to lie in, ends included. */
export interface FlaggerCheck {
  name: string;
  /** PromQL; one value, or none where there is nothing to judge by. */
  query: string;
  range: { min: number } | { max: number };
}

export interface FlaggerSubject {
  level: Pick<ServiceLevel, "service" | "namespace" | "bounds" | "minimumRequests" | "limits">;
  /** Deployments that answer: the candidate's, and the copy that serves. */
  workloads: { candidate: string; stable: string };
  /** Requests of the candidate in a window, below which a check fails. */
  minimumRequests: number;
}

/** Flagger's own words for the window, which each Canary says. */
const WINDOW = "{{ interval }}";

/** Standard errors that a share has to be above the stable one's: one look in 700 of a release that is as good. */
const STANDARD_ERRORS = 3;

/** Least share whose spread is reckoned with: where the copy never fails, one failure of a thousand is no regression yet. */
const LEAST_SHARE = 0.001;

/**
 * The limits of the gate as Flagger can ask them. A query without an answer fails the check, so none is made up where there is no data;
 * nothing here is sequential, which docs/flagger.md says.
 */
export function flaggerChecks({ level, minimumRequests, workloads }: FlaggerSubject): FlaggerCheck[] {
  const { errorPercent, p95Milliseconds, successPercent } = level.limits;
  const asked = indicators(level);
  const of = (workload: string): Scope => ({ window: WINDOW, by: "service", workload });
  const [candidate, stable] = [of(workloads.candidate), of(workloads.stable)];
  const worse = (share: (scope: Scope) => string, count: string): string => regression(share(candidate), share(stable), count);
  const requests = asked.requests(candidate);
  return [
    { name: "requests", query: requests, range: { min: minimumRequests } },
    { name: "error-percent", query: `100 * (${asked.errorRatio(candidate)})`, range: { max: errorPercent } },
    { name: "success-percent", query: `100 * (${asked.successRatio(candidate)})`, range: { min: successPercent } },
    { name: "p95-milliseconds", query: asked.latencyQuantile(0.95, candidate), range: { max: p95Milliseconds } },
    { name: "error-regression", query: worse((scope) => asked.errorRatio(scope), requests), range: { max: REGRESSION.points } },
    { name: "slowness-regression", query: worse((scope) => `1 - ${asked.goodLatencyRatio(p95Milliseconds, scope)}`, requests), range: { max: REGRESSION.points } },
  ];
}

/** Percentage points by which a share is above what the stable one's allows, chance left aside. */
function regression(candidate: string, stable: string, requests: string): string {
  const spread = `sqrt(clamp_min(${stable}, ${LEAST_SHARE}) / (${requests} > 0))`;
  return `100 * ((${candidate}) - ${1 + REGRESSION.percent / 100} * (${stable}) - ${STANDARD_ERRORS} * ${spread})`;
}
