import { share } from "./alert.ts";
import { indicators } from "./indicators.ts";
import type { Scope } from "./indicators.ts";
import type { ServiceLevel } from "./service-level.ts";
import { speaks } from "./speaks.ts";

export type ObjectiveName = "availability" | "latency";

/** One promise, with the queries that tell how it is kept. */
export interface Objective {
  name: ObjectiveName;
  /** Per cent. */
  target: number;
  /** Share of the requests that may fail it, 0 – 1. */
  budget: number;
  /** What counts, for people. */
  promise: string;
  /** Requests a second that are judged. */
  events(scope: Scope): string;
  /** Requests a second that fail it; 0 where there are requests and none does. */
  failures(scope: Scope): string;
  /** Share of the requests that fail it; nothing without requests. */
  failureRatio(scope: Scope): string;
}

/** What the service promises; nothing where the mesh sees no requests. */
export function objectives(level: ServiceLevel): Objective[] {
  const { objectives: { availability, latency } } = level;
  if (!speaks(level).http) return [];
  const ask = indicators(level);
  return [
    ...(availability === undefined ? [] : [{
      name: "availability" as const,
      target: availability,
      budget: share(100 - availability),
      promise: `${availability} % of the requests succeed`,
      events: ask.traffic,
      failures: ask.errorsOrZero,
      failureRatio: ask.errorRatio,
    }]),
    ...(latency === undefined ? [] : [{
      name: "latency" as const,
      target: latency.percent,
      budget: share(100 - latency.percent),
      promise: `${latency.percent} % of the requests are answered within ${latency.milliseconds} ms`,
      events: ask.timed,
      failures: (scope: Scope) => ask.slow(latency.milliseconds, scope),
      failureRatio: (scope: Scope) => `1 - ${ask.goodLatencyRatio(latency.milliseconds, scope)}`,
    }]),
  ];
}
