import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import * as pulumi from "@pulumi/pulumi";
import { dashboardUid, overviewDashboard } from "./dashboard-document.ts";
import type { Limits } from "./graph.ts";

export interface DashboardArgs {
  service: string;
  /** Where the service runs, and where the ConfigMap lies: the sidecar of Grafana has to look into all namespaces. */
  namespace: pulumi.Input<string>;
  /** What the service's ports speak, which decides the rows. */
  protocols: readonly ("http" | "http2" | "grpc" | "tcp")[];
  /** Lines in the graphs. @default 5 % failures, p95 of 2000 ms */
  limits?: Limits | undefined;
  /** Grafana's folder. @default "Slipway" */
  folder?: string | undefined;
}

const USUAL_LIMITS: Limits = { failureRatio: 0.05, p95Milliseconds: 2000 };

/** One overview a service, as a ConfigMap that Grafana's sidecar (`grafana_dashboard: "1"`) loads. */
export class Dashboard extends pulumi.ComponentResource {
  /** Stable over every update: `/d/<uid>` is the dashboard's address. */
  readonly uid: pulumi.Output<string>;

  constructor(name: string, args: DashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:observability:Dashboard", name, {}, opts);
    const { folder = "Slipway", limits = USUAL_LIMITS, protocols, service } = args;
    const namespace = pulumi.output(args.namespace);
    const speaks = { http: protocols.some((protocol) => protocol !== "tcp"), tcp: protocols.includes("tcp") };
    this.uid = namespace.apply((text) => dashboardUid(text, service));
    new ConfigMap(`${name}-map`, {
      metadata: {
        name: `dashboard-${service}`,
        namespace,
        labels: { grafana_dashboard: "1", "app.kubernetes.io/name": service, "app.kubernetes.io/managed-by": "slipway" },
        annotations: { grafana_folder: folder },
      },
      data: { [`${service}.json`]: namespace.apply((text) => JSON.stringify(overviewDashboard({ service, namespace: text, speaks, limits }))) },
    }, { parent: this });
    this.registerOutputs({ uid: this.uid });
  }
}
