import { STACK_METRICS } from "../../components/observability/stack-metrics.ts";
import type { StackMetricName } from "../../components/observability/stack-metrics.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import { lives } from "./story.ts";
import { chance, happened, wobble } from "./track.ts";
import type { Track } from "./track.ts";

type Labels = Readonly<Record<string, string>>;
type At = (time: number) => number;

const HOUR = 3600;
const DAY = 86_400;
const CHANNELS = ["latest", "next", "beta"];

/** What `slipway metrics` writes of a stack: the releases of its services and the figures of its packages. */
export function deliveryTracks(stack: string, levels: readonly ServiceLevel[], repositories: readonly string[], now: number): Track[] {
  return [...levels.flatMap((level) => ofService(stack, level, now)), ...ofStack(stack, levels, now), ...repositories.flatMap((repository) => ofRepository({ stack, repository }, now))];
}

function gauge(name: StackMetricName, labels: Labels, at: At): Track {
  return { name, labels: Object.fromEntries(STACK_METRICS[name].labels.map((label) => [label, labels[label] ?? ""])), at };
}

function ofService(stack: string, level: ServiceLevel, now: number): Track[] {
  const { namespace, service } = level;
  const labels = { stack, namespace, service };
  const one = (name: StackMetricName, at: At, more: Labels = {}): Track => gauge(name, { ...labels, ...more }, at);
  const all = lives(level, now);
  const candidate = all.find(({ role }) => role === "candidate");
  const taken = now - 115 * 60;
  const inFlight = (time: number): boolean => (time > now - 140 * 60 && time < taken) || time > now - 50 * 60;
  return [
    ...all.map(({ from, id, role, to, weight }): Track => ({
      ...one("slipway_release_weight_ratio", weight, { revision: id, role: role === "candidate" || role === "rejected" ? "candidate" : "stable" }),
      at: (time) => (time >= from && time <= to ? weight(time) : undefined),
    })),
    ...["settled", "rollout", "held"].map((stage) => one("slipway_release_stage", (time) => Number((stage === "rollout") === inFlight(time) && stage !== "held"), { stage })),
    one("slipway_release_changed_timestamp_seconds", () => now - 25 * 60),
    ...(candidate === undefined ? [] : [{ ...one("slipway_release_candidate_start_timestamp_seconds", () => candidate.from, { revision: candidate.id }), since: 50 * 60 }]),
    one("slipway_release_last_success_timestamp_seconds", () => now - 25 * HOUR),
    one("slipway_release_last_rejection_timestamp_seconds", () => taken),
    one("slipway_releases_total", (time) => happened(service, (14 + 20 * chance(service, 9)) * HOUR, time - now + 95 * DAY), { result: "completed" }),
    one("slipway_releases_total", (time) => Number(time > taken) + Math.floor((time - now + 96 * DAY + chance(service, 10) * 6 * DAY) / (9 * DAY)), { result: "rolled_back" }),
    one("slipway_releases_total", () => 2, { result: "cancelled" }),
    one("slipway_delivery_deployments", (time) => 18 + Math.round(8 * chance(service, 5) * wobble(service, Math.floor(time / DAY), 0.2))),
    one("slipway_delivery_lead_time_seconds", (time) => (5 + 20 * chance(service, 6)) * HOUR * wobble(service, Math.floor(time / DAY), 0.15)),
    one("slipway_delivery_restore_time_seconds", () => (6 + 20 * chance(service, 7)) * 60),
    one("slipway_delivery_change_failure_ratio", () => 0.03 + 0.12 * chance(service, 8)),
  ];
}

function ofStack(stack: string, levels: readonly ServiceLevel[], now: number): Track[] {
  const one = (name: StackMetricName, at: At, more: Labels = {}): Track => gauge(name, { stack, ...more }, at);
  return [
    one("slipway_stack_delivery_deployments", (time) => Math.round(22 * levels.length * wobble("deployments", Math.floor(time / DAY), 0.1))),
    one("slipway_stack_delivery_lead_time_seconds", (time) => 9 * HOUR * wobble("lead", Math.floor(time / DAY), 0.15)),
    one("slipway_stack_delivery_restore_time_seconds", () => 14 * 60),
    one("slipway_stack_delivery_change_failure_ratio", (time) => 0.07 * wobble("failures", Math.floor(time / DAY), 0.2)),
    ...["update", "preview", "refresh"].map((kind, index) => one("slipway_stack_updates_total", (time) => happened(kind, (index + 2) * HOUR, time - now + 95 * DAY), { kind, result: "succeeded" })),
    one("slipway_stack_updates_total", (time) => happened("failed", 3 * DAY, time - now + 95 * DAY), { kind: "update", result: "failed" }),
    one("slipway_stack_last_update_timestamp_seconds", (time) => Math.floor(time / HOUR) * HOUR),
    one("slipway_stack_metrics_timestamp_seconds", (time) => Math.floor(time / 60) * 60),
  ];
}

function ofRepository(labels: { stack: string; repository: string }, now: number): Track[] {
  const { repository } = labels;
  const one = (name: StackMetricName, at: At, more: Labels = {}): Track => gauge(name, { ...labels, ...more }, at);
  const week = (time: number): number => 1 + 0.4 * Math.sin((time / (7 * DAY)) * 2 * Math.PI);
  return [
    ...["npm", "github"].map((source) => one("slipway_package_downloads_per_day", (time) => Math.round(400 * (0.3 + chance(repository + source, 0)) * week(Math.floor(time / DAY) * DAY)), { source })),
    one("slipway_package_ci_runs", (time) => 30 + Math.round(20 * chance(repository, Math.floor(time / DAY)))),
    one("slipway_package_ci_success_ratio", (time) => 0.9 + 0.09 * chance(repository, Math.floor(time / DAY))),
    one("slipway_package_ci_duration_seconds", (time) => (200 + 300 * chance(repository, 1)) * wobble(repository, Math.floor(time / DAY), 0.1)),
    one("slipway_package_figures_timestamp_seconds", (time) => Math.floor(time / DAY) * DAY),
    ...CHANNELS.flatMap((channel, index) => [
      one("slipway_channel_published_timestamp_seconds", () => now - (index === 0 ? 12 : 3 - index) * DAY - 7 * HOUR, { channel }),
      one("slipway_channel_downloads_per_week", (time) => Math.round(2400 * (0.3 + chance(repository, 2)) * week(Math.floor(time / DAY) * DAY) / (1 + 5 * index)), { channel }),
      one("slipway_channel_adoption_ratio", (time) => (index === 0 ? 0.72 : 0.09 / index) * wobble(repository + channel, Math.floor(time / DAY), 0.08), { channel }),
    ]),
    ...["promotion", "rollback"].map((move, index) => one("slipway_channel_moves", () => 6 - 5 * index, { move })),
  ];
}
