import { describe, expect, test } from "@jest/globals";
import { Dashboard } from "../../components/observability/dashboard.ts";
import type { DashboardArgs } from "../../components/observability/dashboard.ts";
import { dashboardUid, overviewDashboard } from "../../components/observability/dashboard-document.ts";
import { declared, inputsOf } from "../kubernetes/declared.ts";

const ARGS = { service: "storefront", namespace: "shop", speaks: { http: true, tcp: false }, limits: { failureRatio: 0.05, p95Milliseconds: 2000 } };

interface Panel {
  id?: number;
  title?: string;
  type: string;
  datasource?: { uid?: string };
  fieldConfig?: { defaults: { thresholds?: { steps: { value: number | null }[] } } };
  targets?: { expr: string; refId: string; legendFormat: string; datasource: { uid?: string } }[];
}

function panels(more: Partial<typeof ARGS> = {}): Panel[] {
  const { panels: found = [] }: { panels?: Panel[] } = JSON.parse(JSON.stringify(overviewDashboard({ ...ARGS, ...more })));
  return found;
}

describe("the overview of a service", () => {
  test("shows requests, versions and saturation", () => {
    expect(panels().map(({ title, type }) => (type === "row" ? `# ${title}` : title))).toEqual([
      "# Requests, by revision", "Rate", "Failures", "Duration",
      "# Versions", "Share of the traffic", "Pods by image",
      "# Saturation, by pod", "CPU of the request", "Memory of the limit", "Pods",
    ]);
  });

  test("shows connections where the service speaks TCP, and no requests where it speaks nothing else", () => {
    const rows = (speaks: { http: boolean; tcp: boolean }): (string | undefined)[] =>
      panels({ speaks }).filter(({ type }) => type === "row").map(({ title }) => title);
    expect(rows({ http: true, tcp: true })).toEqual(["Requests, by revision", "Connections, by revision", "Versions", "Saturation, by pod"]);
    expect(rows({ http: false, tcp: true })).toEqual(["Connections, by revision", "Versions", "Saturation, by pod"]);
    expect(panels({ speaks: { http: false, tcp: true } }).map(({ title }) => title)).not.toContain("Share of the traffic");
  });

  test("has panels of distinct ids whose every query follows the reader's data source, revisions and interval", () => {
    const all = panels({ speaks: { http: true, tcp: true } });
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const targets = all.flatMap(({ targets: found = [] }) => found);
    expect(targets).toHaveLength(13);
    expect(new Set(targets.map(({ datasource }) => datasource.uid))).toEqual(new Set(["${datasource}"]));
    const windows = targets.flatMap(({ expr }) => expr.match(/\[[^\]]*\]/g) ?? []);
    expect(new Set(windows)).toEqual(new Set(["[$__rate_interval]"]));
    const grouped = targets.filter(({ expr }) => expr.startsWith("sum by (destination_version)"));
    expect(grouped.every(({ expr }) => expr.includes('destination_version=~"$revision"'))).toBe(true);
  });

  test("draws the limits as lines", () => {
    const lines = panels().map(({ fieldConfig, title }) => [title, fieldConfig?.defaults.thresholds?.steps.at(-1)?.value]);
    expect(Object.fromEntries(lines)).toMatchObject({ Failures: 0.05, Duration: 2000, "CPU of the request": 1, Rate: undefined });
  });

  test("lets the reader pick data source and revisions", () => {
    const { templating } = overviewDashboard(ARGS);
    expect(templating.list?.map(({ includeAll, multi, name, type }) => ({ includeAll, multi, name, type }))).toEqual([
      { name: "datasource", type: "datasource", includeAll: false, multi: false },
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

describe("the dashboard's ConfigMap", () => {
  const component: DashboardArgs = { service: "storefront", namespace: "shop", protocols: ["http", "tcp"] };

  test("is one that Grafana's sidecar finds", async () => {
    const all = await declared((opts) => new Dashboard("storefront-dashboard", component, opts));
    const { data, ...rest } = inputsOf(all, "ConfigMap");
    expect(rest).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: {
        name: "dashboard-storefront",
        namespace: "shop",
        labels: { grafana_dashboard: "1", "app.kubernetes.io/name": "storefront", "app.kubernetes.io/managed-by": "slipway" },
        annotations: { grafana_folder: "Slipway" },
      },
    });
    const expected = overviewDashboard({ ...ARGS, speaks: { http: true, tcp: true } });
    expect(data).toEqual({ "storefront.json": JSON.stringify(expected) });
  });

  test("lies in the folder and draws the limits that it is told", async () => {
    const more = { folder: "Shop", limits: { failureRatio: 0.01, p95Milliseconds: 500 }, protocols: ["grpc"] as const };
    const all = await declared((opts) => new Dashboard("storefront-dashboard", { ...component, ...more }, opts));
    const { data, metadata } = inputsOf(all, "ConfigMap");
    expect(metadata).toHaveProperty("annotations", { grafana_folder: "Shop" });
    expect(data).toEqual({ "storefront.json": JSON.stringify(overviewDashboard({ ...ARGS, limits: more.limits })) });
  });

  test("tells its address", async () => {
    const uids: string[] = [];
    await declared((opts) => new Dashboard("storefront-dashboard", component, opts).uid.apply((uid) => uids.push(uid)));
    expect(uids).toEqual(["slipway-shop-storefront"]);
  });
});
