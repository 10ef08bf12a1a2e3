/** A metric that `slipway metrics` or `slipway drift` writes. */
export interface StackMetric {
  type: "counter" | "gauge";
  labels: readonly string[];
  /** What the number is, in one line; docs/delivery-metrics.md says where it comes from. */
  help: string;
}

const STACK = ["stack"] as const;
const SERVICE = ["stack", "namespace", "service"] as const;
const REPOSITORY = ["stack", "repository"] as const;
const CHANNEL = ["stack", "repository", "channel"] as const;

/** Days over which deployments, lead time, restore time and failures are looked at. */
export const DELIVERY_DAYS = 30;

const OVER = `over the last ${DELIVERY_DAYS} days`;

/** Everything that these commands write, by name; base units, and labels with few values. */
export const STACK_METRICS = {
  slipway_release_weight_ratio: gauge([...SERVICE, "revision", "role"], "Share of the requests that a live revision gets by the stack's record, 0 to 1"),
  slipway_release_stage: gauge([...SERVICE, "stage"], "1 for the stage that the release is in: settled, rollout or held"),
  slipway_release_changed_timestamp_seconds: gauge(SERVICE, "When weights or stage last changed, seconds since 1970"),
  slipway_release_candidate_start_timestamp_seconds: gauge([...SERVICE, "revision"], "When the candidate in flight was first recorded, seconds since 1970"),
  slipway_release_last_success_timestamp_seconds: gauge(SERVICE, "When a release last reached all traffic, seconds since 1970"),
  slipway_release_last_rejection_timestamp_seconds: gauge(SERVICE, "When a revision was last rejected, seconds since 1970"),
  slipway_releases_total: counter([...SERVICE, "result"], "Releases since the first update that is known, by result: completed, rolled_back or cancelled"),
  slipway_delivery_deployments: gauge(SERVICE, `Releases that reached all traffic ${OVER}`),
  slipway_delivery_lead_time_seconds: gauge(SERVICE, `Median time from the commit to all traffic ${OVER}`),
  slipway_delivery_restore_time_seconds: gauge(SERVICE, `Median time from a rejection to no traffic on the rejected revision ${OVER}`),
  slipway_delivery_change_failure_ratio: gauge(SERVICE, `Share of the ended releases that were rejected ${OVER}, 0 to 1`),
  slipway_stack_delivery_deployments: gauge(STACK, `Releases of all services that reached all traffic ${OVER}`),
  slipway_stack_delivery_lead_time_seconds: gauge(STACK, `Median time from the commit to all traffic, of all services' releases ${OVER}`),
  slipway_stack_delivery_restore_time_seconds: gauge(STACK, `Median time from a rejection to no traffic on the rejected revision, of all services ${OVER}`),
  slipway_stack_delivery_change_failure_ratio: gauge(STACK, `Share of all services' ended releases that were rejected ${OVER}, 0 to 1`),
  slipway_stack_updates_total: counter([...STACK, "kind", "result"], "Updates in the stack's history, by kind and result"),
  slipway_stack_last_update_timestamp_seconds: gauge(STACK, "When the last update of the stack ended, seconds since 1970"),
  slipway_stack_metrics_timestamp_seconds: gauge(STACK, "When these metrics were written, seconds since 1970"),
  slipway_package_downloads_per_day: gauge([...REPOSITORY, "source"], "Downloads on the last day that is known, by source: npm or github"),
  slipway_package_ci_runs: gauge(REPOSITORY, "Runs on the default branch that ended in seven days"),
  slipway_package_ci_success_ratio: gauge(REPOSITORY, "Share of those runs that succeeded, 0 to 1"),
  slipway_package_ci_duration_seconds: gauge(REPOSITORY, "Median time that those runs took"),
  slipway_package_figures_timestamp_seconds: gauge(REPOSITORY, "The day of the last record of these figures, seconds since 1970"),
  slipway_channel_published_timestamp_seconds: gauge(CHANNEL, "When the version that the channel names was published, seconds since 1970"),
  slipway_channel_downloads_per_week: gauge(CHANNEL, "Downloads of the version that the channel names in seven days"),
  slipway_channel_adoption_ratio: gauge(CHANNEL, "Share of the package's downloads in seven days that were of the channel's version, 0 to 1"),
  slipway_channel_moves: gauge([...REPOSITORY, "move"], "Moves of a channel in thirty days that succeeded, by move: promotion or rollback"),
  slipway_drift_findings: gauge([...STACK, "severity"], "Things that are not as declared, by severity: hostile, risky or benign"),
  slipway_drift_ignored: gauge(STACK, "Things that are not as declared and that the settings let pass"),
  slipway_drift_oldest_timestamp_seconds: gauge(STACK, "Since when the oldest finding is there that tells it, seconds since 1970"),
  slipway_drift_checked_timestamp_seconds: gauge(STACK, "When the stack was last compared with the cloud, seconds since 1970"),
} as const satisfies Record<string, StackMetric>;

export type StackMetricName = keyof typeof STACK_METRICS;

/** A selector of one of them; a matcher's value may be a variable of a dashboard. */
export function stackMetric(name: StackMetricName, matchers: Record<string, string>): string {
  return `${name}{${Object.entries(matchers).map(([label, value]) => `${label}${value.startsWith("~") ? `=~"${value.slice(1)}"` : `="${value}"`}`).join(",")}}`;
}

function gauge<const L extends readonly string[]>(labels: L, help: string): { type: "gauge"; labels: L; help: string } {
  return { type: "gauge", labels, help };
}

function counter<const L extends readonly string[]>(labels: L, help: string): { type: "counter"; labels: L; help: string } {
  return { type: "counter", labels, help };
}
