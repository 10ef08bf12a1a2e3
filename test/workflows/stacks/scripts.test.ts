import { createVerify, generateKeyPairSync } from "node:crypto";
import { statSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { scriptRoom, serve } from "../script-room.ts";
import type { Answer } from "../script-room.ts";

const DIGEST = `${"a".repeat(64)}-11111111-22222222-33333333`;
const OTHER = `${"b".repeat(64)}-11111111-22222222-44444444`;
const SHA = "c".repeat(40);

describe("signing in", () => {
  const issuer = () => serve(({ path }) => {
    const { pathname, searchParams } = new URL(path, "http://issuer");
    return pathname === "/token" ? { body: { value: `token-for-${searchParams.get("audience")}` } } : { status: 403, body: {} };
  });

  test("writes the cloud's token and the cluster's configuration where nobody else reads them, and shows neither", async () => {
    const [room, server] = [scriptRoom(), await issuer()];
    const config = "users:\n  - name: ci\n    user: { exec: { command: node } }\n";
    const ran = await room.run("sign-in.mjs", { ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}/token?v=1`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "t", TOKEN_FILE: room.path("token"), KUBECONFIG: room.path("kubeconfig"), KUBE_CONFIG: config });
    expect([ran.code, ran.stdout]).toEqual([0, "::add-mask::token-for-sts.amazonaws.com\nsigned in for sts.amazonaws.com; the cluster is asked as kubernetes\n"]);
    expect([room.read("token"), room.read("kubeconfig")]).toEqual(["token-for-sts.amazonaws.com", config]);
    expect(statSync(room.path("token")).mode & 0o777).toBe(0o600);
    expect(server.requests.map(({ headers }) => headers["authorization"])).toEqual(["Bearer t"]);
  });

  test("answers kubectl", async () => {
    const [room, server] = [scriptRoom(), await issuer()];
    const ran = await room.run("sign-in.mjs", { ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}/token?v=1` }, ["--exec"]);
    expect(JSON.parse(ran.stdout)).toMatchObject({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status: { token: "token-for-kubernetes" } });
  });

  test("needs no cluster", async () => {
    const [room, server] = [scriptRoom(), await issuer()];
    const ran = await room.run("sign-in.mjs", { ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}/token?v=1`, TOKEN_FILE: room.path("token"), KUBECONFIG: room.path("kubeconfig"), KUBE_CONFIG: "" });
    expect([ran.code, room.exists("kubeconfig")]).toEqual([0, false]);
  });

  test.each(["token", "client-key-data", "password"])("refuses a configuration with a stored %s, without showing it", async (key) => {
    const ran = await scriptRoom().run("sign-in.mjs", { KUBE_CONFIG: `users:\n  - user:\n      ${key}: hunter2\n` });
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([1, "", `::error::KUBE_CONFIG: holds a credential, got a ${key}; let exec call node components/workflows/scripts/sign-in.mjs --exec instead\n`]);
  });

  test("says what a job without the permission lacks, and what GitHub refused", async () => {
    const [room, server] = [scriptRoom(), await issuer()];
    expect((await room.run("sign-in.mjs")).stderr).toBe('::error::ACTIONS_ID_TOKEN_REQUEST_URL: is not the address of the run\'s tokens, which a job with id-token: write has, got ""; correct it and run again\n');
    expect((await room.run("sign-in.mjs", { ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}/gone` })).stderr).toBe("::error::the run's token for sts.amazonaws.com: GitHub gives none, got 403; run this again, and see https://www.githubstatus.com where it stays\n");
  });
});

describe("the App's token", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048, publicKeyEncoding: { type: "spki", format: "pem" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } });
  const app = (answers: Record<string, Answer>) => serve(({ method, path }) => answers[`${method} ${path}`] ?? { status: 404, body: { message: "Not Found" } });
  const installed = { "GET /repos/acme/stacks/installation": { body: { id: 7 } }, "POST /app/installations/7/access_tokens": { status: 201, body: { token: "ghs_made" } } };

  test("is asked for with a signed claim of less than ten minutes, masked, and handed on", async () => {
    const server = await app(installed);
    const ran = await scriptRoom().run("app-token.mjs", { APP_ID: "42", APP_KEY: privateKey, GITHUB_API_URL: server.url, GITHUB_REPOSITORY: "acme/stacks" });
    expect([ran.code, ran.stdout, ran.outputs]).toEqual([0, "::add-mask::ghs_made\n", { token: "ghs_made" }]);
    const [head = "", body = "", signature = ""] = (server.requests[0]?.headers["authorization"] ?? "").replace("Bearer ", "").split(".");
    expect(createVerify("RSA-SHA256").update(`${head}.${body}`).verify(publicKey, signature, "base64url")).toBe(true);
    const { exp, iat, iss } = JSON.parse(Buffer.from(body, "base64url").toString("utf8"));
    expect([iss, exp - iat <= 600, iat < Date.now() / 1000]).toEqual(["42", true, true]);
  });

  test.each([
    ["no key", { APP_KEY: "" }, "APP_KEY: is no private key of a GitHub App; make one in its settings and keep it in the environment's secret SLIPWAY_APP_KEY"],
    ["half a key", { APP_KEY: `${privateKey.slice(0, 200)}` }, "APP_KEY: cannot be read as a private key; copy the whole file, its first and last line included"],
    ["a name instead of the number", { APP_ID: "slipway" }, 'APP_ID: is not the number of a GitHub App, which its settings show, got "slipway"; correct it and run again'],
    ["an App that is not installed", { GITHUB_REPOSITORY: "acme/other" }, "GitHub App 42: is not installed for acme/other, got"],
  ])("is not made with %s", async (_, changes, message) => {
    const server = await app(installed);
    const ran = await scriptRoom().run("app-token.mjs", { APP_ID: "42", APP_KEY: privateKey, GITHUB_API_URL: server.url, GITHUB_REPOSITORY: "acme/stacks", ...changes });
    expect([ran.code, ran.stdout, ran.outputs]).toEqual([1, "", {}]);
    expect(ran.stderr).toContain(`::error::${message}`);
  });
});

describe("the reviewed plan", () => {
  const comment = (digest: string, type = "Bot", stack = "staging") => ({ user: { type }, body: `<!-- slipway preview of ${stack}, part 1 -->\nApply exactly this: <code>slipway up --stack ${stack} --expect ${digest}</code>` });
  const compared = async (comments: object[], preview: object = { digest: DIGEST }, pulls: object[] = [{ number: 12, merged_at: "2026-11-21T00:00:00Z" }]) => {
    const server = await serve((request) => {
      const [path] = request.path.split("?");
      if (path === `/repos/acme/stacks/commits/${SHA}/pulls`) return { body: pulls };
      return path === "/repos/acme/stacks/issues/12/comments" ? { body: comments } : { status: 404, body: {} };
    });
    const room = scriptRoom();
    return room.run("reviewed-plan.mjs", { STACK: "staging", PREVIEW: room.write("preview.json", JSON.stringify(preview)), GITHUB_SHA: SHA, GITHUB_API_URL: server.url, GITHUB_REPOSITORY: "acme/stacks" });
  };
  const NONE = "no pull request showed a plan for this commit: read the check's before you approve";
  const CHANGED = "this is not the plan that #12 showed, because something changed since: read the check's before you approve";

  test("is named where it is the one to apply", async () => {
    const ran = await compared([{ user: { type: "User" }, body: "nice" }, comment(OTHER, "Bot", "production"), comment(DIGEST)]);
    expect([ran.code, ran.stdout, ran.outputs]).toEqual([0, "stack staging: this is the plan that #12 showed\n", { digest: DIGEST }]);
    expect(ran.summary).toBe(`### staging\n\nthis is the plan that #12 showed\n\nPlan: \`${DIGEST}\`\n`);
  });

  test("that is another one is warned of", async () => {
    const ran = await compared([comment(OTHER)]);
    expect([ran.code, ran.stdout, ran.outputs]).toEqual([0, `::warning::stack staging: ${CHANGED}\nstack staging: ${CHANGED}\n`, { digest: DIGEST }]);
  });

  test.each([
    ["a person wrote", [comment(DIGEST, "User")], [{ number: 12, merged_at: "2026-11-21T00:00:00Z" }]],
    ["a pull request that is not merged showed", [comment(DIGEST)], [{ number: 12, merged_at: null }]],
    ["nobody showed", [], []],
  ])("that %s is none", async (_, comments, pulls) => {
    expect((await compared(comments, { digest: DIGEST }, pulls)).stdout).toBe(`stack staging: ${NONE}\n`);
  });

  test("of a preview that failed is none", async () => {
    const ran = await compared([], {});
    expect([ran.code, ran.stderr, ran.outputs]).toEqual([1, "::error::stack staging: its preview has no digest, since it failed; see the step before\n", {}]);
  });
});
