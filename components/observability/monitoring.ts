import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { ComponentResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input } from "@pulumi/pulumi";
import { monitor } from "./monitors.ts";
import type { ServiceLevel } from "./service-level.ts";

export interface MonitoringArgs {
  level: ServiceLevel;
  /** Names of the ports that the Service offers. */
  servicePorts: readonly string[];
  /** The service's namespace, which has to exist first; Prometheus' selectors of monitors have to cover it. */
  namespace: Input<string>;
}

/** How Prometheus reads the application's own metrics; nothing where it has none. */
export class Monitoring extends ComponentResource {
  constructor(name: string, { level, namespace, servicePorts }: MonitoringArgs, opts?: ComponentResourceOptions) {
    super("slipway:observability:Monitoring", name, {}, opts);
    const { service } = level;
    const made = monitor(level, servicePorts);
    if (made !== undefined) {
      new CustomResource(`${name}-${made.kind === "ServiceMonitor" ? "service" : "pods"}`, {
        apiVersion: "monitoring.coreos.com/v1",
        kind: made.kind,
        metadata: { name: service, namespace, labels: { "app.kubernetes.io/name": service, "app.kubernetes.io/managed-by": "slipway" } },
        spec: made.spec,
      }, { parent: this });
    }
    this.registerOutputs({});
  }
}
