import { LOGS } from "./runbook.ts";
import type { Runbook } from "./runbook.ts";

const BURNING = {
  harm: "Those whose requests fail or are late. A page means that the budget of a month is gone within two or five days at this rate, a ticket that it does not last the month.",
  steps: [
    { act: "See how fast it goes, by window. A short window that is far below the long one: it is over already.", run: '{__name__=~"slipway:burn_rate:rate.*",namespace="<namespace>",service="<service>"}' },
    { act: "See what is left.", run: '{__name__=~"slipway:error_budget:remaining.*",namespace="<namespace>",service="<service>"}' },
    { act: "See which revision it is. One alone: roll it back as the runbook of its limit says.", run: 'slipway:error_ratio:rate5m{namespace="<namespace>",service="<service>"}' },
    { act: "Read what it says.", run: LOGS },
  ],
  over: "It ends when the short window is quiet, or when there are too few requests to judge by. What was spent stays spent.",
} as const;

/** The objectives over the whole window. */
export const budgetRunbooks = {
  SlipwayAvailabilityBudgetBurn: {
    ...BURNING,
    means: "Requests fail so often that the error budget of the availability objective goes faster than it may, over a long and over a short window at once.",
    next: "look on the dashboard which revision of <service> fails, and since when; roll it back if it began with a release",
    causes: ["a release", "a dependency that fails", "a failure below the limits that lasts"],
  },
  SlipwayLatencyBudgetBurn: {
    ...BURNING,
    means: "So many requests are late that the error budget of the latency objective goes faster than it may, over a long and over a short window at once.",
    next: "look on the dashboard which revision of <service> is slow, and whether CPU or the number of pods changed",
    causes: ["a release", "a dependency that is slow", "load that the autoscaler does not follow", "CPU that is throttled"],
  },
  SlipwayErrorBudgetExhausted: {
    means: "Over the window of the objective more requests failed it than it allows.",
    harm: "Nobody more than before: it is a promise that was broken, and risk that is not there to be taken.",
    next: "hold releases of <service> that are not repairs, and agree with its owners what is mended first",
    causes: ["one incident: the dashboard shows a step", "many small failures: it shows a slope", "an objective that is stricter than the service was built for"],
    steps: [
      { act: "See the budget over the window: a step or a slope.", run: '{__name__=~"slipway:error_budget:remaining.*",namespace="<namespace>",service="<service>"}' },
      { act: "Hold the releases that are not repairs; a rollout can ask for the same value." },
      { act: "If the objective is wrong, change `services.<service>.observability.objectives` in a pull request with its reason." },
    ],
    over: "It ends when the bad days fall out of the window, or when requests have diluted them.",
  },
} as const satisfies Record<string, Runbook>;
