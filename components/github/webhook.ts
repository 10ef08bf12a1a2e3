import { RepositoryWebhook } from "@pulumi/github/repositoryWebhook.js";
import { ComponentResource, secret } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input, Output } from "@pulumi/pulumi";
import { secretValue } from "../secrets.ts";
import type { ConfiguredSecret, SecretOf, SecretReference } from "../secrets.ts";
import type { WebhookEvent } from "./webhook-events.ts";

export interface WebhookSettings {
  /** Where it is sent; a secret where the address itself grants access, as Slack's does. */
  url: string | ConfiguredSecret;
  /** What the receiver checks the signature with. */
  secret: SecretReference;
  contentType: "json" | "form";
  /** At least one. */
  events: WebhookEvent[];
  active: boolean;
}

export interface WebhookArgs {
  /** Name of the repository, without its owner. */
  repository: Input<string>;
  settings: WebhookSettings;
  secretOf: SecretOf;
}

/** A webhook with a signing secret. Its certificate is always checked. */
export class Webhook extends ComponentResource {
  /** The signing secret, for the receiver's configuration; marked secret. */
  readonly secret: Output<string>;

  constructor(name: string, args: WebhookArgs, opts?: ComponentResourceOptions) {
    super("slipway:github:Webhook", name, {}, opts);
    const { repository, settings, secretOf } = args;
    this.secret = secret(secretValue(`${name}-secret`, settings.secret, secretOf, { parent: this }));
    new RepositoryWebhook(
      `${name}-webhook`,
      {
        repository,
        events: settings.events,
        active: settings.active,
        configuration: {
          url: typeof settings.url === "string" ? settings.url : secretOf(settings.url.secret),
          contentType: settings.contentType,
          insecureSsl: false,
          secret: this.secret,
        },
      },
      // A repository's new name replaces it, and GitHub takes an address only once.
      { parent: this, deleteBeforeReplace: true },
    );
    this.registerOutputs();
  }
}
