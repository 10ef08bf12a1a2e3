import * as pulumi from "@pulumi/pulumi";
import { ControlledPods } from "../kubernetes/controlled-pods.ts";
import { ControlledTraffic } from "../kubernetes/controlled-traffic.ts";
import type { Course } from "../kubernetes/flagger/analysis.ts";
import { primaryOf } from "../kubernetes/naming.ts";
import type { PodsArgs } from "../kubernetes/revision.ts";
import { mapValues } from "../map-values.ts";
import { flaggerChecks } from "../observability/flagger-checks.ts";
import type { SecretOf } from "../secrets.ts";
import type { FlaggerSettings } from "./engine-settings.ts";
import type { Strategy } from "./release-types.ts";
import { serviceLevel } from "./service-level.ts";
import type { ServiceSettings } from "./service-settings.ts";

export interface ControlledServiceArgs {
  settings: ServiceSettings;
  flagger: FlaggerSettings;
  /** The revision that the controller is given. */
  pods: PodsArgs;
  secretOf: SecretOf;
}

/** The pods and the traffic of a service whose weights Flagger owns: no Service, no route and no weight of the stack's. */
export class ControlledService extends pulumi.ComponentResource {
  readonly hosts: string[];
  /** Resolves when the API server has what Flagger works from; what answers then is Flagger's to say. */
  readonly ready: pulumi.Output<unknown>;

  constructor(name: string, args: ControlledServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:delivery:ControlledService", name, {}, opts);
    const { flagger, pods, secretOf, settings } = args;
    const { namespace, service, specification } = pods;
    const { deployment, autoscaler } = new ControlledPods(`${name}-pods`, pods, { parent: this });
    const { hosts } = new ControlledTraffic(`${name}-traffic`, {
      service,
      namespace,
      ports: specification.ports,
      traffic: settings.traffic,
      course: courseOf(name, settings.strategy, flagger, this),
      intervalSeconds: settings.rollout.dwellSeconds,
      failedChecks: flagger.failedChecks,
      unreadySeconds: flagger.unreadySeconds,
      checks: flaggerChecks({
        level: serviceLevel(service, settings),
        minimumRequests: settings.rollout.minimumRequests,
        workloads: { candidate: service, stable: primaryOf(service) },
      }),
      prometheus: flagger.prometheus,
      alerts: flagger.alerts,
      addresses: mapValues(flagger.alerts, ({ address }) => secretOf(address.secret)),
      dependsOn: [deployment, autoscaler],
    }, { parent: this });
    this.hosts = hosts;
    this.ready = deployment.id;
    this.registerOutputs({ hosts });
  }
}

function courseOf(name: string, strategy: Strategy, { checks }: FlaggerSettings, service: pulumi.Resource): Course {
  switch (strategy.kind) {
    case "canary":
      return { kind: "canary", stages: strategy.stages };
    case "blue-green":
      return { kind: "blue-green", checks };
    case "direct":
      throw new pulumi.ResourceError(`services.${name}.strategy.kind: has no candidate for Flagger to judge, got "direct"; choose canary or blue-green`, service, true);
    default:
      return strategy satisfies never;
  }
}
