import { parseEvents } from "../../../operations/preview/events.ts";
import { stepsOf } from "../../../operations/preview/step.ts";
import { summarize } from "../../../operations/preview/summary.ts";
import type { Summary, SummaryInputs } from "../../../operations/preview/summary.ts";
import { house, stream } from "./engine.ts";
import type { Made } from "./engine.ts";

/** The summary of a stream of these steps beside the house's own. */
export function summaryOf(steps: readonly Made[], more: Partial<SummaryInputs> = {}): Summary {
  const { policies, steps: found, warnings } = parseEvents(stream([...house(), ...steps]));
  return summarize({ stack: "staging", steps: stepsOf(found), known: { repositories: { storefront: "shop" } }, releases: [], errors: [], policies, warnings, ...more });
}
