import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { generated } from "../../settings/reference/generated.ts";
import { stackSchema } from "../../settings/reference/stack-schema.ts";
import { BASE, changed, SECRETS } from "./base.ts";

const ROOT = new URL("../../", import.meta.url);
const accepts = new Ajv({ strict: false, allErrors: true }).compile(stackSchema());

/** The good config as it stands in a stack's file. */
function stackFile(config: Readonly<Record<string, unknown>>): unknown {
  const sections = Object.entries(config).map(([key, value]) => [key.includes(":") ? key : `slipway:${key}`, value]);
  const secrets = SECRETS.map((key) => [`slipway:${key}`, { secure: "v1:abc:def" }]);
  return { encryptionsalt: "v1:abc", config: Object.fromEntries([...secrets, ...sections]) };
}

test.each(Object.keys(generated()))("%s is what the schema gives; run `node settings/generate.ts` when it is not", (path) => {
  expect(readFileSync(new URL(path, ROOT), "utf8")).toBe(generated()[path]);
});

describe("the JSON Schema of stack files", () => {
  test("accepts a good one", () => {
    accepts(stackFile(BASE));
    expect(accepts.errors).toBeNull();
  });

  test.each(["sandbox", "staging", "production"])("accepts the %s stack's", (stack) => {
    accepts(parse(readFileSync(new URL(`Pulumi.${stack}.yaml`, ROOT), "utf8")));
    expect(accepts.errors).toBeNull();
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ["an unknown section", { servces: {} }],
    ["an unknown key deep inside", { "services.shop.traffic.retry": {} }],
    ["a number that is too large", { "services.shop.ports[0].port": 65536 }],
    ["a strategy that does not exist", { "services.shop.strategy": { kind: "rolling" } }],
    ["a secret as plain text", { npmToken: "canary-value" }],
    ["a missing owner", { "github:owner": undefined }],
  ])("refuses %s", (_, changes) => {
    expect(accepts(stackFile(changed(BASE, changes)))).toBe(false);
  });
});
