import * as z from "zod";
import type { SecretReference } from "../../components/secrets.ts";
import { NOT_AN_ADDRESS, text, whole } from "./scalars.ts";

const references = new WeakSet<object>();

/** Whether a parsed value came from one of the schemas below, and not from a map that happens to look like it. */
export function isSecretReference(value: unknown): value is SecretReference {
  return typeof value === "object" && value !== null && references.has(value);
}

function remembered<T extends object>(value: T): T {
  references.add(value);
  return value;
}

const NOT_A_KEY = "is not the config key of a secret";
export const NOT_A_VARIABLE = "is not the name of an environment variable in capital letters";
const NOT_A_REFERENCE = "is not a reference to a secret";

/** Complaints whose value is never shown: someone may have typed the secret itself, or an address with a password in it. */
export const SECRETIVE: ReadonlySet<string> = new Set([NOT_A_KEY, NOT_A_REFERENCE, NOT_A_VARIABLE, NOT_AN_ADDRESS]);

/** A key of the stack's config, without the project's namespace. */
export const secretKey = text(
  /^(?!__proto__$)[A-Za-z_][A-Za-z0-9_-]{0,99}$/,
  NOT_A_KEY,
  "use letters, digits, dashes and underscores, a letter first, without slipway: before it",
);

const configured = z.strictObject(
  { secret: secretKey.describe("The config key that holds the value; set it with `pulumi config set --secret slipway:<key>`") },
  { error: ({ code }) => (code === "invalid_type" ? `${NOT_A_REFERENCE}; write { secret: <config key> }` : undefined) },
);

const generated = z.strictObject({
  generate: z.strictObject({
    length: whole(16, 128, "characters").describe("Characters, letters and digits"),
    rotate: z.string().min(1).max(100).optional().describe("Any text; another text makes another password"),
  }).describe("A password that the stack makes and keeps"),
});

/** A secret that people set. */
export const configuredSecret = configured
  .overwrite(remembered)
  .meta({ id: "ConfiguredSecret", description: "Names the config key that holds the secret" });

/** A secret that people set, or one that the stack makes and keeps. */
export const secretReference = z
  .union([configured, generated], `${NOT_A_REFERENCE}; write { secret: <config key> } or { generate: { length: 32 } }`)
  .overwrite(remembered)
  .meta({ id: "SecretReference", description: "Names the config key that holds the secret, or lets the stack make one" });
