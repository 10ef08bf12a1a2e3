import { createHash } from "node:crypto";
import type { Input, Resource } from "@pulumi/pulumi";
import { secretValue } from "../secrets.ts";
import type { SecretOf, SecretReference } from "../secrets.ts";
import type { Revision, RevisionRecord } from "./release-types.ts";
import { canonicalJson } from "./revision-id.ts";

export interface SecretSources {
  service: string;
  /** The revision that the configuration asks for: its config secrets exist. */
  desired: Revision;
  secretOf: SecretOf;
  parent: Resource;
}

/**
 * The values of a revision's secrets. Generated ones are held once a service and reference, while any revision needs them. A config
 * secret that the configuration no longer names may be gone; the revision's Secret then keeps what it has.
 */
export class RevisionSecrets {
  readonly #sources: SecretSources;
  readonly #generated = new Map<string, Input<string>>();

  constructor(sources: SecretSources) {
    this.#sources = sources;
  }

  of({ specification }: RevisionRecord): Record<string, Input<string>> {
    return Object.fromEntries(Object.entries(specification.secrets).flatMap(([name, reference]) => {
      const value = this.#value(name, reference);
      return value === undefined ? [] : [[name, value]];
    }));
  }

  #value(name: string, reference: SecretReference): Input<string> | undefined {
    const { service, secretOf, parent } = this.#sources;
    if ("secret" in reference) return this.#known().has(reference.secret) ? secretOf(reference.secret) : undefined;
    const resource = `${service}-${name}-${hash(reference)}`;
    const held = this.#generated.get(resource) ?? secretValue(resource, reference, secretOf, { parent });
    this.#generated.set(resource, held);
    return held;
  }

  #known(): Set<string> {
    return new Set(Object.values(this.#sources.desired.specification.secrets).flatMap((reference) => ("secret" in reference ? [reference.secret] : [])));
  }
}

function hash(reference: SecretReference): string {
  return createHash("sha256").update(canonicalJson(reference)).digest("hex").slice(0, 6);
}
