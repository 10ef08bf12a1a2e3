import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { checkOf } from "../../../operations/preview/check.ts";
import { wholeMarkdown } from "../../../operations/preview/markdown.ts";
import { partsOf } from "../../../operations/preview/parts.ts";
import { screenOf } from "../../../operations/preview/screen.ts";
import { IN_SERVICE, SECRET_MARK } from "./engine.ts";
import type { Made } from "./engine.ts";
import { summaryOf } from "./summaries.ts";

const CANARY = "canary-5f1d7c1e";

/** Everywhere a summary goes. */
function everything(steps: readonly Made[]): string {
  const summary = summaryOf(steps);
  return [JSON.stringify(summary), screenOf(summary, false), screenOf(summary, true), wholeMarkdown(summary), ...partsOf(summary), JSON.stringify(checkOf(summary, () => 1))].join("\n");
}

function twice(type: string, properties: (value: string) => Record<string, unknown>): Made[] {
  const [before, after] = [properties(`${CANARY}-before`), properties(`${CANARY}-after`)];
  return [
    { op: "update", type, name: "changed", parent: IN_SERVICE, old: before, new: after, oldOutputs: before, newOutputs: after, detailedDiff: Object.fromEntries(Object.keys(before).map((key) => [key, "update"])) },
    { op: "create", type, name: "created", parent: IN_SERVICE, new: after, newOutputs: after },
    { op: "delete", type, name: "deleted", parent: IN_SERVICE, old: before, oldOutputs: before },
    ...["create-replacement", "replace", "delete-replaced"].map((op): Made => ({ op, type, name: "replaced", parent: IN_SERVICE, old: before, new: after, detailedDiff: { name: "update-replace" } })),
  ];
}

describe("a secret never shows", () => {
  test.each<[string, string, (value: string) => Record<string, unknown>]>([
    ["that the engine marked, wherever it stands", "any:index:Thing", (value) => ({ name: value.at(-1), deep: [{ here: { ...SECRET_MARK, value, plaintext: JSON.stringify(value) } }] })],
    ["in a Secret of Kubernetes whose program forgot to mark it", "kubernetes:core/v1:Secret", (value) => ({ data: { KEY: Buffer.from(value).toString("base64"), raw: value }, stringData: { KEY: value } })],
    ["in a secret of GitHub whose program forgot to mark it", "github:index/actionsSecret:ActionsSecret", (value) => ({ secretName: "KEY", value, plaintextValue: value, encryptedValue: value })],
    ["of a webhook", "github:index/repositoryWebhook:RepositoryWebhook", (value) => ({ configuration: { url: "https://example.com", secret: value } })],
    ["that was generated", "random:index/randomPassword:RandomPassword", (value) => ({ length: 3, result: value, bcryptHash: value })],
    ["in a field whose name says what it is", "any:index:Thing", (value) => ({ auth: [{ password: value, token: [value], apiKey: value }] })],
  ])("%s", (_, type, properties) => {
    const shown = everything(twice(type, properties));
    expect(shown).toContain("[secret]");
    expect(shown).not.toContain(CANARY);
    expect(shown).not.toContain(Buffer.from(CANARY).toString("base64").slice(0, 12));
  });

  test("at any depth of any value", () => {
    const { tree } = fc.letrec<{ tree: unknown; leaf: unknown }>((tie) => ({
      leaf: fc.constantFrom<unknown>({ ...SECRET_MARK, ciphertext: CANARY }, { ...SECRET_MARK, plaintext: `"${CANARY}"`, value: [CANARY] }, "plain", 7, null),
      tree: fc.oneof({ maxDepth: 4 }, tie("leaf"), fc.array(tie("tree"), { maxLength: 3 }), fc.dictionary(fc.constantFrom("a", "b.c", "d"), tie("tree"), { maxKeys: 3 })),
    }));
    fc.assert(fc.property(tree, tree, (before, after) => {
      const shown = everything([{ op: "update", type: "any:index:Thing", name: "thing", old: { value: before }, new: { value: after }, oldOutputs: { value: before }, detailedDiff: { value: "update", "value.a": "update" } }]);
      expect(shown).not.toContain(CANARY);
    }), { numRuns: 40 });
  });

  test("and another one in its place is told as that", () => {
    expect(everything(twice("kubernetes:core/v1:Secret", (value) => ({ data: { KEY: value } })))).toContain("data: [secret] → [secret] (another one)");
  });
});
