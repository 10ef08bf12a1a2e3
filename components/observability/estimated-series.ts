import type { AlertRule } from "./alert.ts";
import { ruleGroups } from "./prometheus-rules.ts";
import { RECORDED } from "./recorded.ts";
import type { ServiceLevel } from "./service-level.ts";
import { speaks } from "./speaks.ts";

/** How large a service is, and how many kinds of answers it gives. */
export interface Population {
  /** Revisions that answer at the same time, at least 1: two in a rollout. */
  revisions: number;
  /** Pods of each revision, at least 1. */
  pods: number;
  /** Who calls it, at least 1: Istio's metrics have labels for the caller. @default 1 */
  callers?: number | undefined;
  /** Different pairs of HTTP code and gRPC status, at least 1. @default 4 */
  answers?: number | undefined;
}

/** Active series in Prometheus, by who makes them. */
export interface EstimatedSeries {
  /** Scraped from the sidecars; both reporters, as a service that is called by others in the mesh has. */
  mesh: number;
  /** Written by the recording rules. */
  recorded: number;
  /** Written at most, when every alert is pending or fires: ALERTS and ALERTS_FOR_STATE. */
  alerts: number;
}

/** Duration, and the sizes of requests and of responses; the requests themselves are one counter more. */
const HISTOGRAMS = 3;
/** Bytes and connections, opened and closed. */
const TCP_METRICS = 4;
const REPORTERS = 2;

/** How many series a service makes; of what the application itself exports nothing is known. */
export function estimatedSeries(level: ServiceLevel, { answers = 4, callers = 1, pods, revisions }: Population): EstimatedSeries {
  const rules = ruleGroups(level).flatMap((group) => group.rules);
  const { http, tcp } = speaks(level);
  // Each histogram has its bounds, +Inf, sum and count.
  const perAnswer = HISTOGRAMS * (level.bounds.length + 3) + 1;
  const perCaller = (http ? answers * perAnswer : 0) + (tcp ? TCP_METRICS : 0);
  const records = rules.filter((rule) => "record" in rule);
  return {
    mesh: REPORTERS * revisions * pods * callers * perCaller,
    recorded: records.reduce((sum, { record }) => sum + (BY_REVISION.has(record) ? revisions : 1), 0),
    alerts: 2 * rules.filter((rule) => "alert" in rule).reduce((sum, rule) => sum + alertsOf(rule, revisions, pods), 0),
  };
}

/** Recorded once for each revision; the stable one is one, whatever their number. */
const BY_REVISION = new Set<string>(Object.entries(RECORDED).filter(([name, labels]) => labels.some((label) => label === "revision") && name !== "slipway:stable_requests:sum1h").map(([name]) => name));

/** One for each revision, object of a revision, or pod that the alert tells apart. */
function alertsOf({ annotations, labels }: AlertRule, revisions: number, pods: number): number {
  if (labels["role"] === "canary") return revisions - 1;
  const named = JSON.stringify(annotations);
  if (/\$labels\.pod\b/.test(named)) return revisions * pods;
  return /\$labels\.(deployment|horizontalpodautoscaler|poddisruptionbudget)/.test(named) ? revisions : 1;
}
