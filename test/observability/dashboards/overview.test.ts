import { describe, expect, test } from "@jest/globals";
import { serviceDashboards } from "../../../components/observability/dashboards/index.ts";
import { dashboardUid } from "../../../components/observability/dashboards/uid.ts";
import type { ServiceLevel } from "../../../components/observability/service-level.ts";
import { LEVEL } from "../levels.ts";
import { read, titles } from "./read.ts";
import type { ReadDashboard } from "./read.ts";

function overview(more: Partial<ServiceLevel> = {}): ReadDashboard {
  const [first] = serviceDashboards({ ...LEVEL, ...more });
  if (first === undefined) throw new Error("a service has no overview");
  return read(first);
}

describe("the overview of a service", () => {
  test("shows requests, versions and saturation", () => {
    expect(titles(overview())).toEqual([
      "# Now", "Requests", "Failed", "p95", "Pods ready", "Alerts", "Budget left",
      "# Requests, by revision", "Rate", "Failures", "Duration",
      "# Versions", "Share of the traffic", "Pods by image", "Failures, by status",
      "# Saturation, by pod", "CPU of the request", "Memory of the limit", "Held back by the CPU limit",
      "# Pods", "Pods", "Autoscalers",
      "# Alerts", "Alerts that fire",
    ]);
  });

  test("shows connections where the service speaks TCP, and no requests where it speaks nothing else", () => {
    const rows = (protocols: ServiceLevel["protocols"]): string[] => overview({ protocols }).panels.filter(({ type }) => type === "row").map(({ title }) => title);
    expect(rows(["http", "tcp"])).toEqual(["Now", "Requests, by revision", "Connections, by revision", "Versions", "Saturation, by pod", "Pods", "Alerts"]);
    expect(rows(["tcp"])).toEqual(["Now", "Connections, by revision", "Versions", "Saturation, by pod", "Pods", "Alerts"]);
    expect(titles(overview({ protocols: ["tcp"] }))).not.toContain("Share of the traffic");
  });

  test("asks for the revisions that the reader picks, over the interval of the graph", () => {
    const targets = overview({ protocols: ["http", "tcp"] }).panels.flatMap(({ targets: found = [] }) => found);
    expect(targets).toHaveLength(24);
    const windows = targets.flatMap(({ expr }) => expr.match(/(?<=\})\[[^\]]*\]/g) ?? []);
    expect(new Set(windows)).toEqual(new Set(["[$__rate_interval]", "[1h]"]));
    const grouped = targets.filter(({ expr }) => expr.startsWith("sum by (destination_version)"));
    expect(grouped.every(({ expr }) => expr.includes('destination_version=~"$revision"'))).toBe(true);
  });

  test("draws the limits as lines", () => {
    const lines = overview().panels.map(({ fieldConfig, title }) => [title, fieldConfig?.defaults.thresholds?.steps.at(-1)?.value]);
    expect(Object.fromEntries(lines)).toMatchObject({ Failures: 0.05, Duration: 2000, "CPU of the request": 1, Rate: undefined });
  });

  test("lets the reader pick data source and revisions", () => {
    expect(overview().templating.list.map(({ includeAll, multi, name, type }) => ({ includeAll, multi, name, type }))).toEqual([
      { name: "datasource", type: "datasource" },
      { name: "revision", type: "query", includeAll: true, multi: true },
    ]);
  });

  test("keeps its address, within Grafana's 40 characters", () => {
    expect(dashboardUid("shop", "storefront")).toBe("slipway-shop-storefront");
    const long = dashboardUid("a-namespace-with-a-long-name", "a-service-with-a-long-name");
    expect(long).toBe("slipway-bd56fd2f4b18c6e8a10a0f79");
    expect(dashboardUid("a-namespace-with-a-long-name", "a-service-with-a-long-namf")).not.toBe(long);
  });
});
