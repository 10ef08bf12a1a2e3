import { describe, expect, test } from "@jest/globals";
import { Dashboards } from "../../../components/observability/dashboards.ts";
import { dashboardText, serviceDashboards } from "../../../components/observability/dashboards/index.ts";
import { declared, inputsOf } from "../../kubernetes/declared.ts";
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
    expect(data).toEqual({ "storefront.json": ARGS.dashboards.slice(0, 1).map(({ document }) => dashboardText(document)).join() });
  });

  test("lies in the folder that it is told", async () => {
    const all = await declared((opts) => new Dashboards("storefront-dashboard", { ...ARGS, folder: "Shop" }, opts));
    expect(inputsOf(all, "ConfigMap", "storefront-dashboard-map").metadata).toHaveProperty("annotations", { grafana_folder: "Shop" });
  });
});
