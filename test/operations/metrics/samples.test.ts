import { describe, expect, test } from "@jest/globals";
import { deliverySamples } from "../../../operations/metrics/deliverySamples.ts";
import { exposition } from "../../../operations/metrics/exposition.ts";
import { packageSamples } from "../../../operations/metrics/packageSamples.ts";
import { commitOf, DAY, NOON, record, update } from "./records.ts";

const HISTORY = [
  update(0, { stable: "r1" }),
  update(1, { stable: "r1", candidate: ["r2", 10] }),
  update(2, { stable: "r2" }),
  update(3, { stable: "r2", candidate: ["r3", 25] }),
  update(4, { stable: "r2", candidate: ["r3", 25], rejected: [["r3", 4]] }),
  update(4.5, { stable: "r2", rejected: [["r3", 4]] }),
  update(5, { stable: "r2", candidate: ["r4", 25], rejected: [["r3", 4]] }),
];
const DATA = {
  stack: "production",
  releases: { shop: record({ stable: "r2", candidate: ["r4", 25], rejected: [["r3", 4]], held: "approval" }) },
  namespaces: { shop: "shop" },
  updates: HISTORY,
  commitTimes: new Map([[commitOf(1), NOON + 0.5 * DAY]]),
  audit: [],
  now: NOON + 6 * DAY,
};

describe("the exposition of a stack's releases", () => {
  test("is this text", () => {
    expect(exposition(deliverySamples(DATA)).replaceAll(/^# (HELP .*|TYPE )/gm, (line) => (line.startsWith("# HELP") ? "#" : "# "))).toBe(`#
# slipway_release_weight_ratio gauge
slipway_release_weight_ratio{stack="production",namespace="shop",service="shop",revision="r2",role="stable"} 0.75
slipway_release_weight_ratio{stack="production",namespace="shop",service="shop",revision="r4",role="candidate"} 0.25
#
# slipway_release_stage gauge
slipway_release_stage{stack="production",namespace="shop",service="shop",stage="settled"} 0
slipway_release_stage{stack="production",namespace="shop",service="shop",stage="rollout"} 0
slipway_release_stage{stack="production",namespace="shop",service="shop",stage="held"} 1
#
# slipway_release_changed_timestamp_seconds gauge
slipway_release_changed_timestamp_seconds{stack="production",namespace="shop",service="shop"} 1780315200
#
# slipway_release_candidate_start_timestamp_seconds gauge
slipway_release_candidate_start_timestamp_seconds{stack="production",namespace="shop",service="shop",revision="r4"} 1780747200
#
# slipway_release_last_success_timestamp_seconds gauge
slipway_release_last_success_timestamp_seconds{stack="production",namespace="shop",service="shop"} 1780488000
#
# slipway_release_last_rejection_timestamp_seconds gauge
slipway_release_last_rejection_timestamp_seconds{stack="production",namespace="shop",service="shop"} 1780660800
#
# slipway_releases_total counter
slipway_releases_total{stack="production",namespace="shop",service="shop",result="completed"} 2
slipway_releases_total{stack="production",namespace="shop",service="shop",result="rolled_back"} 1
slipway_releases_total{stack="production",namespace="shop",service="shop",result="cancelled"} 0
#
# slipway_delivery_deployments gauge
slipway_delivery_deployments{stack="production",namespace="shop",service="shop"} 2
#
# slipway_delivery_lead_time_seconds gauge
slipway_delivery_lead_time_seconds{stack="production",namespace="shop",service="shop"} 129600
#
# slipway_delivery_restore_time_seconds gauge
slipway_delivery_restore_time_seconds{stack="production",namespace="shop",service="shop"} 43200
#
# slipway_delivery_change_failure_ratio gauge
slipway_delivery_change_failure_ratio{stack="production",namespace="shop",service="shop"} 0.3333333333333333
#
# slipway_stack_delivery_deployments gauge
slipway_stack_delivery_deployments{stack="production"} 2
#
# slipway_stack_delivery_lead_time_seconds gauge
slipway_stack_delivery_lead_time_seconds{stack="production"} 129600
#
# slipway_stack_delivery_restore_time_seconds gauge
slipway_stack_delivery_restore_time_seconds{stack="production"} 43200
#
# slipway_stack_delivery_change_failure_ratio gauge
slipway_stack_delivery_change_failure_ratio{stack="production"} 0.3333333333333333
#
# slipway_stack_updates_total counter
slipway_stack_updates_total{stack="production",kind="update",result="succeeded"} 7
#
# slipway_stack_last_update_timestamp_seconds gauge
slipway_stack_last_update_timestamp_seconds{stack="production"} 1780747200
#
# slipway_stack_metrics_timestamp_seconds gauge
slipway_stack_metrics_timestamp_seconds{stack="production"} 1780833600
`);
  });

  test("explains each metric before its first series", () => {
    expect(exposition(deliverySamples(DATA)).split("\n")[0]).toBe("# HELP slipway_release_weight_ratio Share of the requests that a live revision gets by the stack's record, 0 to 1");
  });

  test("looks at 30 days, and counts for ever", () => {
    const names = deliverySamples({ ...DATA, now: NOON + 60 * DAY }).filter(({ name }) => name.startsWith("slipway_delivery") || name === "slipway_releases_total");
    expect(names.map(({ name, value }) => [name, value])).toEqual([["slipway_releases_total", 2], ["slipway_releases_total", 1], ["slipway_releases_total", 0], ["slipway_delivery_deployments", 0]]);
  });

  test("takes the time from the evidence to weight 0 from the audit log, where it tells of the same rollback", () => {
    const at = new Date((NOON + 4.5 * DAY) * 1000).toISOString();
    const restored = (revision: string): number | undefined => deliverySamples({ ...DATA, audit: [{ at, event: "rolled-back", service: "shop", revision, seconds: 95 }] })
      .find(({ name }) => name === "slipway_delivery_restore_time_seconds")?.value;
    expect([restored("r3"), restored("r2")]).toEqual([95, DAY / 2]);
  });

  test("says nothing of past releases where the backend keeps no records", () => {
    const updates = HISTORY.map(({ releases, ...told }) => told);
    const names = new Set(deliverySamples({ ...DATA, updates }).map(({ name }) => name));
    expect([...names]).toEqual([
      "slipway_release_weight_ratio", "slipway_release_stage", "slipway_release_changed_timestamp_seconds", "slipway_release_last_rejection_timestamp_seconds",
      "slipway_stack_updates_total", "slipway_stack_last_update_timestamp_seconds", "slipway_stack_metrics_timestamp_seconds",
    ]);
  });

  test("refuses what Prometheus would refuse the whole file for", () => {
    const labels = { stack: "production" };
    const name = "slipway_stack_last_update_timestamp_seconds";
    expect(() => exposition([{ name, labels, value: 1 }, { name, labels, value: 2 }])).toThrow(`${name}{stack="production"}: stands twice; write each series once`);
    expect(() => exposition([{ name, labels, value: NaN }])).toThrow(`${name}: has no finite value, got NaN; leave the sample out`);
    expect(() => exposition([{ name, labels: { ...labels, pod: "a" }, value: 1 }])).toThrow(`${name}: has other labels than it is declared with, got stack, pod; use stack`);
  });

  test("escapes what a label may hold", () => {
    expect(exposition([{ name: "slipway_stack_metrics_timestamp_seconds", labels: { stack: 'a"b\\c\nd' }, value: 1 }])).toContain('{stack="a\\"b\\\\c\\nd"} 1\n');
  });
});

describe("the exposition of a package's channels", () => {
  const LINES = [
    { date: "2026-06-02", npmDownloads: 70, githubDownloads: 4, githubDownloadsTotal: 90, ciRuns: 12, ciSuccessPercent: 91.7, ciMinutes: 6.5,
      channels: { latest: { version: "1.2.0", publishedAt: "2026-05-20T00:00:00Z", downloads: 300, share: 0.75 }, canary: { version: "1.3.0-canary.4" } }, promotions: 2, rollbacks: 0 },
    { date: "2026-06-01", npmDownloads: 65 },
  ].map((line) => JSON.stringify(line));

  test("is the newest record, in base units", () => {
    expect(packageSamples("production", "memory", `${LINES[0]}\nnot a record\n${LINES[1]}\n`).map(({ name, labels: { stack, repository, ...labels }, value }) => [name, labels, value])).toEqual([
      ["slipway_package_downloads_per_day", { source: "npm" }, 70],
      ["slipway_package_downloads_per_day", { source: "github" }, 4],
      ["slipway_package_ci_runs", {}, 12],
      ["slipway_package_ci_success_ratio", {}, 0.917],
      ["slipway_package_ci_duration_seconds", {}, 390],
      ["slipway_package_figures_timestamp_seconds", {}, Date.parse("2026-06-02") / 1000],
      ["slipway_channel_published_timestamp_seconds", { channel: "latest" }, Date.parse("2026-05-20") / 1000],
      ["slipway_channel_downloads_per_week", { channel: "latest" }, 300],
      ["slipway_channel_adoption_ratio", { channel: "latest" }, 0.75],
      ["slipway_channel_moves", { move: "promotion" }, 2],
      ["slipway_channel_moves", { move: "rollback" }, 0],
    ]);
  });

  test("is nothing where there is no record", () => {
    expect(packageSamples("production", "memory", "\n[1]\n{}\n")).toEqual([]);
  });
});
