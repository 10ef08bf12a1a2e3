import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import * as pulumi from "@pulumi/pulumi";
import type { DashboardPlace } from "./dashboard-place.ts";
import { dashboardText } from "./dashboards/index.ts";
import type { DeliveredDashboard } from "./dashboards/index.ts";
import { sizeProblem } from "./dashboards/size.ts";
import { USUAL_GRAFANA } from "./grafana-settings.ts";

export interface DashboardsArgs {
  /** What they are about: the label `app.kubernetes.io/name`. */
  subject: string;
  dashboards: readonly DeliveredDashboard[];
  /** Where the ConfigMaps lie: the sidecar of Grafana has to look into all namespaces. */
  namespace: pulumi.Input<string>;
  /** @default the sidecar's folder "Slipway" */
  place?: DashboardPlace | undefined;
}

/**
 * One ConfigMap a dashboard, which Grafana's sidecar (`grafana_dashboard: "1"`) loads, or one dashboard in Grafana itself. The first has the
 * component's own name.
 * @throws ResourceError where one is larger than a ConfigMap may be
 */
export class Dashboards extends pulumi.ComponentResource {
  constructor(name: string, { dashboards, namespace, place = USUAL_GRAFANA, subject }: DashboardsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:observability:Dashboards", name, {}, opts);
    const files = dashboards.map(({ document, key, title, uid }) => ({ key, title, uid, text: dashboardText(document) }));
    const problems = files.flatMap(({ text, title }) => sizeProblem(title, text) ?? []);
    if (place.kind === "sidecar" && problems.length > 0) throw new pulumi.ResourceError(problems.join("\n"), this, true);
    for (const [index, { key, text, uid }] of files.entries()) {
      const own = index === 0 ? name : `${name}-${key}`;
      if (place.kind === "api") place.put(own, { text, parent: this });
      else new ConfigMap(`${own}-map`, {
        metadata: {
          name: `dashboard-${key}`,
          namespace,
          labels: { grafana_dashboard: "1", "app.kubernetes.io/name": subject, "app.kubernetes.io/managed-by": "slipway" },
          annotations: { grafana_folder: place.folder },
        },
        // The sidecar puts the files of all namespaces into one folder: the uid is unique there.
        data: { [`${uid}.json`]: text },
      }, { parent: this });
    }
    this.registerOutputs({});
  }
}
