import { DELIVERY_DAYS } from "../../components/observability/stack-metrics.ts";
import { deliveryFigures } from "../metrics/deliveryFigures.ts";
import type { FigureInputs } from "../metrics/deliveryFigures.ts";
import type { Update } from "../metrics/releaseRuns.ts";
import type { DeliveryReport, Looked } from "./types.ts";

export interface DeliveryInputs extends FigureInputs {
  /** Oldest first. */
  updates: readonly Update[];
}

/** How delivery went, of the stack and of each service that it runs. */
export function deliveryOf(services: readonly string[], { updates, ...inputs }: DeliveryInputs): Looked<DeliveryReport> {
  // A backend that keeps no records of old updates would otherwise read as a team that never delivers.
  if (!updates.some(({ releases }) => releases !== undefined)) return { kind: "unknown", why: "the stack's history holds no record of a release; the next update writes one" };
  const last = updates.findLast(({ kind }) => kind !== "preview");
  return {
    kind: "found",
    value: {
      days: DELIVERY_DAYS,
      stack: deliveryFigures(inputs),
      services: Object.fromEntries(services.map((service) => [service, deliveryFigures({ ...inputs, runs: inputs.runs.filter((run) => run.service === service) })])),
      ...(last && { lastUpdate: { at: new Date(last.endedAt * 1000).toISOString(), kind: last.kind, result: last.result } }),
    },
  };
}
