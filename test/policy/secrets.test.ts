import { describe, expect, test } from "@jest/globals";
import { looksSecret, namesSecret } from "../../policy/secret-looks.ts";
import { configResources } from "../../policy/stack-config.ts";
import { container, deployment, file, github, object, pod, said } from "./stack.ts";

/** Put together here, so that no scanner takes this file for a leak. */
const LETTERS = "aB3".repeat(20);
const FORMS: readonly [what: string, text: string][] = [
  ["a private key", `${"-".repeat(5)}BEGIN PRIVATE KEY${"-".repeat(5)}`],
  ["a private key", `${"-".repeat(5)}BEGIN RSA PRIVATE KEY${"-".repeat(5)}`],
  ["a private key", `${"-".repeat(5)}BEGIN PGP PRIVATE KEY BLOCK${"-".repeat(5)}`],
  ["a GitHub token", `ghp_${LETTERS.slice(0, 36)}`],
  ["a GitHub token", `ghs_${LETTERS.slice(0, 40)}`],
  ["a GitHub token", `github_pat_${LETTERS.slice(0, 22)}`],
  ["a GitLab token", `glpat-${LETTERS.slice(0, 20)}`],
  ["an AWS access key", `AKIA${"Q7".repeat(8)}`],
  ["an AWS access key", `ASIA${"Q7".repeat(8)}`],
  ["a Google API key", `AIza${LETTERS.slice(0, 35)}`],
  ["a Slack token", `xoxb-${LETTERS.slice(0, 10)}`],
  ["a Slack webhook", `https://hooks.slack.com/services/T01/B02/${LETTERS.slice(0, 24)}`],
  ["an npm token", `npm_${LETTERS.slice(0, 36)}`],
  ["a PyPI token", `pypi-${LETTERS.slice(0, 50)}`],
  ["a payment provider's key", `sk_live_${LETTERS.slice(0, 16)}`],
  ["a payment provider's key", `rk_live_${LETTERS.slice(0, 16)}`],
  ["a signed web token", `eyJ${LETTERS.slice(0, 8)}.eyJ${LETTERS.slice(0, 8)}.${LETTERS.slice(0, 16)}`],
  ["a password in an address", "postgres://app:hunter2@db.example.com/app"],
  ["a password in an address", "redis://:hunter2@[::1]:6379"],
];

const PLAIN = [
  "info", "https://shop.example.com:8443/path@v1", `ghp_${LETTERS.slice(0, 35)}`, "pypi-cache", "postgres://app:${PASSWORD}@db/app", "postgres://app:password@db/app",
  "https://user:secret@host", "-----BEGIN PUBLIC KEY-----", "-----BEGIN CERTIFICATE-----", "eyJhbGciOiJI.not.a-token", "AKIAshort", "redis://:ab@db", "npm_config_cache", "mailto:a@b.example",
];

describe("what looks like a secret", () => {
  test.each(FORMS)("%s does: %#", (what, text) => {
    expect(looksSecret(`before ${text} after`)).toBe(what);
  });

  test.each(PLAIN)("%s does not", (text) => {
    expect(looksSecret(text)).toBeUndefined();
  });

  test.each([
    ["DB_PASSWORD", "hunter2"], ["password", "hunter2"], ["API_KEY", "k-123"], ["apikey", "k-123"], ["app.private-key", "k-123"], ["SESSION_SECRET", "k-123"], ["TOKEN_2", "k-123"], ["token3", "k-123"],
    ["AWS_ACCESS_KEY", "k-123"], ["SSH_PASSPHRASE", "k-123"], ["PASSWD", "k-123"], ["CREDENTIALS", "k-123"], ["CREDENTIAL", "k-123"],
  ])("%s with a value does", (name, value) => {
    expect(namesSecret(name, value)).toBe(true);
  });

  test.each([
    ["DB_PASSWORD", ""], ["DB_PASSWORD", "abc"], ["DB_PASSWORD_FILE", "hunter2"], ["PASSWORD", "/run/secrets/db"], ["TOKEN", "./token"], ["TOKEN", "https://idp.example.com"], ["TOKEN", "${TOKEN}"], ["TOKEN", "true"], ["SECRET", "False"],
    ["API_KEY", "none"], ["TOKENIZER", "sentencepiece"], ["MAX_TOKENS", "4096"], ["MONKEY", "banana"], ["LOG_LEVEL", "info"],
  ])("%s with %j does not", (name, value) => {
    expect(namesSecret(name, value)).toBe(false);
  });

  test.each([["PASSWORD", "x/etc/pw"], ["TOKEN", "truely"], ["TOKEN", "nonesuch"], ["TOKEN", "a./b"]])("%s with %s is no reference", (name, value) => {
    expect(namesSecret(name, value)).toBe(true);
  });
});

describe("secrets-not-plain", () => {
  const TOKEN = `ghp_${LETTERS.slice(0, 36)}`;
  const map = (data: unknown) => [object("core/v1:ConfigMap", "map", { data })];
  const environment = (...env: unknown[]) => [deployment(pod({ initContainers: [container({ env })], containers: [container()] }))];
  const variable = (type: string, variableName: string, value: string) => [github(type, "variable", { variableName, value })];

  test("what is no secret passes, and so does a secret in its place", () => {
    expect(said("secrets-not-plain", [
      ...map({ LOG_LEVEL: "info", DB_PASSWORD_FILE: "/run/secrets/db" }),
      ...map(undefined),
      ...environment({ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }, { name: "LOG_LEVEL", value: "info" }),
      ...variable("ActionsVariable", "LOG_LEVEL", "info"),
      object("core/v1:Secret", "secret", { data: { token: TOKEN } }),
      github("ActionsSecret", "secret", { secretName: "TOKEN", value: TOKEN }),
      file("README.md", "Set DB_PASSWORD."),
    ])).toEqual([]);
  });

  test("a secret in a ConfigMap does not, by its form, its name or its mark, and is not shown", () => {
    const todo = "replace the secret where it was issued, and put it into a Secret";
    expect(said("secrets-not-plain", map({ A: "info", B: TOKEN, DB_PASSWORD: "hunter2", C: "[secret]" }))).toEqual([
      `map: data.B holds a GitHub token; ${todo}`,
      `map: data.DB_PASSWORD holds a value under a secret's name; ${todo}`,
      `map: data.C holds a value that is marked secret; ${todo}`,
    ]);
    expect(said("secrets-not-plain", map("[secret]"))).toEqual([`map: data holds a value that is marked secret; ${todo}`]);
  });

  test("a secret in a container's environment does not", () => {
    expect(said("secrets-not-plain", environment({ name: "LOG_LEVEL", value: "info" }, { name: "DB_PASSWORD", value: "hunter2" }))).toEqual([
      "web: spec.template.spec.initContainers.0.env.1.value holds a value under a secret's name; replace the secret where it was issued, and take it from a Secret by valueFrom.secretKeyRef",
    ]);
  });

  test.each(["ActionsVariable", "ActionsEnvironmentVariable"])("a secret in an %s does not", (type) => {
    expect(said("secrets-not-plain", [...variable(type, "NPM_TOKEN", "k-12345"), ...variable(type, "X", TOKEN)])).toEqual([
      "variable: value holds a value under a secret's name; replace the secret where it was issued, and declare it among the repository's secrets",
      "variable: value holds a GitHub token; replace the secret where it was issued, and declare it among the repository's secrets",
    ]);
  });

  test("a secret in a repository's file does not", () => {
    expect(said("secrets-not-plain", [file("README.md", `token: ${TOKEN}`)])).toEqual(["shop-files-README.md: content holds a GitHub token; replace the secret where it was issued, and take it out of the file"]);
  });

  test("a secret in the plain configuration does not; what is encrypted is not looked at", () => {
    const config = { "slipway:services": JSON.stringify({ shop: { environment: { A: TOKEN, B: 1 } } }), "slipway:key": "[secret]", "github:owner": "acme", "slipway:note": TOKEN };
    expect(said("secrets-not-plain", configResources(config))).toEqual([
      "slipway:services: shop.environment.A holds a GitHub token; replace the secret where it was issued, and set it with pulumi config set --secret",
      "slipway:note: value holds a GitHub token; replace the secret where it was issued, and set it with pulumi config set --secret",
    ]);
  });
});
