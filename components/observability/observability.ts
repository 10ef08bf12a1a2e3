import { ComponentResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input } from "@pulumi/pulumi";
import type { DashboardPlace } from "./dashboard-place.ts";
import { Dashboards } from "./dashboards.ts";
import { serviceDashboards } from "./dashboards/index.ts";
import { Monitoring } from "./monitoring.ts";
import { Rules } from "./rules.ts";
import type { ServiceLevel } from "./service-level.ts";

export interface ObservabilityArgs {
  level: ServiceLevel;
  /** The service's namespace, which has to exist first. */
  namespace: Input<string>;
  /** Names of the ports that the Service offers: those of the stable revision. */
  servicePorts: readonly string[];
  /** Where its dashboards go. @default the sidecar's folder "Slipway" */
  place?: DashboardPlace | undefined;
}

/** How one service is watched. */
export class Observability extends ComponentResource {
  constructor(name: string, { level, namespace, place, servicePorts }: ObservabilityArgs, opts?: ComponentResourceOptions) {
    super("slipway:observability:Observability", name, {}, opts);
    const { service } = level;
    // What its dashboards were before there were several of them.
    const before = { type: "slipway:observability:Dashboard" };
    const aliases = opts?.parent ? [before, { ...before, parent: opts.parent }] : [before];
    new Dashboards(`${service}-dashboard`, { subject: service, dashboards: serviceDashboards(level), namespace, place }, { parent: this, aliases });
    new Rules(`${service}-rules`, { level, namespace }, { parent: this });
    if (level.metrics !== undefined) new Monitoring(`${service}-monitoring`, { service, metrics: level.metrics, namespace, servicePorts }, { parent: this });
    this.registerOutputs({});
  }
}
