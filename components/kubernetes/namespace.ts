import { LimitRange } from "@pulumi/kubernetes/core/v1/limitRange.js";
import { Namespace as KubernetesNamespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ResourceQuota } from "@pulumi/kubernetes/core/v1/resourceQuota.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import * as pulumi from "@pulumi/pulumi";
import type { SecretOf } from "../secrets.ts";
import { containerLimit, namespaceLabels, quotaHard } from "./bounds.ts";
import type { NamespaceSettings, PullCredentials } from "./namespace-settings.ts";
import { DENY_ALL, egressPolicy, platformPolicy } from "./network.ts";
import type { NetworkPolicySpec } from "./network.ts";

export interface NamespaceArgs {
  settings: NamespaceSettings;
  secretOf: SecretOf;
}

/** The registry Secret's name in every namespace that has one. */
const PULL_SECRET = "registry";

/** A namespace that admits no careless pod, opens no connection unasked, and bounds what its pods take. */
export class Namespace extends pulumi.ComponentResource {
  /** The namespace's name; whatever is put into it waits for the namespace. */
  readonly namespace: pulumi.Output<string>;
  /** Names of the registry credentials for the service accounts of this namespace. */
  readonly pullSecrets: pulumi.Output<string>[];

  /** @param name the namespace's own name as well: a DNS label. */
  constructor(name: string, args: NamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:kubernetes:Namespace", name, {}, opts);
    const { settings, secretOf } = args;
    const namespace = new KubernetesNamespace(`${name}-namespace`, {
      metadata: { name, labels: namespaceLabels(settings) },
    }, { parent: this, protect: settings.protect });
    this.namespace = namespace.metadata.name;

    const inside = (object: string) => ({ name: object, namespace: this.namespace, labels: { "app.kubernetes.io/managed-by": "slipway" } });
    const child = { parent: this };
    const network = (policy: string, spec: NetworkPolicySpec | undefined): void => {
      if (spec) new NetworkPolicy(`${name}-${policy}`, { metadata: inside(policy), spec }, child);
    };
    network("default-deny", DENY_ALL);
    network("platform", platformPolicy(settings));
    network("egress", egressPolicy(settings.egress));
    const hard = quotaHard(settings.quota);
    if (hard) new ResourceQuota(`${name}-quota`, { metadata: inside("quota"), spec: { hard } }, child);
    new LimitRange(`${name}-limits`, { metadata: inside("limits"), spec: { limits: [containerLimit(settings.containers)] } }, child);
    this.pullSecrets = settings.pull ? [this.credentials(name, settings.pull, secretOf)] : [];
    this.registerOutputs({ namespace: this.namespace, pullSecrets: this.pullSecrets });
  }

  private credentials(name: string, { registry, token, username }: PullCredentials, secretOf: SecretOf): pulumi.Output<string> {
    const document = secretOf(token.secret).apply((password) => {
      const auth = Buffer.from(`${username}:${password}`).toString("base64");
      return Buffer.from(JSON.stringify({ auths: { [registry]: { username, password, auth } } })).toString("base64");
    });
    return new Secret(`${name}-${PULL_SECRET}`, {
      metadata: { name: PULL_SECRET, namespace: this.namespace, labels: { "app.kubernetes.io/managed-by": "slipway" } },
      type: "kubernetes.io/dockerconfigjson",
      data: { ".dockerconfigjson": pulumi.secret(document) },
    }, { parent: this }).metadata.name;
  }
}
