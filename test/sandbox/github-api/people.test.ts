import { closeGitHubs, openGitHub } from "./open.ts";

afterEach(closeGitHubs);

test("where everyone is declared together, who is added stands among them", async () => {
  const { ask, declare, documents } = await openGitHub();
  const path = declare("RepositoryCollaborators", { repository: "shop", users: [{ username: "ada", permission: "push" }], teams: [{ teamId: "platform", permission: "maintain" }] });
  await ask("PUT collaborators/linus", { permission: "admin" });
  await ask("PUT /orgs/acme/teams/security-team/repos/acme/shop", { permission: "pull" });
  expect(documents.read(path)?.body).toEqual({
    repository: "shop", users: [{ username: "ada", permission: "push" }, { username: "linus", permission: "admin" }], teams: [{ teamId: "platform", permission: "maintain" }, { teamId: "security-team", permission: "pull" }],
  });
  const direct = [{ login: "ada", role_name: "write" }, { login: "linus", role_name: "admin", permissions: { admin: true } }];
  expect((await ask("GET collaborators?affiliation=direct")).body).toMatchObject(direct);
  expect((await ask("GET collaborators?affiliation=outside")).body).toEqual([]);
  // Without that GitHub tells the owners of the organisation too.
  expect((await ask("GET collaborators")).body).toMatchObject([...direct, { login: "octocat", role_name: "admin" }]);
  expect((await ask("GET teams")).body).toMatchObject([{ slug: "platform", permission: "maintain" }, { slug: "security-team", permission: "pull", permissions: { pull: true, push: false } }]);
  await ask("DELETE collaborators/linus");
  await ask("DELETE /orgs/acme/teams/security-team/repos/acme/shop");
  expect(documents.read(path)?.body).toEqual({ repository: "shop", users: [{ username: "ada", permission: "push" }], teams: [{ teamId: "platform", permission: "maintain" }] });
});

test("where nobody is declared, who is added is a document of nobody's", async () => {
  const { ask, documents } = await openGitHub();
  expect((await ask("PUT collaborators/grace", { permission: "triage" })).status).toBe(201);
  expect((await ask("PUT collaborators/GRACE", { permission: "admin" })).status).toBe(204);
  expect(documents.read("github/acme/shop/collaborator/grace")).toMatchObject({ body: { username: "grace", permission: "admin" }, madeBy: undefined });
  expect((await ask("GET collaborators/grace/permission")).body).toMatchObject({ permission: "admin", role_name: "admin", user: { login: "grace" } });
  expect((await ask("GET collaborators/ada/permission")).of("permission")).toBe("none");
  expect((await ask("GET collaborators/ada")).status).toBe(404);
  expect((await ask("PUT collaborators/nobody", {})).status).toBe(404);
});

test("a ruleset is told with its rules, and what a person changes stays the program's", async () => {
  const { ask, declare, documents } = await openGitHub();
  const path = declare("RepositoryRuleset", {
    repository: "shop", name: "main", target: "branch", enforcement: "active", conditions: { refName: { includes: ["~DEFAULT_BRANCH"], excludes: [] } },
    rules: { deletion: true, creation: false, update: true, updateAllowsFetchAndMerge: true, requiredStatusChecks: { requiredChecks: [{ context: "test", integrationId: 7 }], strictRequiredStatusChecksPolicy: true }, requiredCodeScanning: { requiredCodeScanningTools: [{ tool: "CodeQL", alertsThreshold: "errors", securityAlertsThreshold: "all" }] } },
  });
  const id = String((await ask("GET rulesets")).of(0, "id"));
  expect((await ask(`GET rulesets/${id}`)).of("rules")).toEqual([
    { type: "deletion" }, { type: "update", parameters: { update_allows_fetch_and_merge: true } },
    { type: "required_status_checks", parameters: { required_status_checks: [{ context: "test", integration_id: 7 }], strict_required_status_checks_policy: true } },
    { type: "code_scanning", parameters: { code_scanning_tools: [{ tool: "CodeQL", alerts_threshold: "errors", security_alerts_threshold: "all" }] } },
  ]);
  const before = documents.read(path);
  const told = (await ask(`GET rulesets/${id}`)).of("rules");
  await ask(`PUT rulesets/${id}`, { enforcement: "disabled", rules: told });
  const { creation, ...rules } = { creation: false, ...Object(before?.body["rules"]) };
  expect(creation).toBe(false);
  expect(documents.read(path)).toMatchObject({ madeBy: before?.madeBy, body: { ...before?.body, enforcement: "disabled", rules } });
  expect((await ask("POST rulesets", { name: "main", enforcement: "active" })).of("errors", 0, "code")).toBe("already_exists");
});

test("a protected branch is told, and refuses a file that goes straight to it", async () => {
  const { ask, declare } = await openGitHub();
  declare("RepositoryRuleset", { repository: "shop", name: "main", target: "branch", enforcement: "active", conditions: { refName: { includes: ["~DEFAULT_BRANCH"], excludes: [] } }, rules: { pullRequest: {} } });
  expect((await ask("GET branches/main")).of("protected")).toBe(true);
  const refused = await ask("PUT contents/README.md", { message: "Change", content: "aGk=" });
  expect([refused.status, refused.of("message")]).toEqual([409, "Repository rule violations found: Changes must be made through a pull request."]);
});

test("files are read, changed where their hash is known, and listed", async () => {
  const { ask, declare } = await openGitHub();
  declare("RepositoryFile", { repository: "shop", branch: "main", file: "docs/a.md", content: "hello\n" });
  const read = await ask("GET contents/docs/a.md");
  expect(read.body).toMatchObject({ type: "file", encoding: "base64", content: "aGVsbG8K", sha: "ce013625030ba8dba906f756967f9e9ca394464a", path: "docs/a.md" });
  expect((await ask("PUT contents/docs/a.md", { message: "Change", content: "aGk=" })).status).toBe(422);
  expect((await ask("PUT contents/docs/a.md", { message: "Change", content: "aGk=", sha: "0".repeat(40) })).status).toBe(409);
  expect((await ask("PUT contents/docs/a.md", { message: "Change", content: "aGk=", sha: read.of("sha") })).status).toBe(200);
  expect((await ask("GET contents/")).body).toMatchObject([{ type: "dir", name: "docs" }]);
  expect((await ask("GET contents/docs")).body).toMatchObject([{ type: "file", name: "a.md" }]);
});

test("a webhook's secret is told by stars, and its events are added and taken away", async () => {
  const { ask, documents } = await openGitHub();
  const made = await ask("POST hooks", { config: { url: "https://example.com/hook", secret: "canary-4711" }, events: ["push", "release"] });
  expect(made.of("config", "secret")).toBe("********");
  const changed = await ask(`PATCH hooks/${made.of("id")}`, { add_events: ["deployment"], remove_events: ["push"], config: { url: "https://example.com/hook", secret: "canary-4711", insecure_ssl: "1" } });
  expect(changed.body).toMatchObject({ active: true, events: ["release", "deployment"], config: { insecure_ssl: "1" } });
  expect(documents.list("github/acme/shop/webhooks")).toMatchObject([{ body: { configuration: { secret: "canary-4711" } }, secrets: [["configuration", "secret"]], madeBy: undefined }]);
});

test("an archived repository is read, and not changed", async () => {
  const { ask, declare } = await openGitHub();
  declare("Repository", { name: "shop", archived: true, autoInit: true });
  expect((await ask("GET topics")).status).toBe(200);
  const refused = await ask("POST issues", { title: "Late" });
  expect([refused.status, refused.of("message")]).toEqual([403, "Repository was archived so is read-only."]);
  expect((await ask("PATCH .", { archived: false })).status).toBe(200);
});
