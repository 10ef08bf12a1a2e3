import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import * as pulumi from "@pulumi/pulumi";
import type { SecretOf } from "../secrets.ts";
import type { AlertSettings } from "./alerting/alert-settings.ts";
import { ALERTS_SECRET, secretEntries } from "./alerting/receivers.ts";
import type { SecretEntry } from "./alerting/receivers.ts";
import { alertmanagerSpec } from "./alerting/routing.ts";

export interface AlertRoutingArgs {
  settings: AlertSettings;
  /** The namespace, which has to exist first; Alertmanager's `alertmanagerConfigNamespaceSelector` has to cover it. */
  namespace: pulumi.Input<string>;
  secretOf: SecretOf;
}

const LABELS = { "app.kubernetes.io/managed-by": "slipway" };

/** Who is told of a namespace's alerts: an AlertmanagerConfig, and the Secret with what its receivers keep to themselves. */
export class AlertRouting extends pulumi.ComponentResource {
  /** @param name the namespace's own. */
  constructor(name: string, { namespace, secretOf, settings }: AlertRoutingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:observability:AlertRouting", name, {}, opts);
    const entries = Object.entries(settings.receivers).flatMap(([receiver, given]) => Object.entries(secretEntries(receiver, given)));
    const secret = new Secret(`${name}-alerts-secret`, {
      metadata: { name: ALERTS_SECRET, namespace, labels: LABELS },
      type: "Opaque",
      data: Object.fromEntries(entries.map(([key, entry]) => [key, encoded(entry, secretOf)])),
    }, { parent: this });
    // The operator leaves out a whole AlertmanagerConfig whose Secret is not there.
    new CustomResource(`${name}-alerts`, {
      apiVersion: "monitoring.coreos.com/v1alpha1",
      kind: "AlertmanagerConfig",
      metadata: { name: "slipway", namespace, labels: LABELS },
      spec: alertmanagerSpec(settings),
    }, { parent: this, dependsOn: [secret] });
    this.registerOutputs({});
  }
}

function encoded(entry: SecretEntry, secretOf: SecretOf): pulumi.Output<string> {
  const value = "plain" in entry ? pulumi.output(entry.plain) : secretOf(entry.secret);
  return pulumi.secret(value.apply((text) => Buffer.from(text).toString("base64")));
}
