import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import * as pulumi from "@pulumi/pulumi";
import { byDigest } from "./by-digest.ts";
import { autoscaler, budget } from "./capacity.ts";
import { mountedFiles } from "./files.ts";
import { revisionLabels, revisionSelector } from "./labels.ts";
import { podTemplate } from "./pod.ts";
import type { RevisionSpecification } from "./specification.ts";

export interface RevisionArgs {
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

/** The pods of one revision with all that is theirs alone, named `<service>-<id>`; never changed, only added and retired. */
export class Revision extends pulumi.ComponentResource {
  /** The name under which a split sends traffic here. */
  readonly subset: string;
  readonly labels: Record<string, string>;
  /** Ready once the pods are; weight moves here after it. */
  readonly deployment: Deployment;

  constructor(name: string, args: RevisionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:kubernetes:Revision", name, {}, opts);
    const { id, service, specification } = args;
    this.subset = id;
    this.labels = revisionLabels(service, id);
    const fullName = `${service}-${id}`;
    const metadata = { name: fullName, namespace: args.namespace, labels: this.labels };
    const selector = { matchLabels: revisionSelector(service, id) };
    const child = { parent: this };

    const needed = [
      ...this.configuration(name, args),
      ...this.secret(name, args),
    ];
    this.deployment = new Deployment(`${name}-deployment`, {
      metadata,
      spec: {
        // An HPA owns the number: a value here would be sent again with every update and conflict with it.
        ...(specification.scaling.kind === "fixed" && { replicas: specification.scaling.replicas }),
        selector,
        strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: "25%" } },
        revisionHistoryLimit: 1,
        progressDeadlineSeconds: 600,
        template: podTemplate({ ...args, image: pulumi.output(args.image).apply((image) => byDigest(service, image)) }),
      },
    }, { ...child, dependsOn: needed });
    const scaler = autoscaler(fullName, specification.scaling);
    if (scaler) new HorizontalPodAutoscaler(`${name}-autoscaler`, { metadata, spec: scaler }, child);
    new PodDisruptionBudget(`${name}-budget`, { metadata, spec: { selector, ...budget(specification.disruption) } }, child);
    this.registerOutputs({ subset: this.subset, labels: this.labels });
  }

  private configuration(name: string, { service, id, namespace, specification }: RevisionArgs): ConfigMap[] {
    const files = mountedFiles(specification.files ?? {});
    const maps: ConfigMap[] = [];
    const add = (child: string, suffix: string, data: Record<string, string>): void => {
      if (Object.keys(data).length === 0) return;
      const metadata = { name: `${service}-${id}${suffix}`, namespace, labels: this.labels };
      maps.push(new ConfigMap(`${name}-${child}`, { metadata, data, immutable: true }, { parent: this }));
    };
    add("config", "", specification.environment);
    add("files", "-files", Object.fromEntries(files.map((file) => [file.key, file.text])));
    return maps;
  }

  private secret(name: string, { service, id, namespace, specification, secrets, keepSecrets }: RevisionArgs): Secret[] {
    const missing = Object.keys(specification.secrets).filter((key) => secrets[key] === undefined);
    if (missing.length > 0 && !keepSecrets) {
      const text = `services.${service}.secrets: no value was given for ${missing.join(", ")}; set each with pulumi config set --secret`;
      throw new pulumi.ResourceError(text, this, true);
    }
    if (Object.keys(specification.secrets).length === 0) return [];
    const data = Object.fromEntries(Object.keys(specification.secrets).flatMap((key) => {
      const value = secrets[key];
      return value === undefined ? [] : [[key, pulumi.secret(value).apply((text) => Buffer.from(text).toString("base64"))]];
    }));
    const metadata = { name: `${service}-${id}`, namespace, labels: this.labels };
    const ignoreChanges = keepSecrets ? ["data"] : [];
    return [new Secret(`${name}-secret`, { metadata, type: "Opaque", data, immutable: true }, { parent: this, ignoreChanges })];
  }
}
