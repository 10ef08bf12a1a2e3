import * as pulumi from "@pulumi/pulumi";
import { CanaryRelease } from "./flagger/canary-release.ts";
import type { CanaryReleaseArgs } from "./flagger/canary-release.ts";
import { gatewayProblem } from "./gateway-port.ts";
import { doors, guards } from "./guards.ts";
import { publicHosts } from "./traffic-settings.ts";

/** The traffic of a service whose weights Flagger owns: its doors, its guards, and what Flagger makes Service and routes from. */
export class ControlledTraffic extends pulumi.ComponentResource {
  /** Names under which the service is reached from outside; none where it is reached inside the mesh only. */
  readonly hosts: string[];

  constructor(name: string, args: CanaryReleaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:kubernetes:ControlledTraffic", name, {}, opts);
    const { service, traffic, ports } = args;
    const problem = gatewayProblem(service, traffic.exposure, ports);
    if (problem !== undefined) throw new pulumi.ResourceError(problem, this, true);
    const open = doors(name, args, this);
    new CanaryRelease(`${name}-flagger`, { ...args, dependsOn: [...args.dependsOn, ...open] }, { parent: this });
    guards(name, args, this);
    this.hosts = publicHosts(traffic);
    this.registerOutputs({ hosts: this.hosts });
  }
}
