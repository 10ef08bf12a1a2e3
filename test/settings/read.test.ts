import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { INSTRUCTIONS } from "../../settings/instructions.ts";
import { readSettings } from "../../settings/index.ts";
import { PLANNED_AT } from "../../settings/planned-at.ts";
import { BASE, changed, SECRETS } from "./base.ts";
import type { Changes } from "./base.ts";

const KEY = "0123456789abcdef0123456789abcdef";
const VALUES: Readonly<Record<string, string>> = { npmToken: "canary-npm", databaseUrl: "canary-database", fingerprintKey: KEY };

function configure(changes: Changes = {}, secrets: readonly string[] = SECRETS, values = VALUES): void {
  const plain = Object.entries(changed(BASE, changes)).map(([key, value]) => [key.includes(":") ? key : `slipway:${key}`, typeof value === "string" ? value : JSON.stringify(value)]);
  const encrypted = secrets.map((key) => [`slipway:${key}`, values[key] ?? "canary-other"]);
  pulumi.runtime.setAllConfig(Object.fromEntries([...plain, ...encrypted]), secrets.map((key) => `slipway:${key}`));
}

function refusal(): pulumi.RunError {
  try {
    readSettings();
  } catch (error) {
    if (error instanceof pulumi.RunError) return error;
    throw error;
  }
  throw new Error("the settings were accepted");
}

beforeEach(() => {
  pulumi.runtime.setMocks({ newResource: ({ name }) => ({ id: name, state: {} }), call: () => ({}) }, "slipway", "production");
  configure();
});

afterEach(() => {
  Reflect.deleteProperty(process.env, INSTRUCTIONS);
  Reflect.deleteProperty(process.env, PLANNED_AT);
});

describe("the settings of a stack", () => {
  test("are its sections, its owner, its name and no instruction", () => {
    const { owner, stack, instructions, repositories, services, declared } = readSettings();
    expect({ owner, stack, instructions, repositories: Object.keys(repositories), services: Object.keys(services), namespaces: [...declared.namespaces] }).toEqual({
      owner: "acme", stack: "production", instructions: [], repositories: ["shop", "legacy"], services: ["shop", "cart"], namespaces: ["shop", "tools"],
    });
  });

  test("give secrets as Outputs that stay secret", async () => {
    const output = readSettings().secretOf("npmToken");
    const [isSecret, value] = await Promise.all([pulumi.isSecret(output), new Promise((resolve) => { output.apply(resolve); })]);
    expect([isSecret, value]).toEqual([true, "canary-npm"]);
  });

  test("trap 13: refuse a section with an encrypted value in it, of which requireObject would give the plain text", () => {
    configure({ repositories: undefined }, [...SECRETS, "repositories"], { ...VALUES, repositories: JSON.stringify(BASE.repositories) });
    expect(refusal().message).toBe(
      "repositories: has an encrypted value in it; set that value with pulumi config set --secret slipway:<key> and name it here as { secret: <key> }",
    );
  });

  test("throw one RunError, which the engine shows without a stack trace, with all problems", () => {
    configure({ "github:owner": "-", "services.shop.user": 0 }, ["npmToken", "fingerprintKey"]);
    process.env[INSTRUCTIONS] = "[{}]";
    expect(refusal().message.split("\n")).toEqual([
      'github:owner: is not the name of a GitHub organisation or user, got "-"; use 1 to 39 letters, digits and single dashes, no dash first or last',
      "services.shop.user: is not a whole number from 1 to 4294967294, got 0; write the user's number without quotes",
      "SLIPWAY_INSTRUCTIONS[0].action: is missing; write one of advance, release, promote, rollback, hold, resume, clear",
    ]);
  });
});

describe("the moment of an update", () => {
  test("is now, or that of the reviewed plan", () => {
    const before = Date.now();
    expect(readSettings().now.getTime()).toBeGreaterThanOrEqual(before);
    process.env[PLANNED_AT] = "2026-11-21T20:00:00.000Z";
    expect(readSettings().now).toEqual(new Date("2026-11-21T20:00:00.000Z"));
  });

  test.each(["tomorrow", "2026-11-21", "2026-11-21T20:00:00Z", "2026-13-01T00:00:00.000Z"])("is refused as %s", (text) => {
    process.env[PLANNED_AT] = text;
    expect(refusal().message).toBe(`SLIPWAY_PLANNED_AT: is not a moment in UTC to the millisecond, got "${text}"; leave it to slipway up, or write one such as 2026-11-21T20:00:00.000Z`);
  });
});

describe("a fingerprint", () => {
  test("is the keyed hash of a secret's value and changes with the value and with the key", () => {
    const first = readSettings().fingerprint("databaseUrl");
    configure({}, SECRETS, { ...VALUES, databaseUrl: "another" });
    const second = readSettings().fingerprint("databaseUrl");
    configure({}, SECRETS, { ...VALUES, fingerprintKey: KEY.toUpperCase() });
    const third = readSettings().fingerprint("databaseUrl");
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set([first, second, third]).size).toBe(3);
  });

  test("needs a key that cannot be guessed", () => {
    configure({}, SECRETS, { ...VALUES, fingerprintKey: "short" });
    expect(refusal().message).toBe(
      "secrets.fingerprintKey: has fewer than 32 characters; run openssl rand -hex 32 | pulumi config set --secret slipway:fingerprintKey",
    );
  });
});

describe("instructions", () => {
  test("come through the environment for one update", () => {
    const instructions = [{ action: "advance", service: "shop", id: "r0123456789", stage: 25 }, { action: "rollback", service: "cart", id: "r9876543210", reason: "errors" }];
    process.env[INSTRUCTIONS] = JSON.stringify(instructions);
    expect(readSettings().instructions).toEqual(instructions);
  });

  test.each<[string, string, string]>([
    ["no JSON", "promote", 'SLIPWAY_INSTRUCTIONS: is not JSON, got "promote"; write a list such as [{"action":"promote","service":"shop","id":"r0123456789"}]'],
    ["no list", "{}", "SLIPWAY_INSTRUCTIONS: is not a list, got {}; write one item a line, each after a dash"],
    ["of an unknown action", '[{"action":"promot"}]', 'SLIPWAY_INSTRUCTIONS[0].action: is none of advance, release, promote, rollback, hold, resume, clear, got "promot"; write promote'],
    ["without its stage", '[{"action":"advance","service":"shop","id":"r0"}]', "SLIPWAY_INSTRUCTIONS[0].stage: is missing; write the candidate's per cent without quotes"],
    ["with a key too many", '[{"action":"promote","service":"shop","id":"r0","stage":5}]', "SLIPWAY_INSTRUCTIONS[0].stage: is not a setting; remove it, or use one of action, service, id"],
    ["without a reason", '[{"action":"rollback","service":"shop","id":"r0"}]', "SLIPWAY_INSTRUCTIONS[0].reason: is missing; write such a text, in quotes where it looks like a number"],
    ["for a service that is not declared", '[{"action":"promote","service":"shopp","id":"r0"}]', 'SLIPWAY_INSTRUCTIONS[0].service: is no service of this stack, got "shopp"; use shop, cart'],
  ])("are refused when they are %s", (_, text, line) => {
    process.env[INSTRUCTIONS] = text;
    expect(refusal().message).toBe(line);
  });
});
