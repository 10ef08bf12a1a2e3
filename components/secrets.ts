import type { Output, ResourceOptions } from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";

/** Where a secret's value comes from: the stack's config (`pulumi config set --secret <key>`), or a password that the stack makes and keeps. */
export type SecretReference = ConfiguredSecret | GeneratedSecret;

export interface ConfiguredSecret {
  /** The config key, without the project's namespace. */
  secret: string;
}

export interface GeneratedSecret {
  generate: {
    /** Characters, letters and digits; 16 to 128. */
    length: number;
    /** Any text; another text makes another password. @default none: it never changes */
    rotate?: string | undefined;
  };
}

/** Gives the value of a config key, marked secret for ever. */
export type SecretOf = (name: string) => Output<string>;

/** The value behind a reference. A generated one is held by the stack as the resource `name`. */
export function secretValue(name: string, reference: SecretReference, secretOf: SecretOf, opts: ResourceOptions): Output<string> {
  return "secret" in reference ? secretOf(reference.secret) : generatedSecret(name, reference, opts);
}

function generatedSecret(name: string, { generate }: GeneratedSecret, opts: ResourceOptions): Output<string> {
  const keepers = generate.rotate === undefined ? {} : { keepers: { rotate: generate.rotate } };
  return new RandomPassword(name, { length: generate.length, special: false, ...keepers }, opts).result;
}
