import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import * as pulumi from "@pulumi/pulumi";
import { dashboardText } from "./dashboards/index.ts";
import type { DeliveredDashboard } from "./dashboards/index.ts";
import { sizeProblem } from "./dashboards/size.ts";

export interface DashboardsArgs {
  /** What they are about: the label `app.kubernetes.io/name`. */
  subject: string;
  dashboards: readonly DeliveredDashboard[];
  /** Where the ConfigMaps lie: the sidecar of Grafana has to look into all namespaces. */
  namespace: pulumi.Input<string>;
  /** Grafana's folder. @default "Slipway" */
  folder?: string | undefined;
}

/**
 * One ConfigMap a dashboard, which Grafana's sidecar (`grafana_dashboard: "1"`) loads. The first has the component's own name.
 * @throws ResourceError where one is larger than a ConfigMap may be
 */
export class Dashboards extends pulumi.ComponentResource {
  constructor(name: string, { dashboards, folder = "Slipway", namespace, subject }: DashboardsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:observability:Dashboards", name, {}, opts);
    const files = dashboards.map(({ document, key, title, uid }) => ({ key, title, uid, text: dashboardText(document) }));
    const problems = files.flatMap(({ text, title }) => sizeProblem(title, text) ?? []);
    if (problems.length > 0) throw new pulumi.ResourceError(problems.join("\n"), this, true);
    for (const [index, { key, text, uid }] of files.entries()) {
      new ConfigMap(index === 0 ? `${name}-map` : `${name}-${key}-map`, {
        metadata: {
          name: `dashboard-${key}`,
          namespace,
          labels: { grafana_dashboard: "1", "app.kubernetes.io/name": subject, "app.kubernetes.io/managed-by": "slipway" },
          annotations: { grafana_folder: folder },
        },
        // The sidecar puts the files of all namespaces into one folder: the uid is unique there.
        data: { [`${uid}.json`]: text },
      }, { parent: this });
    }
    this.registerOutputs({});
  }
}
