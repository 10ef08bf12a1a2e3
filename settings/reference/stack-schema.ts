import * as z from "zod";
import { githubOwner } from "../schema/scalars.ts";
import { secretKey } from "../schema/secret.ts";
import { sectionsSchema, structuredKeys } from "../schema/settings.ts";
import { FINGERPRINT_KEY } from "../secrets.ts";
import { PROJECT } from "../section.ts";
import { walk } from "../walk.ts";
import { formsOf, isSchema, referenceOf } from "./types.ts";

export type Schema = z.core.JSONSchema.BaseSchema;

/** The sections as JSON Schema, as people write them: defaults may be left out. */
export function sectionsJson(): Schema {
  const schema: Schema = z.toJSONSchema(sectionsSchema, { io: "input", target: "draft-7" });
  const forms = formsOf(schema);
  for (const { value } of walk(schema)) if (isSchema(value)) describe(value, forms);
  return schema;
}

// The generator leaves a description out where it equals that of the form; a reader wants it at both places.
function describe(node: Schema, forms: ReadonlyMap<string, Schema>): void {
  const form = forms.get(referenceOf(node) ?? "");
  if (node.$ref === undefined && form?.description !== undefined) node.description ??= form.description;
}

/** JSON Schema of a whole `Pulumi.<stack>.yaml`. Draft 7, because editors know it best. */
export function stackSchema(): Schema {
  const { definitions = {}, properties = {} } = sectionsJson();
  const sections = Object.entries(properties).map(([name, schema]) => [`${PROJECT}:${name}`, schema]);
  const elsewhere = structuredKeys.join("|");
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Stack file of Slipway",
    type: "object",
    additionalProperties: false,
    properties: {
      config: {
        type: "object",
        description: "What this stack declares, and how its providers are reached",
        required: ["github:owner"],
        additionalProperties: false,
        properties: {
          "github:owner": { ...json(githubOwner), description: "The organisation or user that owns the repositories and the images" },
          ...Object.fromEntries(sections),
          [`${PROJECT}:${FINGERPRINT_KEY}`]: { ...SECURE, description: "At least 32 characters: the key under which secrets are fingerprinted" },
        },
        patternProperties: {
          [`^${PROJECT}:(?!(${elsewhere}|${FINGERPRINT_KEY})$)${bare(secretKey)}`]: { ...SECURE, description: "A secret that a section names" },
          "^(?!github:owner$)(github|kubernetes|docker|docker-build|random|grafana|pulumi):.+$": { description: "Read by the provider or the engine itself" },
        },
      },
      ...ENGINE,
    },
    definitions,
  };
}

const SECURE: Schema = {
  type: "object",
  required: ["secure"],
  additionalProperties: false,
  properties: { secure: { type: "string", description: "Written by `pulumi config set --secret`" } },
};

const ENGINE: Record<string, Schema> = {
  encryptionsalt: { type: "string", description: "Written by Pulumi: the salt of the passphrase" },
  encryptedkey: { type: "string", description: "Written by Pulumi: the key of a cloud's key service" },
  secretsprovider: { type: "string", description: "What encrypts the secrets" },
  environment: { description: "Pulumi ESC environments to import" },
};

function json(schema: z.ZodType): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: "draft-7" });
  return rest;
}

/** The pattern of a key without its anchor, so that it can stand behind a prefix. */
function bare(schema: z.ZodString): string {
  return String(json(schema).pattern).replace(/^\^/, "");
}
