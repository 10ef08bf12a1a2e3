import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import * as pulumi from "@pulumi/pulumi";
import { serviceLabels } from "../labels.ts";
import { objectName } from "./analysis.ts";
import { canarySpec } from "./canary.ts";
import type { CanaryArgs } from "./canary.ts";
import type { AlertProviderSpec, MetricTemplateSpec } from "./types.ts";

export interface CanaryReleaseArgs extends CanaryArgs {
  namespace: pulumi.Input<string>;
  /** Web address of Prometheus, as Flagger reaches it. */
  prometheus: string;
  /** Address of each of `alerts`, by its name; becomes a secret of the state. */
  addresses: Readonly<Record<string, pulumi.Input<string>>>;
  /** What has to be there before Flagger looks: the Deployment, its autoscaler, the gateway. */
  dependsOn: pulumi.Resource[];
}

/** What Flagger is told of one service: its Canary, what it asks Prometheus, and whom it tells. */
export class CanaryRelease extends pulumi.ComponentResource {
  constructor(name: string, args: CanaryReleaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:kubernetes:CanaryRelease", name, {}, opts);
    const { checks, namespace, prometheus, service } = args;
    const labels = serviceLabels(service);
    const flagger = (child: string, kind: string, object: string, spec: object, dependsOn: pulumi.Resource[] = []): CustomResource =>
      new CustomResource(`${name}-${child}`, {
        apiVersion: "flagger.app/v1beta1", kind, metadata: { name: object, namespace, labels }, spec,
      }, { parent: this, dependsOn });

    const templates = checks.map(({ name: check, query }) => {
      const spec: MetricTemplateSpec = { provider: { type: "prometheus", address: prometheus }, query };
      return flagger(check, "MetricTemplate", objectName(service, check), spec);
    });
    const providers = Object.entries(args.alerts).map(([alert, { channel, kind }]) => {
      const object = objectName(service, alert);
      const secret = this.address(`${name}-${alert}-address`, { name: object, namespace, labels }, args.addresses[alert]);
      const spec: AlertProviderSpec = { type: kind, ...(channel !== undefined && { channel }), secretRef: { name: object } };
      return flagger(alert, "AlertProvider", object, spec, [secret]);
    });
    flagger("canary", "Canary", service, canarySpec(args), [...args.dependsOn, ...templates, ...providers]);
    this.registerOutputs({});
  }

  private address(name: string, metadata: { name: string; namespace: pulumi.Input<string>; labels: Record<string, string> }, value: pulumi.Input<string> | undefined): Secret {
    if (value === undefined) throw new pulumi.ResourceError(`${metadata.name}: its alerts have no address; give one`, this, true);
    const data = { address: pulumi.secret(value).apply((text) => Buffer.from(text).toString("base64")) };
    return new Secret(name, { metadata, type: "Opaque", data }, { parent: this });
  }
}
