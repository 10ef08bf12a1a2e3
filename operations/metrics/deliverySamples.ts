import type { AuditEvent } from "../audit/events.ts";
import { deliveryFigures } from "./deliveryFigures.ts";
import type { DeliveryFigures, FigureInputs } from "./deliveryFigures.ts";
import type { Sample } from "./exposition.ts";
import { isOpen, releaseRuns } from "./releaseRuns.ts";
import type { RecordedRelease, ReleaseRun, Update } from "./releaseRuns.ts";

/** Everything that the delivery metrics of a stack are made from. */
export interface StackData {
  stack: string;
  /** The record as it is now, by service. */
  releases: Readonly<Record<string, RecordedRelease>>;
  /** Service → namespace. */
  namespaces: Readonly<Record<string, string>>;
  /** The stack's history, oldest first. */
  updates: readonly Update[];
  commitTimes: ReadonlyMap<string, number>;
  audit: readonly AuditEvent[];
  /** Seconds since 1970. */
  now: number;
}

type Labels = Readonly<Record<string, string>>;

const STAGES = ["settled", "rollout", "held"] as const;
const RESULTS: readonly (readonly [result: string, at: (run: ReleaseRun) => number | undefined])[] = [
  ["completed", ({ completedAt }) => completedAt],
  ["rolled_back", ({ rejectedAt }) => rejectedAt],
  ["cancelled", ({ cancelledAt }) => cancelledAt],
];

/** The delivery metrics of one stack. */
export function deliverySamples(data: StackData): Sample[] {
  const runs = releaseRuns(data.updates);
  // Without any record in the history nothing is known of releases, and a count of 0 would be a lie.
  const known = data.updates.some(({ releases }) => releases !== undefined);
  return [
    ...Object.entries(data.releases).flatMap(([service, release]) => {
      const labels = { stack: data.stack, namespace: data.namespaces[service] ?? "", service };
      const own = runs.filter((run) => run.service === service);
      return [...live(labels, release), ...(known ? past(labels, release, own, data) : [])];
    }),
    ...whole(data, known ? runs : undefined),
  ];
}

function live(labels: Labels, { revisions, stage, since, rejected }: RecordedRelease): Sample[] {
  const rejections = rejected.map(({ at }) => seconds(at));
  return [
    ...revisions.map(({ id, role, weight }): Sample => ({ name: "slipway_release_weight_ratio", labels: { ...labels, revision: id, role }, value: weight / 100 })),
    ...STAGES.map((kind): Sample => ({ name: "slipway_release_stage", labels: { ...labels, stage: kind }, value: stage.kind === kind ? 1 : 0 })),
    { name: "slipway_release_changed_timestamp_seconds", labels, value: seconds(since) },
    ...(rejections.length === 0 ? [] : [{ name: "slipway_release_last_rejection_timestamp_seconds" as const, labels, value: Math.max(...rejections) }]),
  ];
}

function past(labels: Labels, { revisions }: RecordedRelease, own: readonly ReleaseRun[], data: StackData): Sample[] {
  const open = own.find((run) => isOpen(run) && revisions.some(({ id, role }) => role === "candidate" && id === run.revision));
  const successes = own.flatMap(({ completedAt }) => completedAt ?? []);
  return [
    ...(open === undefined ? [] : [{ name: "slipway_release_candidate_start_timestamp_seconds" as const, labels: { ...labels, revision: open.revision }, value: open.startedAt }]),
    ...(successes.length === 0 ? [] : [{ name: "slipway_release_last_success_timestamp_seconds" as const, labels, value: Math.max(...successes) }]),
    ...RESULTS.map(([result, at]): Sample => ({ name: "slipway_releases_total", labels: { ...labels, result }, value: own.filter((run) => at(run) !== undefined).length })),
    ...figures("slipway_delivery", labels, { ...data, runs: own }),
  ];
}

/** What is counted over all services, those that are gone included. */
function whole({ stack, updates, now, ...data }: StackData, runs: readonly ReleaseRun[] | undefined): Sample[] {
  const counted = new Map<string, Sample>();
  for (const { kind, result } of updates) {
    const name = "slipway_stack_updates_total";
    counted.set(`${kind} ${result}`, { name, labels: { stack, kind, result }, value: (counted.get(`${kind} ${result}`)?.value ?? 0) + 1 });
  }
  const last = updates.at(-1);
  return [
    ...(runs === undefined ? [] : figures("slipway_stack_delivery", { stack }, { ...data, now, runs })),
    ...counted.values(),
    ...(last === undefined ? [] : [{ name: "slipway_stack_last_update_timestamp_seconds" as const, labels: { stack }, value: last.endedAt }]),
    { name: "slipway_stack_metrics_timestamp_seconds", labels: { stack }, value: now },
  ];
}

function figures(prefix: "slipway_delivery" | "slipway_stack_delivery", labels: Labels, inputs: FigureInputs): Sample[] {
  const { deployments, leadTime, restoreTime, changeFailureRatio }: DeliveryFigures = deliveryFigures(inputs);
  return [
    { name: `${prefix}_deployments`, labels, value: deployments },
    ...(leadTime === undefined ? [] : [{ name: `${prefix}_lead_time_seconds` as const, labels, value: leadTime }]),
    ...(restoreTime === undefined ? [] : [{ name: `${prefix}_restore_time_seconds` as const, labels, value: restoreTime }]),
    ...(changeFailureRatio === undefined ? [] : [{ name: `${prefix}_change_failure_ratio` as const, labels, value: changeFailureRatio }]),
  ];
}

function seconds(at: string): number {
  return Date.parse(at) / 1000;
}
