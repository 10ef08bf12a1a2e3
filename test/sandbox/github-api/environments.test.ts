import sodium from "libsodium-wrappers";
import { idOf } from "../../../sandbox/population.ts";
import { closeGitHubs, openGitHub } from "./open.ts";

afterEach(closeGitHubs);

const PRODUCTION = {
  repository: "shop", environment: "production", canAdminsBypass: false, preventSelfReview: true, waitTimer: 30, reviewers: [{ teams: [idOf("team", "release-team")], users: [idOf("user", "ada")] }],
  deploymentBranchPolicy: { customBranchPolicies: true, protectedBranches: false },
};

test("an environment's protection is told as GitHub tells it", async () => {
  const { ask, declare } = await openGitHub();
  declare("RepositoryEnvironment", PRODUCTION);
  const { body, of, status } = await ask("GET environments");
  expect(status).toBe(200);
  expect(body).toMatchObject({ total_count: 1, environments: [{ name: "production", can_admins_bypass: false, deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } }] });
  expect(of("environments", 0, "protection_rules")).toMatchObject([
    { type: "wait_timer", wait_timer: 30 },
    { type: "required_reviewers", prevent_self_review: true, reviewers: [{ type: "User", reviewer: { login: "ada" } }, { type: "Team", reviewer: { slug: "release-team" } }] },
    { type: "branch_policy" },
  ]);
});

test("an environment that protects nothing has no rules, and administrators may bypass it", async () => {
  const { ask, declare } = await openGitHub();
  declare("RepositoryEnvironment", { repository: "shop", environment: "preview/eu" });
  const { body } = await ask("GET environments/preview%2Feu");
  expect(body).toMatchObject({ name: "preview/eu", can_admins_bypass: true, protection_rules: [], deployment_branch_policy: null });
});

test("what a person makes is a document of nobody's", async () => {
  const { ask, documents } = await openGitHub();
  expect((await ask("PUT environments/hotfix", { wait_timer: 5, reviewers: [{ type: "User", id: idOf("user", "grace") }], deployment_branch_policy: null })).status).toBe(200);
  const found = documents.read("github/acme/shop/environments/hotfix");
  expect(found?.madeBy).toBeUndefined();
  expect(found?.body).toEqual({ environment: "hotfix", repository: "shop", preventSelfReview: false, waitTimer: 5, reviewers: [{ teams: [], users: [idOf("user", "grace")] }] });
  expect((await ask("DELETE environments/hotfix")).status).toBe(204);
  expect((await ask("GET environments/hotfix")).status).toBe(404);
});

test("what a person changes stays the program's, and what is not sent is taken away", async () => {
  const { ask, declare, documents } = await openGitHub();
  const path = declare("RepositoryEnvironment", PRODUCTION);
  await ask("PUT environments/production", { prevent_self_review: false });
  const found = documents.read(path);
  expect(found?.madeBy).toMatch(/^urn:/);
  expect(found?.body).toEqual({ repository: "shop", environment: "production", canAdminsBypass: false, preventSelfReview: false });
  expect((await ask("GET environments/production")).of("protection_rules")).toEqual([]);
});

test.each([
  [{ wait_timer: 50_000 }, "Wait timer must be between 0 and 43200"],
  [{ reviewers: Array.from({ length: 7 }, (_, id) => ({ type: "User", id })) }, "Up to 6 reviewers are allowed"],
  [{ reviewers: [{ type: "Team", id: 12 }] }, "Invalid reviewer 12"],
  [{ deployment_branch_policy: { protected_branches: true, custom_branch_policies: true } }, "protected_branches and custom_branch_policies cannot have the same value"],
])("an environment of %j is refused", async (body, error) => {
  const { ask } = await openGitHub();
  const answer = await ask("PUT environments/production", body);
  expect([answer.status, answer.of("message"), answer.of("errors")]).toEqual([422, "Validation Failed", [error]]);
});

test("branches and tags that may deploy are made, changed and taken away", async () => {
  const { ask, declare } = await openGitHub();
  declare("RepositoryEnvironment", PRODUCTION);
  declare("RepositoryEnvironmentDeploymentPolicy", { repository: "shop", environment: "production", branchPattern: "main", policy: "branch/main" });
  const made = await ask("POST environments/production/deployment-branch-policies", { name: "v*", type: "tag" });
  expect(made.body).toMatchObject({ name: "v*", type: "tag" });
  await ask(`PUT environments/production/deployment-branch-policies/${made.of("id")}`, { name: "release-*" });
  const { body } = await ask("GET environments/production/deployment-branch-policies");
  expect(body).toMatchObject({ total_count: 2, branch_policies: [{ name: "main", type: "branch" }, { name: "release-*", type: "tag" }] });
  expect((await ask(`GET environments/production/deployment-branch-policies/${made.of("id")}`)).of("name")).toBe("release-*");
  expect((await ask(`DELETE environments/production/deployment-branch-policies/${made.of("id")}`)).status).toBe(204);
  expect((await ask("GET environments/production/deployment-branch-policies")).of("total_count")).toBe(1);
});

test.each([["environments/production/secrets", "secrets"], ["actions/secrets", "secrets"], ["dependabot/secrets", "secrets"]])("%s: names and times are told, values never", async (path) => {
  const { ask, clock, declare, documents } = await openGitHub();
  declare("RepositoryEnvironment", PRODUCTION);
  const key = await ask(`GET ${path}/public-key`);
  await sodium.ready;
  const seal = (value: string) => Buffer.from(sodium.crypto_box_seal(value, Buffer.from(String(key.of("key")), "base64"))).toString("base64");
  expect((await ask(`PUT ${path}/deploy_key`, { key_id: key.of("key_id"), encrypted_value: seal("canary-4711") })).status).toBe(201);
  clock.now += 60_000;
  expect((await ask(`PUT ${path}/DEPLOY_KEY`, { key_id: key.of("key_id"), encrypted_value: seal("canary-4712") })).status).toBe(204);
  const { body, of } = await ask(`GET ${path}`);
  expect(body).toEqual({ total_count: 1, secrets: [{ name: "DEPLOY_KEY", created_at: "2026-11-21T12:00:00.000Z", updated_at: "2026-11-21T12:01:00.000Z" }] });
  expect((await ask(`GET ${path}/DEPLOY_KEY`)).body).toEqual(of("secrets", 0));
  const found = documents.list("github/acme/shop").find((each) => each.body["secretName"] === "DEPLOY_KEY");
  expect([found?.body["value"], found?.secrets]).toEqual(["canary-4712", [["value"]]]);
  expect((await ask(`DELETE ${path}/DEPLOY_KEY`)).status).toBe(204);
  expect((await ask(`DELETE ${path}/DEPLOY_KEY`)).status).toBe(404);
});

test.each([
  ["GITHUB_X", {}, "Secret names can only contain"],
  ["X", { key_id: "7" }, "Bad request - key_id does not match the repository's key"],
  ["X", { encrypted_value: Buffer.alloc(80).toString("base64") }, "Bad request - encrypted value could not be decrypted"],
])("a secret %s with %j is refused", async (name, wrong, message) => {
  const { ask } = await openGitHub();
  const key = await ask("GET actions/secrets/public-key");
  const answer = await ask(`PUT actions/secrets/${name}`, { key_id: key.of("key_id"), encrypted_value: "aGVsbG8=", ...wrong });
  expect(answer.status).toBe(422);
  expect(answer.of("message")).toContain(message);
});

test.each([["environments/production/variables"], ["actions/variables"]])("%s are made, changed and taken away", async (path) => {
  const { ask, declare } = await openGitHub();
  declare("RepositoryEnvironment", PRODUCTION);
  expect((await ask(`POST ${path}`, { name: "level", value: "info" })).status).toBe(201);
  expect((await ask(`POST ${path}`, { name: "LEVEL", value: "info" })).status).toBe(409);
  expect((await ask(`PATCH ${path}/LEVEL`, { value: "debug" })).status).toBe(204);
  expect((await ask(`GET ${path}/LEVEL`)).body).toMatchObject({ name: "LEVEL", value: "debug" });
  expect((await ask(`GET ${path}`)).body).toMatchObject({ total_count: 1, variables: [{ name: "LEVEL", value: "debug" }] });
  expect((await ask(`DELETE ${path}/LEVEL`)).status).toBe(204);
  expect((await ask(`GET ${path}/LEVEL`)).status).toBe(404);
});
