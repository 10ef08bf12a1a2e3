import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse } from "yaml";
import * as z from "zod";
import { kubectlReader } from "../../../operations/adopt/namespace/read-kubectl.ts";
import { sandboxReader } from "../../../operations/adopt/namespace/read-sandbox.ts";
import { secretKeyOf } from "../../../operations/adopt/secret-key.ts";
import { smallest } from "../../../operations/adopt/smallest.ts";
import { configurationText, declaredAlready, holdsKey, ownerIn, repositoriesIn, withEntries } from "../../../operations/adopt/stack-yaml.ts";
import { adoptionText, takenText } from "../../../operations/adopt/text.ts";
import { together } from "../../../operations/adopt/together.ts";
import type { Entry } from "../../../operations/adopt/types.ts";
import { secretKey } from "../../../settings/schema/secret.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-adopt-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shop: Entry = { section: "repositories", name: "shop", settings: { description: "yes: a shop", origin: { kind: "existing" } } };

describe("the smallest settings", () => {
  const schema = z.strictObject({
    a: z.number().default(1), b: z.strictObject({ c: z.array(z.number()).default([]), d: z.string().optional() }).prefault({}), e: z.array(z.strictObject({ f: z.boolean().default(true), g: z.string() })).default([]),
  });
  const given = fc.record({
    a: fc.integer({ min: 0, max: 2 }), b: fc.record({ c: fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 2 }), d: fc.option(fc.constantFrom("x", "y"), { nil: undefined }) }),
    e: fc.array(fc.record({ f: fc.boolean(), g: fc.constantFrom("", "h") }), { maxLength: 2 }),
  });

  test("mean the same, and lose it with every key less", () => {
    fc.assert(fc.property(given, (settings) => {
      const small = smallest(schema, settings);
      expect(schema.parse(small)).toEqual(schema.parse(settings));
      for (const key of Object.keys(small)) expect(schema.safeParse({ ...small, [key]: undefined }).data).not.toEqual(schema.parse(settings));
    }));
  });

  test("keep the order of their keys", () => {
    expect(Object.keys(smallest(schema, { e: [{ f: false, g: "x" }], b: { c: [1] }, a: 2 }))).toEqual(["e", "b", "a"]);
  });
});

describe("a config key", () => {
  test.each([[["shop", "production", "NPM_TOKEN"], "shopProductionNpmToken"], [["my-shop", "Slack webhook"], "myShopSlackWebhook"], [["2fa", "x"], "secret2faX"], [["a".repeat(200)], "a".repeat(100)]])("of %j is %s", (parts, key) => {
    expect(secretKeyOf(...parts)).toBe(key);
  });

  test("is one whatever it is made of", () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1, maxLength: 4 }), (parts) => secretKey.safeParse(secretKeyOf(...parts)).success));
  });
});

describe("a stack's file", () => {
  const file = "# the stack\nconfig:\n  github:owner: acme # the owner\n  slipway:repositories:\n    # the web\n    web: {}\n  slipway:key: {secure: v1}\nencryptionsalt: v1:x\n";

  test("gets the entries and keeps everything else, comments included", () => {
    const text = withEntries(file, [shop, { section: "services", name: "api", settings: { namespace: "a" } }]);
    for (const line of ["# the stack", "# the owner", "# the web", "encryptionsalt: v1:x"]) expect(text).toContain(line);
    expect(parse(text).config["slipway:repositories"]).toEqual({ web: {}, shop: shop.settings });
    expect(parse(text).config["slipway:services"]).toEqual({ api: { namespace: "a" } });
  });

  test("tells what it has", () => {
    expect(declaredAlready(file, [shop, { ...shop, name: "web" }])).toEqual(["repositories.web"]);
    expect([...repositoriesIn(file)]).toEqual(["web"]);
    expect([ownerIn(file), ownerIn("config: {}\n"), repositoriesIn("config: {}\n").size]).toEqual(["acme", undefined, 0]);
    expect([holdsKey(file, "key"), holdsKey(file, "other")]).toEqual([true, false]);
  });

  test("that is no YAML is refused", () => {
    expect(() => withEntries("a: [", [shop])).toThrow();
  });

  test("of nothing is the entries alone", () => {
    expect(configurationText([shop])).toBe("config:\n  slipway:repositories:\n    shop:\n      description: \"yes: a shop\"\n      origin:\n        kind: existing\n");
  });
});

describe("what is said", () => {
  const adoption = { entries: [shop], secrets: [{ key: "k", path: "repositories.shop.secrets.K" }, { key: "k", path: "repositories.shop.secrets.K" }], unmanaged: [{ path: "repositories.shop.deployKeys", what: "has one", todo: "leave it" }] };

  test("names what stays, the values that are needed, and the next step", () => {
    expect(adoptionText(adoption, { stack: "production", write: true })).toBe([
      "repositories.shop: read; nothing was changed but Pulumi.production.yaml", "", "What stays as it is, or comes to differ:", "  repositories.shop.deployKeys: has one; leave it", "",
      "Values that nobody can read back; give each as it is now:", "  pulumi config set --secret slipway:k --stack production   # repositories.shop.secrets.K", "", "Then: npm run slipway -- adopt import --stack production",
    ].join("\n"));
  });

  test("is short where there is nothing to do", () => {
    expect(adoptionText({ entries: [shop], secrets: [], unmanaged: [] }, { stack: "s", sandbox: true })).toBe("repositories.shop: read; nothing was changed\n\nThen: npm run slipway -- adopt import --stack s --sandbox");
    expect(takenText({ imported: 0, remaining: [] })).toBe("The state had everything already.\nThe next update changes nothing.\n");
    expect(takenText({ imported: 3, remaining: ["update x y"] })).toBe("The state has 3 more resources; nothing else was changed.\nThe next update would change 1:\n  update x y\n");
  });

  test("two values under one key are refused", () => {
    expect(together([adoption, adoption]).entries).toEqual([shop, shop]);
    expect(() => together([adoption, { ...adoption, secrets: [{ key: "k", path: "services.shop.secrets.K" }] }])).toThrow(
      "secrets.k: would hold the values of repositories.shop.secrets.K and services.shop.secrets.K; adopt them one after the other and rename one of the keys",
    );
  });
});

describe("a reader", () => {
  const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "s" }, data: { KEY: "dmFsdWU=" } };

  test("of the embedded cloud reads its documents, without the values of secrets", async () => {
    const place = join(folder, "cloud", "kubernetes", "shop");
    mkdirSync(join(place, "secret"), { recursive: true });
    writeFileSync(join(place, "namespace.yaml"), JSON.stringify({ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } }));
    writeFileSync(join(place, "secret", "s.yaml"), JSON.stringify(secret));
    const reader = sandboxReader(join(folder, "cloud"));
    const live = await reader.read("shop");
    expect(live?.objects.map(({ data, kind }) => [kind, data])).toEqual([["Secret", { KEY: "" }]]);
    expect([await reader.read("other"), await reader.read("../shop")]).toEqual([undefined, undefined]);
  });

  test("of a cluster asks kubectl for the kinds that are served there", async () => {
    const script = join(folder, "kubectl");
    const list = JSON.stringify({ items: [secret] });
    const namespace = JSON.stringify({ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } });
    const asked = "--context c get services,secrets --namespace shop --ignore-not-found --output json";
    writeFileSync(script, `#!/bin/sh\ncase "$*" in\n*"get namespace shop"*) echo '${namespace}';;\n*"get namespace none"*) ;;\n*api-resources*) printf 'services\\nsecrets\\nothers.x\\n';;\n"${asked}") echo '${list}';;\n*) echo "error: $*" >&2; exit 1;;\nesac\n`);
    chmodSync(script, 0o755);
    const environment = { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}` };
    const reader = kubectlReader({ context: "c", environment });
    expect((await reader.read("shop"))?.objects.map(({ data, metadata }) => [metadata.name, data])).toEqual([["s", { KEY: "" }]]);
    expect(await reader.read("none")).toBeUndefined();
    await expect(reader.read("bad")).rejects.toThrow('kubectl get namespace: failed, got "error: --context c get namespace bad --ignore-not-found --output json"; check --kubeconfig, --context and what they allow');
    await expect(kubectlReader({ kubeconfig: "k", environment: { PATH: "/nowhere" } }).read("shop")).rejects.toThrow("kubectl: is not there, got no such command; install it, or add --sandbox");
  });
});
