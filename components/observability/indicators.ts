import { failureRate, failureRateOrZero, failureRatio, latency, requestCount, requestRate, timedRate, timelyRate } from "./queries.ts";
import type { Subject } from "./queries.ts";
import type { ServiceLevel } from "./service-level.ts";

/** Over which window, and of what. */
export type Scope = Pick<Subject, "window" | "by" | "revisions" | "workload">;

/** The queries of one service. Rules, alerts, dashboards and the gate of a rollout all ask these, so none can mean something else. */
export interface Indicators {
  /** Requests a second. */
  traffic(scope: Scope): string;
  /** Requests in the window. */
  requests(scope: Scope): string;
  /** Requests in the window, where they are enough to judge by; nothing where they are not. */
  enough(scope: Scope): string;
  /** Failed requests a second; nothing where none fails. */
  errors(scope: Scope): string;
  /** Failed requests a second; 0 where there are requests and none fails. */
  errorsOrZero(scope: Scope): string;
  /** Failed share of the requests, 0 – 1. */
  errorRatio(scope: Scope): string;
  /** Share of the requests that succeed, 0 – 1. */
  successRatio(scope: Scope): string;
  /** Milliseconds within which the share `quantile`, 0 – 1, is answered; between two bounds it is a guess. */
  latencyQuantile(quantile: number, scope: Scope): string;
  /** Requests a second whose time was measured. */
  timed(scope: Scope): string;
  /** Requests a second that took longer than the bound. @throws RangeError when `milliseconds` is no bound of the histogram */
  slow(milliseconds: number, scope: Scope): string;
  /** Share of the requests, 0 – 1, that is answered within the bound. @throws RangeError when `milliseconds` is no bound of the histogram */
  goodLatencyRatio(milliseconds: number, scope: Scope): string;
}

/** The one place where the queries of a service level are put together. Each answers nothing, never NaN or 0, where there is no data. */
export function indicators({ bounds, minimumRequests, namespace, service }: Pick<ServiceLevel, "service" | "namespace" | "bounds" | "minimumRequests">): Indicators {
  const of = (scope: Scope): Subject => ({ service, namespace, ...scope });
  const bound = (milliseconds: number): number => {
    if (bounds.includes(milliseconds)) return milliseconds;
    throw new RangeError(`services.${service}.observability: a latency is no bound of the mesh's histogram, got ${milliseconds}; use one of ${bounds.join(", ")}`);
  };
  return {
    traffic: (scope) => requestRate(of(scope)),
    requests: (scope) => requestCount(of(scope)),
    enough: (scope) => `${requestCount(of(scope))} >= ${minimumRequests}`,
    errors: (scope) => failureRate(of(scope)),
    errorsOrZero: (scope) => failureRateOrZero(of(scope)),
    errorRatio: (scope) => failureRatio(of(scope)),
    successRatio: (scope) => `1 - ${failureRatio(of(scope))}`,
    latencyQuantile: (quantile, scope) => latency(of(scope), quantile),
    timed: (scope) => timedRate(of(scope)),
    slow: (milliseconds, scope) => `${timedRate(of(scope))} - ${timelyRate(of(scope), bound(milliseconds))}`,
    goodLatencyRatio: (milliseconds, scope) => `${timelyRate(of(scope), bound(milliseconds))} / (${timedRate(of(scope))} > 0)`,
  };
}
