import { describe, expect, test } from "@jest/globals";
import { Dashboards } from "../../../components/observability/dashboards.ts";
import { dashboardText, serviceDashboards } from "../../../components/observability/dashboards/index.ts";
import { declared, inputsOf, objects } from "../../kubernetes/declared.ts";
import { LEVEL } from "../levels.ts";

const ARGS = { subject: "storefront", namespace: "shop", dashboards: serviceDashboards(LEVEL) };

describe("a dashboard's ConfigMap", () => {
  test("is one that Grafana's sidecar finds", async () => {
    const all = await declared((opts) => new Dashboards("storefront-dashboard", ARGS, opts));
    const { data, ...rest } = inputsOf(all, "ConfigMap", "storefront-dashboard-map");
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
    expect(data).toEqual({ "slipway-shop-storefront.json": ARGS.dashboards.slice(0, 1).map(({ document }) => dashboardText(document)).join() });
  });

  test("is one for each dashboard, with a file that no other namespace has", async () => {
    const all = await declared((opts) => new Dashboards("storefront-dashboard", ARGS, opts));
    expect(objects(all)).toEqual(["ConfigMap storefront-dashboard-map", "ConfigMap storefront-dashboard-storefront.canary-map", "ConfigMap storefront-dashboard-storefront.levels-map", "ConfigMap storefront-dashboard-storefront.delivery-map"]);
    const files = ["storefront.canary", "storefront.levels"].map((key) => inputsOf(all, "ConfigMap", `storefront-dashboard-${key}-map`));
    expect(files).toMatchObject([
      { metadata: { name: "dashboard-storefront.canary" }, data: { "slipway-shop-storefront_canary.json": expect.any(String) } },
      { metadata: { name: "dashboard-storefront.levels" }, data: { "slipway-shop-storefront_levels.json": expect.any(String) } },
    ]);
  });

  test("stops the update where the dashboard is too large for it", async () => {
    const [large] = serviceDashboards({ ...LEVEL, service: "s".repeat(60) });
    if (large === undefined) throw new Error("a service has no overview");
    const document = { ...large.document, description: "é".repeat(500_001) };
    const bytes = Buffer.byteLength(dashboardText(document));
    await expect(declared((opts) => new Dashboards("large-dashboard", { ...ARGS, dashboards: [{ ...large, document }] }, opts))).rejects.toThrow(
      `dashboard "${large.title}": is too large for a ConfigMap, got ${bytes} bytes; make it 1000000 at most, in two dashboards`,
    );
  });

  test("lies in the folder that it is told", async () => {
    const all = await declared((opts) => new Dashboards("storefront-dashboard", { ...ARGS, place: { kind: "sidecar", folder: "Shop" } }, opts));
    expect(inputsOf(all, "ConfigMap", "storefront-dashboard-map").metadata).toHaveProperty("annotations", { grafana_folder: "Shop" });
  });
});
