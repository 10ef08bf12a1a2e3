import { describe, expect, test } from "@jest/globals";
import { BASE, changed, linesOf } from "./base.ts";

const CANARY = "canary/7f3a9 value";

const places = [
  "repositories.shop.secrets.NPM_TOKEN",
  "repositories.shop.dependabotSecrets.NPM_TOKEN",
  "repositories.shop.environments.production.secrets.KUBE_CONFIG",
  "repositories.shop.webhooks.chat.secret",
  "repositories.shop.webhooks.chat.url",
  "repositories.legacy.secrets.NPM_TOKEN",
  "namespaces.shop.pull.token",
  "services.shop.secrets.DATABASE_URL",
  "services.shop.image.secrets.NPM_TOKEN",
];

const mistakes: readonly (readonly [string, unknown])[] = [
  ["a text", CANARY],
  ["a list", [CANARY]],
  ["a map of its own", { value: CANARY }],
  ["a key", { secret: CANARY }],
  ["a list of keys", { secret: [CANARY] }],
  ["a generator", { generate: CANARY }],
  ["a generator's length", { generate: { length: CANARY } }],
  ["a generator's seed", { generate: { length: 32, rotate: [CANARY] } }],
  ["something beside the key", { secret: "npmToken", value: CANARY }],
  ["a web address", `https://user:${CANARY}@example.com/`],
];

describe.each(places)("a secret's value that is typed at %s", (place) => {
  test.each(mistakes)("as %s is refused and not shown", (_, value) => {
    const lines = linesOf(changed(BASE, { [place]: value }));
    expect([lines.length > 0, lines.filter((line) => line.includes("canary"))]).toEqual([true, []]);
  });
});

test.each(["repositories.shop.secrets", "repositories.shop.dependabotSecrets", "services.shop.secrets"])("a text in place of %s is not shown", (place) => {
  const lines = linesOf(changed(BASE, { [place]: CANARY }));
  expect([lines.length > 0, lines.filter((line) => line.includes("canary"))]).toEqual([true, []]);
});
