import { Config, runtime } from "@pulumi/pulumi";
import type { Output } from "@pulumi/pulumi";
import { PROJECT } from "./section.ts";
import type { RawConfig } from "./section.ts";

/** The stack's config as the engine hands it over. */
export interface StackConfig {
  /** Full key → text; encrypted values are left out. */
  raw: RawConfig;
  /** Full keys of the encrypted values. */
  secretKeys: ReadonlySet<string>;
}

export function readConfig(): StackConfig {
  const all = Object.entries(runtime.allConfig());
  const secretKeys = new Set(all.map(([key]) => key).filter(isSecret));
  return { raw: Object.fromEntries(all.filter(([key]) => !secretKeys.has(key))), secretKeys };
}

/** A secret's value, marked secret for ever; throws when it is not set, which the settings have ruled out for all keys that they name. */
export function secretOf(key: string): Output<string> {
  return new Config(PROJECT).requireSecret(key);
}

/** A secret's plain value, for what is computed inside settings and does not show it. */
export function plainSecret(key: string): string {
  return runtime.getConfig(`${PROJECT}:${key}`) ?? "";
}

// The runtime exports this function and leaves it out of its types; without it no value could be told from a secret.
function isSecret(key: string): boolean {
  const exported: object = runtime;
  if (!("isConfigSecret" in exported) || typeof exported.isConfigSecret !== "function") {
    throw new TypeError("@pulumi/pulumi: does not say which config keys are secret; use the version in package.json");
  }
  return exported.isConfigSecret(key) === true;
}
