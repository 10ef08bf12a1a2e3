import { describe, expect, test } from "@jest/globals";
import { serviceDashboards } from "../../../components/observability/dashboards/index.ts";
import type { ServiceLevel } from "../../../components/observability/service-level.ts";
import { LEVEL, TCP } from "../levels.ts";
import { queriesOf, read, titles } from "./read.ts";
import type { ReadDashboard } from "./read.ts";

const MINE = 'namespace="shop",service="storefront"';

function canary(level: ServiceLevel = LEVEL): ReadDashboard {
  const found = serviceDashboards(level).find(({ key }) => key.endsWith(".canary"));
  if (found === undefined) throw new Error("a service has no dashboard of its canary");
  return read(found);
}

describe("the canary's dashboard", () => {
  test("puts candidate and stable revision side by side, for each indicator", () => {
    expect(titles(canary())).toEqual([
      "# As it is now", "Share of the traffic", "Error rate", "p95", "Success rate",
      "# Enough to judge by, and worse than the stable revision", "Requests so far", "Requests in 5 minutes", "Error rate, of what is allowed", "p95, longer by",
      "# Requests", "Rate", "Error rate, 5 minutes", "Success rate, 30 minutes",
      "# Duration", "p50", "p95 and its limit", "p99",
      "# Traffic", "Split", "Failures of the candidate, by status",
      "# Pods", "Ready", "Restarts in an hour", "CPU of the request",
    ]);
    for (const title of ["Error rate", "p95", "Success rate", "Rate", "Error rate, 5 minutes", "Success rate, 30 minutes", "p50", "p95 and its limit", "p99"]) {
      const [candidate = "", stable = ""] = queriesOf(canary(), title);
      expect(candidate).toContain('revision="$candidate"');
      expect(stable).toBe(candidate.replace("$candidate", "$stable"));
    }
  });

  test.each([
    ["Error rate", [null, 0.05], ["green", "red"]],
    ["Error rate, 5 minutes", [null, 0.05], ["green", "red"]],
    ["p95", [null, 2000], ["green", "red"]],
    ["p95 and its limit", [null, 2000], ["green", "red"]],
    ["Success rate", [null, 0.95], ["red", "green"]],
    ["Success rate, 30 minutes", [null, 0.95], ["red", "green"]],
    ["Error rate, of what is allowed", [null, 1], ["green", "red"]],
    ["p95, longer by", [null, 0.15], ["green", "red"]],
    ["Requests so far", [null, 100], ["orange", "green"]],
    ["Requests in 5 minutes", [null, 20], ["orange", "green"]],
  ])("shows for %s what the gate allows", (title, values, colours) => {
    const steps = canary().panels.find((panel) => panel.title === title)?.fieldConfig?.defaults.thresholds?.steps ?? [];
    expect(steps.map(({ value }) => value)).toEqual(values);
    expect(steps.map(({ color }) => color)).toEqual(colours);
  });

  test("asks the recorded series, and what is recorded nowhere by the indicators", () => {
    expect(queriesOf(canary(), "Error rate, of what is allowed")).toEqual([
      `slipway:error_ratio:rate5m{${MINE},revision="$candidate"} / on () (slipway:error_ratio:rate5m{${MINE},revision="$stable"} * 1.15 + 0.001 > 0)`,
    ]);
    expect(queriesOf(canary(), "p95, longer by")).toEqual([
      `slipway:latency_milliseconds:p95_rate5m{${MINE},revision="$candidate"} / on () (slipway:latency_milliseconds:p95_rate5m{${MINE},revision="$stable"} > 0) - 1`,
    ]);
    expect(queriesOf(canary(), "Requests in 5 minutes")).toEqual([`slipway:requests:rate5m{${MINE},revision="$candidate"} * 300`]);
    expect(queriesOf(canary(), "Requests so far")).toEqual([
      'sum(increase(istio_requests_total{reporter="destination",destination_workload_namespace="shop",destination_app="storefront",destination_version=~"$candidate"}[$__range]))',
    ]);
    expect(queriesOf(canary(), "Failures of the candidate, by status").join()).toContain("sum by (response_code, grpc_response_status) (rate(");
  });

  test("tells the pods of the two apart by their names", () => {
    expect(queriesOf(canary(), "Ready")).toEqual(["$candidate", "$stable"].map((revision) => `sum(kube_pod_container_status_ready{namespace="shop",container="storefront",pod=~"storefront-${revision}-.+"})`));
    expect(queriesOf(canary(), "Restarts in an hour").join()).toContain('pod=~"storefront-$candidate-.+"}[1h]');
  });

  test("finds candidate and stable revision by itself", () => {
    const [, candidate, stable] = canary().templating.list;
    expect(candidate).toMatchObject({ name: "candidate", regex: '/revision="([^"]+)"/', query: expect.stringContaining(`unless on (revision) slipway:stable_requests:sum1h{${MINE}}`) });
    expect(stable).toMatchObject({ name: "stable", regex: '/revision="([^"]+)"/', query: `query_result(slipway:stable_requests:sum1h{${MINE}})` });
  });

  test("marks new revisions, promotions and what was taken back", () => {
    expect(canary().annotations.list?.map(({ name }) => name)).toEqual(["New revisions", "Promotions", "Taken back"]);
    expect(canary().annotations.list?.map(({ expr }) => expr)).toEqual([
      'max by (deployment) (kube_deployment_created{namespace="shop",deployment=~"storefront-r[0-9a-f]{10}"}) * 1000',
      `slipway:stable_requests:sum1h{${MINE}}\nunless on (revision) slipway:stable_requests:sum1h{${MINE}} offset 5m\nand on () (count(slipway:stable_requests:sum1h{${MINE}} offset 5m) > 0)`,
      `slipway:requests:rate5m{${MINE}} offset 10m * 300 >= 20\nunless on (revision) slipway:requests:rate5m{${MINE}} > 0\nunless on (revision) slipway:stable_requests:sum1h{${MINE}} offset 10m`,
    ]);
  });

  test("shows connections where the service speaks plain TCP, which has neither failures nor durations", () => {
    const queue = canary(TCP);
    expect(titles(queue)).toEqual(["# Traffic", "Split", "# Connections", "Opened", "Sent", "# Pods", "Ready", "Restarts in an hour", "CPU of the request"]);
    expect(queue.templating.list.map(({ query }) => query).slice(1).join()).not.toContain("requests");
    expect(queriesOf(queue, "Opened").map((query) => /destination_version=~"([^"]+)"/.exec(query)?.[1])).toEqual(["$candidate", "$stable"]);
    expect(titles(canary({ ...LEVEL, protocols: ["http", "tcp"] })).slice(-7, -4)).toEqual(["# Connections", "Opened", "Sent"]);
  });
});
