import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import * as pulumi from "@pulumi/pulumi";
import { serviceLabels } from "./labels.ts";

export interface IdentityArgs {
  service: string;
  namespace: pulumi.Input<string>;
  /** Names of the namespace's registry credentials. @default none: the images are public */
  pullSecrets?: pulumi.Input<string>[] | undefined;
}

/**
 * The service's identity in the mesh, one over all of its revisions: callers are admitted by it, so it must not change with a
 * release. No pod gets a token for the API server.
 */
export class Identity extends pulumi.ComponentResource {
  /** Name of the service account. */
  readonly serviceAccount: pulumi.Output<string>;

  constructor(name: string, args: IdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:kubernetes:Identity", name, {}, opts);
    const account = new ServiceAccount(`${name}-account`, {
      metadata: { name: args.service, namespace: args.namespace, labels: serviceLabels(args.service) },
      automountServiceAccountToken: false,
      ...(args.pullSecrets && args.pullSecrets.length > 0 && { imagePullSecrets: args.pullSecrets.map((pull) => ({ name: pull })) }),
    }, { parent: this });
    this.serviceAccount = account.metadata.name;
    this.registerOutputs({ serviceAccount: this.serviceAccount });
  }
}
