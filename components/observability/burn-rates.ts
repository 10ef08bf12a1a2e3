import type { Alert, RecordingRule } from "./alert.ts";
import { objectives } from "./objectives.ts";
import type { Objective } from "./objectives.ts";
import { recorded } from "./recorded.ts";
import type { BurnWindow } from "./recorded.ts";
import { recording } from "./recording-rules.ts";
import type { ServiceLevel } from "./service-level.ts";

/** One pair of windows of the SRE workbook's multi-window alerts. */
export interface Pair {
  severity: "page" | "ticket";
  long: BurnWindow;
  short: "5m" | "30m" | "2h" | "6h";
  /** Days of the long window. */
  days: number;
  /** Share of the whole budget that is gone when the pair fires. */
  spent: number;
  lasting: string;
}

const PAIRS: readonly Pair[] = [
  { severity: "page", long: "1h", short: "5m", days: 1 / 24, spent: 0.02, lasting: "2m" },
  { severity: "page", long: "6h", short: "30m", days: 1 / 4, spent: 0.05, lasting: "15m" },
  { severity: "ticket", long: "1d", short: "2h", days: 1, spent: 0.1, lasting: "1h" },
  { severity: "ticket", long: "3d", short: "6h", days: 3, spent: 0.1, lasting: "3h" },
];

const FROM_COUNTERS = ["5m", "30m", "1h", "2h", "6h"] as const;
const FROM_RECORDINGS = ["1d", "3d"] as const;

const ALERTS = { availability: "SlipwayAvailabilityBudgetBurn", latency: "SlipwayLatencyBudgetBurn" } as const;

/** How many times faster than allowed the budget goes: 14.4, 6, 3 and 1 over 30 days. */
export function factor({ days, spent }: Pick<Pair, "days" | "spent">, windowDays: number): number {
  return Number((spent * windowDays / days).toPrecision(6));
}

/** Burn rates of the windows that are short enough to be read from the mesh's counters, and what the longer ones are added up from. */
export function burnRateRules(level: ServiceLevel): RecordingRule[] {
  const whole = { by: "service" } as const;
  return objectives(level).flatMap((objective) => [
    recording(level, "slipway:objective_events:rate5m", objective.events({ ...whole, window: "5m" }), { objective: objective.name }),
    recording(level, "slipway:objective_failures:rate5m", objective.failures({ ...whole, window: "5m" }), { objective: objective.name }),
    ...FROM_COUNTERS.map((window) => burnRate(level, objective, window, objective.failureRatio({ ...whole, window }))),
  ]);
}

/** Burn rates of days: read from the counters they would load every sample of three days at each evaluation. */
export function longBurnRateRules(level: ServiceLevel): RecordingRule[] {
  return objectives(level).flatMap((objective) => FROM_RECORDINGS.map((window) => burnRate(level, objective, window, failedShare(level, objective, window))));
}

/** Share of the requests of many days that failed the objective; nothing without requests. Every moment that was recorded counts. */
export function failedShare(level: ServiceLevel, { name }: Objective, window: string): string {
  const over = (metric: "slipway:objective_failures:rate5m" | "slipway:objective_events:rate5m"): string =>
    `sum_over_time(${recorded(level, metric, { objective: name })}[${window}])`;
  return `${over("slipway:objective_failures:rate5m")} / (${over("slipway:objective_events:rate5m")} > 0)`;
}

/** The alerts of each objective. A pair that could not fire even if every request failed is left out: the limits' alerts are there for that. */
export function burnRateAlerts(level: ServiceLevel): Alert[] {
  return objectives(level).flatMap((objective) => pairs(level, objective).map((pair) => alert(level, objective, pair)));
}

/** The pairs of windows that can fire for the objective, shortest first. */
export function pairs({ windowDays }: Pick<ServiceLevel, "windowDays">, { budget }: Pick<Objective, "budget">): readonly Pair[] {
  return PAIRS.filter((pair) => factor(pair, windowDays) * budget < 1);
}

function burnRate(level: ServiceLevel, { budget, name }: Objective, window: BurnWindow, ratio: string): RecordingRule {
  return recording(level, `slipway:burn_rate:rate${window}`, `(${ratio}) / ${budget}`, { objective: name });
}

function alert(level: ServiceLevel, objective: Objective, pair: Pair): Alert {
  const { service, namespace, minimumRequests, windowDays } = level;
  const limit = factor(pair, windowDays);
  const burning = (window: BurnWindow): string => `${recorded(level, `slipway:burn_rate:rate${window}`, { objective: objective.name })} > ${limit}`;
  return {
    name: ALERTS[objective.name],
    severity: pair.severity,
    expression: [
      burning(pair.long),
      `and on () ${burning(pair.short)}`,
      `and on () ${recorded(level, `slipway:service_requests:increase${pair.short}`)} >= ${minimumRequests}`,
    ].join("\n"),
    lasting: pair.lasting,
    dashboard: "levels",
    labels: { objective: objective.name, long_window: pair.long, short_window: pair.short },
    summary: `${service} uses up its ${objective.name} budget {{ $value | printf "%.1f" }} times faster than it may`,
    description: `In namespace ${namespace} the promise of ${service} is: ${objective.promise}. Over the last ${pair.long}, and over the last ${pair.short} as well, its error budget went {{ $value | printf "%.1f" }} times faster than ${windowDays} days allow; the limit is ${limit}, by which ${Math.round(pair.spent * 100)} % of the budget is gone. It has been so for ${pair.lasting} or longer.`,
  };
}
