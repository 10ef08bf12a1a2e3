import { DELIVERY_DAYS } from "../../components/observability/stack-metrics.ts";
import type { AuditEvent } from "../audit/events.ts";
import type { ReleaseRun } from "./releaseRuns.ts";

/** How delivery went over a window; what the window says nothing of is absent. */
export interface DeliveryFigures {
  deployments: number;
  /** Median, seconds. */
  leadTime?: number | undefined;
  /** Median, seconds. */
  restoreTime?: number | undefined;
  /** 0 – 1. */
  changeFailureRatio?: number | undefined;
}

export interface FigureInputs {
  runs: readonly ReleaseRun[];
  /** Commit → when it was made, seconds since 1970; a commit that is not known is not there. */
  commitTimes: ReadonlyMap<string, number>;
  audit: readonly AuditEvent[];
  /** Seconds since 1970. */
  now: number;
}

const DAY = 86_400;
const AUDIT_LEEWAY_SECONDS = 3600;

/** What the runs of the last 30 days say, of one service or of all. */
export function deliveryFigures({ runs, commitTimes, audit, now }: FigureInputs): DeliveryFigures {
  const since = now - DELIVERY_DAYS * DAY;
  const within = (at: number | undefined): at is number => at !== undefined && at >= since && at <= now;
  const completed = runs.filter(({ completedAt }) => within(completedAt));
  const failed = runs.filter(({ rejectedAt }) => within(rejectedAt));
  const ended = new Set([...completed, ...failed]).size;
  return {
    deployments: completed.length,
    leadTime: median(completed.flatMap((run) => leadTime(run, commitTimes))),
    restoreTime: median(runs.filter(({ restoredAt }) => within(restoredAt)).flatMap((run) => restoreTime(run, audit))),
    changeFailureRatio: ended === 0 ? undefined : failed.length / ended,
  };
}

/** A commit dated after its own release has a clock that is wrong: it says nothing. */
function leadTime({ commit, completedAt }: ReleaseRun, commitTimes: ReadonlyMap<string, number>): number[] {
  const made = commit === undefined ? undefined : commitTimes.get(commit);
  return made === undefined || completedAt === undefined || completedAt < made ? [] : [completedAt - made];
}

/** From the record; where the audit log tells of the same rollback, from the evidence that it names. */
function restoreTime({ service, revision, rejectedAt, restoredAt }: ReleaseRun, audit: readonly AuditEvent[]): number[] {
  if (rejectedAt === undefined || restoredAt === undefined) return [];
  const told = audit.find((event) => event.event === "rolled-back" && event.service === service && event.revision === revision
    && Date.parse(event.at) / 1000 >= rejectedAt && Date.parse(event.at) / 1000 <= restoredAt + AUDIT_LEEWAY_SECONDS);
  return [told?.seconds ?? restoredAt - rejectedAt];
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((left, right) => left - right);
  const low = sorted[(sorted.length - 1) >> 1];
  const high = sorted[sorted.length >> 1];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
