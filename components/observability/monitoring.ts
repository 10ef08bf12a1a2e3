import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { ComponentResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input } from "@pulumi/pulumi";
import { monitor } from "./monitors.ts";
import type { MetricsSettings } from "./service-level.ts";

export interface MonitoringArgs {
  service: string;
  metrics: MetricsSettings;
  /** Names of the ports that the Service offers. */
  servicePorts: readonly string[];
  /** The service's namespace, which has to exist first; Prometheus' selectors of monitors have to cover it. */
  namespace: Input<string>;
}

/** How Prometheus reads the application's own metrics. */
export class Monitoring extends ComponentResource {
  constructor(name: string, { metrics, namespace, service, servicePorts }: MonitoringArgs, opts?: ComponentResourceOptions) {
    super("slipway:observability:Monitoring", name, {}, opts);
    const { kind, spec } = monitor(service, metrics, servicePorts);
    new CustomResource(`${name}-${kind === "ServiceMonitor" ? "service" : "pods"}`, {
      apiVersion: "monitoring.coreos.com/v1",
      kind,
      metadata: { name: service, namespace, labels: { "app.kubernetes.io/name": service, "app.kubernetes.io/managed-by": "slipway" } },
      spec,
    }, { parent: this });
    this.registerOutputs({});
  }
}
