import type { AuditEvent } from "../audit/events.ts";
import { isOpen } from "../metrics/releaseRuns.ts";
import type { ReleaseRun } from "../metrics/releaseRuns.ts";
import { own } from "./own.ts";
import type { RolloutOutcome, RolloutReport } from "./types.ts";

/** What a driver wrote at the end of a rollout. */
const ENDS: Readonly<Record<string, RolloutOutcome>> = { done: "done", "rolled-back": "rolled back" };
/** Seconds by which the log and the history may differ about the same moment. */
const LEEWAY = 3600;

/** Every rollout that the audit log or the stack's history tells of, newest first; where both do, the log's reasons count. */
export function rolloutsOf(audit: readonly AuditEvent[], runs: readonly ReleaseRun[]): RolloutReport[] {
  const driven = drivenBy(audit);
  const told = runs.filter((run) => !driven.some((each) => isSame(each, run))).map(fromHistory);
  return [...driven.map((each) => endedBy(each, runs)), ...told].sort((left, right) => Date.parse(right.startedAt) - Date.parse(left.startedAt));
}

function drivenBy(audit: readonly AuditEvent[]): RolloutReport[] {
  const rollouts: RolloutReport[] = [];
  for (const event of audit) {
    const at = rollouts.findLastIndex(({ revision, service }) => revision === event.revision && service === event.service);
    const open = rollouts[at];
    // A driver that goes on says `started` again; after an end it is another rollout of the same revision.
    if (open === undefined || (event.event === "started" && open.endedAt !== undefined && open.outcome !== "failed")) rollouts.push(after(begun(event), event));
    else rollouts[at] = after(open, event);
  }
  return rollouts;
}

function begun({ at, revision, service }: AuditEvent): RolloutReport {
  return { service, revision, startedAt: at, outcome: "going on", steps: [], source: "audit log" };
}

function after(rollout: RolloutReport, { at, event, reason, weight }: AuditEvent): RolloutReport {
  const end = own(ENDS, event);
  if (end !== undefined) return { ...rollout, outcome: end, endedAt: at, reason, steps: [...rollout.steps, { at, weight: end === "done" ? 100 : 0 }] };
  // A driver that failed left the release where it is: another one can go on with it.
  if (event === "failed") return { ...rollout, outcome: "failed", endedAt: at };
  const back = { ...rollout, outcome: "going on" as const, endedAt: undefined };
  if (event === "stage" && weight !== undefined) return { ...back, reason: undefined, steps: [...rollout.steps, { at, weight }] };
  return event === "held" ? { ...back, reason: `held: ${reason ?? "no reason was given"}` } : back;
}

function isSame(rollout: Pick<RolloutReport, "service" | "revision" | "startedAt" | "endedAt">, run: ReleaseRun): boolean {
  const end = endOf(run) ?? Number.POSITIVE_INFINITY;
  return rollout.service === run.service && rollout.revision === run.revision
    && Date.parse(rollout.startedAt) / 1000 <= end + LEEWAY && (rollout.endedAt === undefined || Date.parse(rollout.endedAt) / 1000 >= run.startedAt - LEEWAY);
}

/** A rollout whose driver left ends with an update that somebody else ran. */
function endedBy(rollout: RolloutReport, runs: readonly ReleaseRun[]): RolloutReport {
  if (rollout.outcome === "done" || rollout.outcome === "rolled back") return rollout;
  const run = runs.findLast((each) => isSame(rollout, each));
  return run === undefined || isOpen(run) ? rollout : { ...rollout, ...endings(run) };
}

function fromHistory(run: ReleaseRun): RolloutReport {
  const { revision, service, startedAt } = run;
  return { service, revision, startedAt: iso(startedAt), outcome: "going on", ...endings(run), steps: [], source: "history" };
}

function endings(run: ReleaseRun): Partial<Pick<RolloutReport, "outcome" | "endedAt">> {
  const end = endOf(run);
  if (end === undefined) return {};
  const outcome = run.rejectedAt !== undefined ? "rolled back" : run.completedAt !== undefined ? "done" : "replaced";
  return { outcome, endedAt: iso(end) };
}

function endOf({ cancelledAt, completedAt, rejectedAt, restoredAt }: ReleaseRun): number | undefined {
  return restoredAt ?? rejectedAt ?? completedAt ?? cancelledAt;
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
