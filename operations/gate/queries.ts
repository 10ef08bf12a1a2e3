import type { ServiceLevel } from "../../components/observability/service-level.ts";
import { speaks } from "../../components/observability/speaks.ts";
import { failureTotals, newestSample, requestTotals, timedTotals, withinTotals } from "../../components/observability/totals.ts";

/** The two revisions of a rollout, by their ids. */
export interface Pair {
  stable: string;
  candidate: string;
}

/** What the mesh counts. */
export type MeshQuestion = "requests" | "failures" | "timed" | "within" | "newest";

/**
 * Queries for an indicator of the service's own. A ratio's are counters that only rise; each series carries the revision's id in the label
 * `revision` and whatever else tells its pod.
 */
export type CustomQuery = { name: string } & ({ kind: "ratio"; all: string; bad: string } | { kind: "value"; query: string; /** Which of several series of one revision counts. @default "highest" */ worst?: "highest" | "lowest" | undefined });

/** Instant queries of one look, all to be asked for the same time. */
export interface GateQueries {
  /** Nothing where the service speaks neither HTTP nor gRPC. */
  mesh: Readonly<Record<MeshQuestion, string>> | undefined;
  custom: readonly CustomQuery[];
}

/** What the gate asks Prometheus at each look. */
export function gateQueries(level: Pick<ServiceLevel, "service" | "namespace" | "protocols">, { candidate, stable }: Pair, custom: readonly CustomQuery[] = []): GateQueries {
  return { mesh: speaks(level).http ? meshQueries(level, `${stable}|${candidate}`) : undefined, custom };
}

/** What the gate asks of the hour before: the same queries about the stable revision alone, as a range with a step of one look. */
export function historyQueries(level: Pick<ServiceLevel, "service" | "namespace">, stable: string): Readonly<Record<Exclude<MeshQuestion, "newest">, string>> {
  const { newest: _, ...counters } = meshQueries(level, stable);
  return counters;
}

function meshQueries({ namespace, service }: Pick<ServiceLevel, "service" | "namespace">, revisions: string): Record<MeshQuestion, string> {
  const of = { namespace, service, revisions };
  return { requests: requestTotals(of), failures: failureTotals(of), timed: timedTotals(of), within: withinTotals(of), newest: newestSample(of) };
}
