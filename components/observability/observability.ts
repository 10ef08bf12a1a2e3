import { ComponentResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input } from "@pulumi/pulumi";
import { Dashboard } from "./dashboard.ts";
import { Rules } from "./rules.ts";
import type { ServiceLevel } from "./service-level.ts";

export interface ObservabilityArgs {
  level: ServiceLevel;
  /** The service's namespace, which has to exist first. */
  namespace: Input<string>;
}

/** How one service is watched. */
export class Observability extends ComponentResource {
  constructor(name: string, { level, namespace }: ObservabilityArgs, opts?: ComponentResourceOptions) {
    super("slipway:observability:Observability", name, {}, opts);
    const { service, protocols, limits } = level;
    const shown = { failureRatio: limits.errorPercent / 100, p95Milliseconds: limits.p95Milliseconds };
    new Dashboard(`${service}-dashboard`, { service, namespace, protocols, limits: shown }, { parent: this, aliases: opts?.parent ? [{ parent: opts.parent }] : [] });
    new Rules(`${service}-rules`, { level, namespace }, { parent: this });
    this.registerOutputs({});
  }
}
