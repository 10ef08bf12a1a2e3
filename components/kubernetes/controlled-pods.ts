import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import * as pulumi from "@pulumi/pulumi";
import { byDigest } from "./by-digest.ts";
import { autoscaler, budget } from "./capacity.ts";
import { controlledNaming, primaryOf, primarySelector } from "./naming.ts";
import { podTemplate } from "./pod.ts";
import { podConfiguration } from "./pod-configuration.ts";
import type { PodsArgs } from "./revision.ts";

/** Says that nobody waits for the pods: the controller starts and stops them, long after the update. */
const SKIP_AWAIT = { "pulumi.com/skipAwait": "true" };

/** The pods of the revision that is wanted, under the service's own name, for a controller that copies them and owns their number. */
export class ControlledPods extends pulumi.ComponentResource {
  /** There once the API server has taken it. */
  readonly deployment: Deployment;
  readonly autoscaler: HorizontalPodAutoscaler;

  constructor(name: string, args: PodsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:kubernetes:ControlledPods", name, {}, opts);
    const { id, namespace, service, specification } = args;
    const naming = controlledNaming(service, id);
    const metadata = { name: naming.name, namespace, labels: naming.labels };
    const scaling = autoscaler(naming.name, specification.scaling);
    if (scaling === undefined) {
      throw new pulumi.ResourceError(`services.${service}.scaling.kind: fixes a number of pods that Flagger would change, got "fixed"; write auto`, this, true);
    }
    const child = { parent: this };
    // In place and under one name: the controller copies what the pods read, and copies under other names would stay for ever.
    const needed = podConfiguration(name, { ...args, naming, immutable: false }, this);
    this.deployment = new Deployment(`${name}-deployment`, {
      metadata: { ...metadata, annotations: SKIP_AWAIT },
      spec: {
        selector: { matchLabels: naming.selector },
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: "25%" } },
        revisionHistoryLimit: 1,
        progressDeadlineSeconds: 600,
        template: podTemplate({ ...args, naming, image: pulumi.output(args.image).apply((image) => byDigest(service, image)) }),
      },
    }, { ...child, dependsOn: needed });
    this.autoscaler = new HorizontalPodAutoscaler(`${name}-autoscaler`, { metadata, spec: scaling }, child);
    new PodDisruptionBudget(`${name}-budget`, {
      metadata: { ...metadata, name: primaryOf(service) },
      spec: { selector: { matchLabels: primarySelector(service) }, ...budget(specification.disruption) },
    }, child);
    this.registerOutputs({});
  }
}
