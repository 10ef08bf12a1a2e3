import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import * as pulumi from "@pulumi/pulumi";
import { byDigest } from "./by-digest.ts";
import { autoscaler, budget } from "./capacity.ts";
import { revisionNaming } from "./naming.ts";
import { podTemplate } from "./pod.ts";
import { podConfiguration } from "./pod-configuration.ts";
import type { RevisionSpecification } from "./specification.ts";

/** What pods are made of, whoever runs them. */
export interface PodsArgs {
  /** The service's name: container, labels and the first part of every name. */
  service: string;
  namespace: pulumi.Input<string>;
  /** Identity of image, specification and secrets together; a DNS label with which `<service>-<id>` stays within 63 characters. */
  id: string;
  /** Reference by digest, `name@sha256:…`; any other is refused. */
  image: pulumi.Input<string>;
  specification: RevisionSpecification;
  /** Values of `specification.secrets`, by environment variable; they become secrets of the state whatever they were before. */
  secrets: Record<string, pulumi.Input<string>>;
  /** Keeps the Secret's last values: true for every revision that the configuration no longer describes. */
  keepSecrets: boolean;
  serviceAccount: pulumi.Input<string>;
}

export interface RevisionArgs extends PodsArgs {
  /** Seconds within which the pods have to be ready. */
  unreadySeconds: number;
}

/** The pods of one revision with all that is theirs alone, named `<service>-<id>`; never changed, only added and retired. */
export class Revision extends pulumi.ComponentResource {
  /** The name under which a split sends traffic here. */
  readonly subset: string;
  readonly labels: Record<string, string>;
  /** Ready once the pods are; weight moves here after it. */
  readonly deployment: Deployment;

  constructor(name: string, args: RevisionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:kubernetes:Revision", name, {}, opts);
    const { id, service, specification, unreadySeconds } = args;
    const naming = revisionNaming(service, id);
    this.subset = id;
    this.labels = naming.labels;
    const metadata = { name: naming.name, namespace: args.namespace, labels: this.labels };
    const selector = { matchLabels: naming.selector };
    const child = { parent: this };

    const needed = podConfiguration(name, { ...args, naming, immutable: true }, this);
    this.deployment = new Deployment(`${name}-deployment`, {
      metadata,
      spec: {
        // An HPA owns the number: a value here would be sent again with every update and conflict with it.
        ...(specification.scaling.kind === "fixed" && { replicas: specification.scaling.replicas }),
        selector,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: "25%" } },
        revisionHistoryLimit: 1,
        progressDeadlineSeconds: unreadySeconds,
        template: podTemplate({ ...args, naming, image: pulumi.output(args.image).apply((image) => byDigest(service, image)) }),
      },
    }, { ...child, dependsOn: needed, customTimeouts: within(unreadySeconds) });
    const scaler = autoscaler(naming.name, specification.scaling);
    if (scaler) new HorizontalPodAutoscaler(`${name}-autoscaler`, { metadata, spec: scaler }, child);
    new PodDisruptionBudget(`${name}-budget`, { metadata, spec: { selector, ...budget(specification.disruption) } }, child);
    this.registerOutputs({ subset: this.subset, labels: this.labels });
  }
}

/** The provider waits a little longer than the cluster, so that its error has the cluster's reason. */
function within(seconds: number): pulumi.CustomTimeouts {
  const limit = `${seconds + 5}s`;
  return { create: limit, update: limit };
}
