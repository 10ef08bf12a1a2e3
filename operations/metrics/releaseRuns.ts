import type { Release } from "../../components/delivery/release-types.ts";

/** What is kept of a recorded release. */
export type RecordedRelease = Pick<Release, "stage" | "since" | "rejected"> & { revisions: Pick<Release["revisions"][number], "id" | "role" | "weight">[] };

/** One entry of the stack's update history. */
export interface Update {
  /** `update`, `preview`, `refresh`, `destroy`, … */
  kind: string;
  /** `succeeded`, `failed`, `in-progress`. */
  result: string;
  /** Seconds since 1970. */
  endedAt: number;
  /** Commit of the stack's repository that the update was run from; absent outside git. */
  commit?: string | undefined;
  /** What the stack recorded at its end, by service; absent where the backend does not keep it. */
  releases?: Readonly<Record<string, RecordedRelease>> | undefined;
}

/** One revision's way to all traffic, or back. All times are seconds since 1970. */
export interface ReleaseRun {
  service: string;
  revision: string;
  startedAt: number;
  /** Commit of the update that started it. */
  commit?: string | undefined;
  /** End of the first update that succeeded with this revision as the stable one. */
  completedAt?: number | undefined;
  /** When the verdict against it was recorded. */
  rejectedAt?: number | undefined;
  /** End of the first update that succeeded with no traffic on it after the verdict. */
  restoredAt?: number | undefined;
  /** Replaced, or taken back by the configuration, without a verdict. */
  cancelledAt?: number | undefined;
}

/** Every release that the history shows, oldest first: each update's record against the one before. */
export function releaseRuns(updates: readonly Update[]): ReleaseRun[] {
  const runs: ReleaseRun[] = [];
  let before: Readonly<Record<string, RecordedRelease>> = {};
  for (const update of updates) {
    const { releases } = update;
    if (releases === undefined) continue;
    for (const service of new Set([...Object.keys(before), ...Object.keys(releases)])) {
      const own = runs.filter((run) => run.service === service);
      runs.push(...step({ service, before: before[service], now: releases[service], update, own }));
    }
    before = releases;
  }
  return runs;
}

interface Step {
  service: string;
  before: RecordedRelease | undefined;
  now: RecordedRelease | undefined;
  update: Update;
  /** The service's runs so far. */
  own: ReleaseRun[];
}

/** Brings the service's runs up to date with one update; answers the run that it started. */
function step(given: Step): ReleaseRun[] {
  const { now, own, update } = given;
  for (const run of own) judge(run, given);
  const started = now === undefined ? [] : start(now, given);
  for (const run of own.filter(isOpen)) if (now === undefined || !leads(run, now)) run.cancelledAt = update.endedAt;
  for (const run of [...own, ...started]) finish(run, now, update);
  return started;
}

/** Verdicts that this update recorded. */
function judge(run: ReleaseRun, { before, now, own }: Step): void {
  if (own.findLast(({ revision }) => revision === run.revision) !== run) return;
  const fresh = now?.rejected.find(({ id, at }) => id === run.revision && before?.rejected.some((old) => old.id === id && old.at === at) !== true);
  if (fresh !== undefined && run.cancelledAt === undefined) run.rejectedAt = Date.parse(fresh.at) / 1000;
}

function start(now: RecordedRelease, { service, before, update, own }: Step): ReleaseRun[] {
  const stable = idOf(now, "stable");
  const candidate = idOf(now, "candidate");
  const run = { startedAt: update.endedAt, service, commit: update.commit };
  const open = own.find(isOpen)?.revision;
  const isNew = stable !== undefined && stable !== idOf(before, "stable") && stable !== open && !takesOver(stable, before, now);
  return [
    ...(isNew ? [{ ...run, revision: stable }] : []),
    ...(candidate !== undefined && candidate !== open && candidate !== idOf(before, "candidate") ? [{ ...run, revision: candidate }] : []),
  ];
}

/** A retained revision that steps in for a rejected one is no release. */
function takesOver(stable: string, before: RecordedRelease | undefined, now: RecordedRelease): boolean {
  const old = idOf(before, "stable");
  return before?.revisions.some(({ id }) => id === stable) === true && now.rejected.some(({ id }) => id === old);
}

function finish(run: ReleaseRun, now: RecordedRelease | undefined, { result, endedAt }: Update): void {
  if (result !== "succeeded") return;
  if (isOpen(run) && idOf(now, "stable") === run.revision) run.completedAt = endedAt;
  if (run.rejectedAt === undefined || run.restoredAt !== undefined) return;
  const live = now?.revisions.some(({ id, weight }) => id === run.revision && weight > 0) === true;
  if (!live) run.restoredAt = Math.max(endedAt, run.rejectedAt);
}

function leads({ revision }: ReleaseRun, now: RecordedRelease): boolean {
  return idOf(now, "candidate") === revision || idOf(now, "stable") === revision;
}

/** On its way: neither at its end nor judged. */
export function isOpen({ completedAt, rejectedAt, cancelledAt }: ReleaseRun): boolean {
  return completedAt === undefined && rejectedAt === undefined && cancelledAt === undefined;
}

function idOf(release: RecordedRelease | undefined, role: "stable" | "candidate"): string | undefined {
  return release?.revisions.find((revision) => revision.role === role)?.id;
}
