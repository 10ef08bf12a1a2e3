import { stackMetric } from "../stack-metrics.ts";
import type { StackMetricName } from "../stack-metrics.ts";
import type { DashboardDescription } from "./document.ts";
import type { Panel, Row } from "./panel-kinds.ts";
import { stackUid } from "./uid.ts";

/** Release channels of a repository that publishes a package: downloads, adoption, age and moves of each channel, and how its CI fares. */
export function channels(stack: string, repository: string): DashboardDescription {
  const matchers = { stack, repository };
  return {
    uid: stackUid(stack, "channels", repository),
    title: `${repository} channels`,
    description: `Release channels of ${repository}, as its workflow "Release metrics" collects them every day and slipway metrics reads them.`,
    tags: ["channels", repository],
    rows: [table(matchers), downloads(matchers), moves(matchers), health(matchers)],
    references: [{ title: "Delivery", uid: stackUid(stack, "delivery"), tooltip: `Releases of every service of stack ${stack}` }],
    from: "now-90d",
    refresh: "1h",
  };
}

type Matchers = Record<string, string>;

function since(name: StackMetricName, matchers: Matchers): string {
  return `time() - ${stackMetric(name, matchers)}`;
}

function table(matchers: Matchers): Row {
  const of = (name: StackMetricName): string => `max by (channel) (${stackMetric(name, matchers)})`;
  const all: Panel = {
    kind: "table", title: "Channels", description: "What each dist-tag names: how old it is, how often it was downloaded in seven days, and its share of all downloads.", unit: "short", width: 12,
    queries: [
      { expression: `time() - ${of("slipway_channel_published_timestamp_seconds")}`, legend: "Age" },
      { expression: of("slipway_channel_downloads_per_week"), legend: "Downloads a week" },
      { expression: of("slipway_channel_adoption_ratio"), legend: "Adoption" },
    ],
    labels: { channel: "Channel" },
    units: { Age: "s", Adoption: "percentunit" },
    noValue: "no channel is recorded",
  };
  const adoption: Panel = {
    kind: "time series", title: "Adoption", description: "Share of the package's downloads in seven days that were of the channel's version; the rest is older versions.", unit: "percentunit", stacked: true, max: 1, width: 12,
    queries: [{ expression: of("slipway_channel_adoption_ratio"), legend: "{{channel}}" }],
  };
  return { title: "Channels", panels: [all, adoption] };
}

function downloads(matchers: Matchers): Row {
  return {
    title: "Downloads",
    panels: [
      {
        kind: "time series", title: "Downloads a day", description: "As npm and GitHub count them; machines that install in CI are among them.", unit: "short",
        queries: [{ expression: stackMetric("slipway_package_downloads_per_day", matchers), legend: "{{source}}" }],
      },
      {
        kind: "time series", title: "Downloads a week, by channel", description: "Of the version that the channel names at the time; it falls when the channel moves.", unit: "short",
        queries: [{ expression: stackMetric("slipway_channel_downloads_per_week", matchers), legend: "{{channel}}" }],
      },
    ],
  };
}

function moves(matchers: Matchers): Row {
  const move = (name: "promotion" | "rollback"): string => stackMetric("slipway_channel_moves", { ...matchers, move: name });
  return {
    title: "Moves, 30 days",
    panels: [
      { kind: "stat", title: "Promotions", description: "Runs of the promotion that succeeded.", unit: "short", queries: [{ expression: move("promotion") }] },
      {
        kind: "stat", title: "Rollbacks", description: "Runs of the rollback that succeeded.", unit: "short", queries: [{ expression: move("rollback") }],
        base: "text", thresholds: [{ from: 1, colour: "yellow" }],
      },
      {
        kind: "stat", title: "Figures from", description: "Since the day of the last record. Red: the workflow that collects them is broken.", unit: "s",
        queries: [{ expression: since("slipway_package_figures_timestamp_seconds", matchers) }],
        thresholds: [{ from: 2 * 86_400, colour: "yellow" }, { from: 4 * 86_400, colour: "red" }], noValue: "never",
      },
    ],
  };
}

function health(matchers: Matchers): Row {
  return {
    title: "CI of the default branch, 7 days",
    panels: [
      {
        kind: "gauge", title: "Success", description: "Share of the ended runs that succeeded.", unit: "percentunit", min: 0, max: 1,
        queries: [{ expression: stackMetric("slipway_package_ci_success_ratio", matchers) }],
        base: "red", thresholds: [{ from: 0.8, colour: "yellow" }, { from: 0.95, colour: "green" }],
      },
      { kind: "stat", title: "Duration", description: "Median of the ended runs.", unit: "s", queries: [{ expression: stackMetric("slipway_package_ci_duration_seconds", matchers) }] },
      { kind: "stat", title: "Runs", description: "Runs that ended.", unit: "short", queries: [{ expression: stackMetric("slipway_package_ci_runs", matchers) }] },
    ],
  };
}
