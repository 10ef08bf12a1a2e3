import { DURATION, GRPC_FAILURES, REQUESTS, REVISION, series } from "./queries.ts";
import type { Subject } from "./queries.ts";

/** What a question about counters themselves is about. */
export type Counted = Pick<Subject, "service" | "namespace" | "revisions">;

/** Labels of one counter's owner: a pod starts its counters at 0, so that pods are told apart. */
export const COUNTER_LABELS = [REVISION, "pod", "instance"] as const;

/** Requests since each pod started. Whoever asks takes differences, and so sees the first failure of a new code, which `rate` does not. */
export function requestTotals(counted: Counted): string {
  return by([], chosen(REQUESTS, counted));
}

/** Failed requests since each pod started; no series where none has failed. */
export function failureTotals(counted: Counted): string {
  const http = chosen(REQUESTS, counted, ['response_code=~"5.."']);
  const grpc = chosen(REQUESTS, counted, ['response_code!~"5.."', `grpc_response_status=~"${GRPC_FAILURES}"`]);
  return by([], `${http} or ${grpc}`);
}

/** Requests whose time was measured since each pod started. */
export function timedTotals(counted: Counted): string {
  return by([], chosen(`${DURATION}_count`, counted));
}

/** Of those, answered within each bound (label `le`). */
export function withinTotals(counted: Counted): string {
  return by(["le"], chosen(`${DURATION}_bucket`, counted));
}

/** Unix seconds at which each revision was last scraped: an instant query repeats what it has for five minutes. */
export function newestSample(counted: Counted): string {
  return `max by (${REVISION}) (timestamp(${chosen(REQUESTS, counted)}))`;
}

function by(more: readonly string[], summed: string): string {
  return `sum by (${[...more, ...COUNTER_LABELS].join(", ")}) (${summed})`;
}

function chosen(metric: string, { revisions, ...of }: Counted, more: readonly string[] = []): string {
  return series(metric, of, [...(revisions === undefined ? [] : [`${REVISION}=~"${revisions}"`]), ...more]);
}
