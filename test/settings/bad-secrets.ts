import type { Bad } from "./base.ts";

const R = "repositories.shop";
const S = "services.shop";

export const secrets: readonly Bad[] = [
  {
    name: "a secret that is not set",
    changes: {},
    secrets: ["databaseUrl", "fingerprintKey"],
    lines: [
      "secrets.npmToken: is needed by repositories.shop.secrets.NPM_TOKEN and is not set; run pulumi config set --secret slipway:npmToken",
    ],
  },
  {
    name: "a secret of a service that is not set",
    changes: {},
    secrets: ["npmToken", "fingerprintKey"],
    lines: [
      "secrets.databaseUrl: is needed by services.shop.secrets.DATABASE_URL and is not set; run pulumi config set --secret slipway:databaseUrl",
    ],
  },
  {
    name: "a secret that two settings need",
    changes: { [`${R}.dependabotSecrets`]: { NPM_TOKEN: { secret: "npmToken" } } },
    secrets: ["databaseUrl", "fingerprintKey"],
    lines: [
      "secrets.npmToken: is needed by repositories.shop.secrets.NPM_TOKEN and repositories.shop.dependabotSecrets.NPM_TOKEN and is not set; run pulumi config set --secret slipway:npmToken",
    ],
  },
  {
    name: "no key for the fingerprints",
    changes: {},
    secrets: ["npmToken", "databaseUrl"],
    lines: [
      "secrets.fingerprintKey: is needed by services.shop.secrets.DATABASE_URL and is not set; run pulumi config set --secret slipway:fingerprintKey",
    ],
  },
  {
    name: "a secret that stands there as plain text",
    changes: { npmToken: "canary-value" },
    secrets: ["databaseUrl", "fingerprintKey"],
    lines: [
      "secrets.npmToken: is needed by repositories.shop.secrets.NPM_TOKEN and is stored as plain text; replace it where it was issued, then run pulumi config set --secret slipway:npmToken",
    ],
  },
  {
    name: "a secret that no section names",
    changes: {},
    secrets: ["npmToken", "databaseUrl", "fingerprintKey", "npmTokn"],
    lines: [
      "npmTokn: is neither a section nor a secret that a section names; write npmToken instead",
    ],
  },
  {
    name: "a secret of the wrong name",
    changes: {},
    secrets: ["nmpToken", "databaseUrl", "fingerprintKey"],
    lines: [
      "secrets.npmToken: is needed by repositories.shop.secrets.NPM_TOKEN and is not set; run pulumi config set --secret slipway:npmToken",
      "nmpToken: is neither a section nor a secret that a section names; write npmToken instead",
    ],
  },
  {
    name: "a section with an encrypted value in it",
    changes: {},
    secrets: ["npmToken", "databaseUrl", "fingerprintKey", "repositories"],
    lines: [
      "repositories: has an encrypted value in it; set that value with pulumi config set --secret slipway:<key> and name it here as { secret: <key> }",
    ],
  },
  {
    name: "an encrypted owner",
    changes: { "github:owner": undefined },
    secrets: ["npmToken", "databaseUrl", "fingerprintKey", "github:owner"],
    lines: [
      "github:owner: is encrypted, and names of public things would be hidden with it; run pulumi config set github:owner <organisation or user>",
    ],
  },
  {
    name: "a value in place of a reference",
    changes: { [`${R}.secrets.NPM_TOKEN`]: "canary-value" },
    lines: [
      "repositories.shop.secrets.NPM_TOKEN: is not a reference to a secret; write { secret: <config key> }",
    ],
  },
  {
    name: "a value in place of a service's reference",
    changes: { [`${S}.secrets.DATABASE_URL`]: "canary-value" },
    lines: [
      "services.shop.secrets.DATABASE_URL: is not a reference to a secret; write { secret: <config key> } or { generate: { length: 32 } }",
    ],
  },
  {
    name: "a value in place of a config key",
    changes: { [`${R}.secrets.NPM_TOKEN`]: { secret: "canary value/+=" } },
    lines: [
      "repositories.shop.secrets.NPM_TOKEN.secret: is not the config key of a secret; use letters, digits, dashes and underscores, a letter first, without slipway: before it",
    ],
  },
  {
    name: "a reference with a value beside the key",
    changes: { [`${R}.secrets.NPM_TOKEN`]: { secret: "npmToken", value: "canary-value" } },
    lines: [
      "repositories.shop.secrets.NPM_TOKEN.value: is not a setting; remove it, or use one of secret",
    ],
  },
  {
    name: "a reference that is a list",
    changes: { [`${R}.secrets.NPM_TOKEN`]: ["canary-value"] },
    lines: [
      "repositories.shop.secrets.NPM_TOKEN: is not a reference to a secret; write { secret: <config key> }",
    ],
  },
  {
    name: "a reference that is null",
    changes: { [`${S}.secrets.DATABASE_URL`]: null },
    lines: [
      "services.shop.secrets.DATABASE_URL: is not a reference to a secret; write { secret: <config key> } or { generate: { length: 32 } }",
    ],
  },
  {
    name: "a reference with a typing mistake",
    changes: { [`${S}.secrets.DATABASE_URL`]: { secrt: "databaseUrl" } },
    lines: [
      "services.shop.secrets.DATABASE_URL: is not a reference to a secret; write { secret: <config key> } or { generate: { length: 32 } }",
    ],
  },
  {
    name: "secrets that are a text",
    changes: { [`${S}.secrets`]: "canary-value" },
    lines: [
      "services.shop.secrets: is not a map; write one name and its value a line",
    ],
  },
  {
    name: "a generated secret that is too short",
    changes: { [`${S}.secrets.SESSION_KEY`]: { generate: { length: 8 } } },
    lines: [
      "services.shop.secrets.SESSION_KEY.generate.length: is not a whole number from 16 to 128; write characters without quotes",
    ],
  },
  {
    name: "a generated secret without a length",
    changes: { [`${S}.secrets.SESSION_KEY`]: { generate: {} } },
    lines: [
      "services.shop.secrets.SESSION_KEY: is not a reference to a secret; write { secret: <config key> } or { generate: { length: 32 } }",
    ],
  },
  {
    name: "a generated secret in place of one that GitHub's workflows share",
    changes: { [`${R}.secrets.NPM_TOKEN`]: { generate: { length: 32 } } },
    lines: [
      "repositories.shop.secrets.NPM_TOKEN.secret: is missing; use letters, digits, dashes and underscores, a letter first, without slipway: before it",
      "repositories.shop.secrets.NPM_TOKEN.generate: is not a setting; remove it, or use one of secret",
    ],
  },
  {
    name: "a reference to a section",
    changes: { [`${R}.secrets.NPM_TOKEN`]: { secret: "services" } },
    secrets: ["databaseUrl", "fingerprintKey"],
    lines: [
      "secrets.services: is needed by repositories.shop.secrets.NPM_TOKEN and is the name of a section; choose another key",
    ],
  },
];
