import type { Severity } from "../alert.ts";
import type { AlertName } from "../runbooks.ts";
import type { ObjectiveName } from "../objectives.ts";

/** Which alerts are meant; all that are given have to hold. */
export interface Kind {
  alerts?: readonly AlertName[];
  severities?: readonly Severity[];
  objective?: ObjectiveName;
}

/** While an alert of `while` holds, nobody is told of those of `silent` that agree with it in the labels of `same`. */
export interface Inhibition {
  while: Kind;
  silent: Kind;
  same: readonly ("service" | "pod")[];
}

const LATER: readonly Severity[] = ["ticket", "info"];
const SERVICE = ["service"] as const;
const POD = ["service", "pod"] as const;

/**
 * Alerts that would say again what another says. A ticket never silences a page, nothing silences what silences it, and a canary's
 * alert silences none: it only falls silent where the stable revision has the same trouble, which is then not the canary's.
 */
export const INHIBITIONS: readonly Inhibition[] = [
  ...stableBeforeCanary("SlipwayStableErrorRateHigh", "SlipwayCanaryErrorRateHigh"),
  ...stableBeforeCanary("SlipwayStableLatencyHigh", "SlipwayCanaryLatencyHigh"),
  ...stableBeforeCanary("SlipwayStableSuccessRateLow", "SlipwayCanarySuccessRateLow"),
  // Who is woken for an objective knows of it: the slower alerts on it wait until that is over.
  ...pageBeforeTickets("availability", ["SlipwayStableErrorRateHigh", "SlipwayAvailabilityBudgetBurn"]),
  ...pageBeforeTickets("latency", ["SlipwayStableLatencyHigh", "SlipwayLatencyBudgetBurn"]),
  {
    while: { alerts: ["SlipwayStableErrorRateHigh", "SlipwayAvailabilityBudgetBurn"], severities: ["page"] },
    silent: { alerts: ["SlipwayStableSuccessRateLow"], severities: ["ticket"] },
    same: SERVICE,
  },
  // Without requests that are counted, what was counted before is old.
  {
    while: { alerts: ["SlipwayMetricsAbsent"] },
    silent: {
      alerts: [
        "SlipwayCanaryErrorRateHigh", "SlipwayCanaryLatencyHigh", "SlipwayCanarySuccessRateLow", "SlipwayStableSuccessRateLow",
        "SlipwayAvailabilityBudgetBurn", "SlipwayLatencyBudgetBurn", "SlipwayErrorBudgetExhausted",
      ],
      severities: LATER,
    },
    same: SERVICE,
  },
  { while: { alerts: ["SlipwayTrafficStopped"] }, silent: { alerts: ["SlipwayMetricsAbsent"] }, same: SERVICE },
  // No pods are the cause, and a stuck rollout perhaps theirs: it is told all the same.
  {
    while: { alerts: ["SlipwayPodsAbsent"] },
    silent: {
      alerts: [
        "SlipwayNoPodReady", "SlipwayPodNotReady", "SlipwayCrashLooping", "SlipwayOutOfMemory", "SlipwayCpuThrottled", "SlipwayDisruptionBudgetBroken",
        "SlipwayTrafficStopped", "SlipwayMetricsAbsent", "SlipwayApplicationMetricsDown",
      ],
    },
    same: SERVICE,
  },
  // What ends the pods, crash loops or memory, is told beside the page: it is the reason.
  {
    while: { alerts: ["SlipwayNoPodReady"] },
    silent: { alerts: ["SlipwayPodNotReady", "SlipwayDisruptionBudgetBroken", "SlipwayTrafficStopped", "SlipwayApplicationMetricsDown"] },
    same: SERVICE,
  },
  { while: { alerts: ["SlipwayOutOfMemory"] }, silent: { alerts: ["SlipwayCrashLooping", "SlipwayPodNotReady"] }, same: POD },
  { while: { alerts: ["SlipwayCrashLooping"] }, silent: { alerts: ["SlipwayPodNotReady"] }, same: POD },
];

function stableBeforeCanary(stable: AlertName, canary: AlertName): Inhibition[] {
  return [{ while: { alerts: [stable] }, silent: { alerts: [canary] }, same: SERVICE }];
}

function pageBeforeTickets(objective: ObjectiveName, alerts: readonly AlertName[]): Inhibition[] {
  return [{ while: { alerts, severities: ["page"] }, silent: { objective, severities: LATER }, same: SERVICE }];
}
