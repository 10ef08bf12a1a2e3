import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { idOf } from "../../sandbox/population.ts";
import type { Properties } from "../../sandbox/values.ts";
import type { Client } from "./client.ts";
import { refusal, withProvider } from "./client.ts";

const token = (name: string) => `github:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
const REPOSITORY = token("Repository");
const ENVIRONMENT = token("RepositoryEnvironment");
const FILE = token("RepositoryFile");
const RULESET = token("RepositoryRuleset");
const page: Properties = { repository: "continuum", file: "docs/page.md", content: "words\n" };
const ruleset = (more: Properties): Properties => ({
  repository: "continuum", name: "main", target: "branch", enforcement: "active", conditions: { refName: { includes: ["~DEFAULT_BRANCH"], excludes: [] } }, rules: { pullRequest: {} }, ...more,
});

async function withRepository(run: (client: Client, folder: string) => Promise<void>): Promise<void> {
  await withProvider("github", async (client, folder) => {
    await client.create(REPOSITORY, { name: "continuum" }, { name: "repository" });
    await run(client, folder);
  });
}

describe("GitHub's limits", () => {
  const rows: [string, Properties, string[]][] = [
    ["Repository", { name: "a b" }, ['name: must be 1 to 100 letters, digits, dots, hyphens and underscores, not ending in .git, got "a b"; choose another name']],
    ["Repository", { name: "a", description: "d".repeat(350) }, []],
    ["Repository", { name: "a", description: "d".repeat(351) }, ["description: must have at most 350 characters, got 351; shorten it"]],
    ["Repository", { name: "a", topics: Array.from({ length: 20 }, (_, index) => `t${index}`) }, []],
    ["Repository", { name: "a", topics: Array.from({ length: 21 }, (_, index) => `t${index}`) }, ["topics: must have at most 20 items, got 21; remove some"]],
    ["Repository", { name: "a", topics: ["Good"] }, ['topics[0]: must be lower-case letters, digits and hyphens, begin with a letter or digit and have at most 50 characters, got "Good"; rename the topic']],
    ["Repository", { name: "a", visibility: "secret" }, ['visibility: must be one of public, private, internal, got "secret"; choose one of them']],
    ["Repository", { name: "a", allowMergeCommit: false, allowSquashMerge: false, allowRebaseMerge: false }, ["allowMergeCommit: at least one merge method must be allowed, got false; allow one of allowMergeCommit, allowSquashMerge, allowRebaseMerge"]],
    ["RepositoryEnvironment", { repository: "a", environment: "p", waitTimer: 43_200 }, []],
    ["RepositoryEnvironment", { repository: "a", environment: "p", waitTimer: 43_201 }, ["waitTimer: must be 0 to 43200 minutes, got 43201; give a value in that range"]],
    ["RepositoryEnvironment", { repository: "a", environment: "p", reviewers: [{ teams: [1, 2, 3], users: [4, 5, 6] }] }, []],
    ["RepositoryEnvironment", { repository: "a", environment: "p", reviewers: [{ teams: [1, 2, 3], users: [4, 5, 6, 7] }] }, ["reviewers: must be at most 6 users and teams together, got 7; put more people into a team"]],
    ["RepositoryEnvironment", { repository: "a", environment: "p", deploymentBranchPolicy: { protectedBranches: true, customBranchPolicies: true } }, ["deploymentBranchPolicy: protectedBranches and customBranchPolicies cannot have the same value, got true; set exactly one of them to true"]],
    ["ActionsVariable", { repository: "a", variableName: "1ST", value: "v" }, ['variableName: must be letters, digits and _, without a leading digit and without the prefix GITHUB_, got "1ST"; choose another name']],
    ["ActionsSecret", { repository: "a", secretName: "GITHUB_TOKEN", plaintextValue: "v" }, ['secretName: must be letters, digits and _, without a leading digit and without the prefix GITHUB_, got "GITHUB_TOKEN"; choose another name']],
    ["ActionsSecret", { repository: "a", secretName: "BIG", plaintextValue: "v".repeat(48 * 1024 + 1) }, ["plaintextValue: must have at most 49152 bytes, got 49153; keep large values in a store of their own"]],
    ["ActionsSecret", { repository: "acme/a", secretName: "S", plaintextValue: "v" }, ['repository: must be a repository\'s name without its owner, got "acme/a"; give the name alone']],
    ["IssueLabel", { repository: "a", name: "bug", color: "#d73a4a" }, ['color: must be six hexadecimal digits without #, got "#d73a4a"; give e.g. d73a4a']],
    ["RepositoryAutolinkReference", { repository: "a", keyPrefix: "T-", targetUrlTemplate: "https://t.example.com" }, ['targetUrlTemplate: must be an http or https address that contains <num>, got "https://t.example.com"; give e.g. https://tickets.example.com/<num>']],
    ["RepositoryRuleset", ruleset({ enforcement: "on" }), ['enforcement: must be one of active, evaluate, disabled, got "on"; choose one of them']],
    ["RepositoryRuleset", ruleset({ bypassActors: [{ actorType: "Admin", bypassMode: "always" }] }), ['bypassActors[0].actorType: must be one of RepositoryRole, Team, Integration, OrganizationAdmin, DeployKey, got "Admin"; choose one of them']],
    ["ActionsRepositoryPermissions", { repository: "a", allowedActions: "all", allowedActionsConfig: { githubOwnedAllowed: true } }, ["allowedActionsConfig: is only accepted with allowedActions selected, got a mapping; set allowedActions to selected or remove it"]],
    ["RepositoryEnvironmentDeploymentPolicy", { repository: "a", environment: "p" }, ["branchPattern: exactly one of branchPattern and tagPattern is accepted, got nothing; give one of them"]],
  ];

  test.each(rows)("%s with %j", async (name, inputs, failures) => {
    await withProvider("github", async (client) => {
      expect((await client.check(token(name), inputs)).failures).toEqual(failures);
    });
  });

  test("a repository holds 100 secrets, and the 101st is refused", async () => {
    await withRepository(async (client, folder) => {
      const secrets = join(folder, "github/acme/continuum/secrets");
      mkdirSync(secrets);
      for (let index = 0; index < 100; index++) writeFileSync(join(secrets, `S${index}.yaml`), `repository: continuum\nsecretName: S${index}\n`);
      expect(await refusal(client.create(token("ActionsSecret"), { repository: "continuum", secretName: "S100", plaintextValue: "v" })))
        .toBe("PUT https://api.github.com/repos/acme/continuum/secrets/S100: 422 at most 100 secrets are allowed []");
      await expect(client.create(token("ActionsSecret"), { repository: "continuum", secretName: "S99", plaintextValue: "w" })).resolves.toMatchObject({ id: "continuum:S99" });
    });
  });
});

describe("references to what does not exist are refused", () => {
  const rows: [string, Properties, string][] = [
    ["ActionsSecret", { repository: "absent", secretName: "S", plaintextValue: "v" }, "POST https://api.github.com/repos/acme/absent: 404 Not Found []"],
    ["ActionsEnvironmentSecret", { repository: "continuum", environment: "absent", secretName: "S", plaintextValue: "v" }, "POST https://api.github.com/repos/acme/continuum/environments/absent: 404 Not Found []"],
    ["TeamRepository", { repository: "continuum", teamId: "absent" }, "GET https://api.github.com/orgs/acme/teams/absent: 404 Not Found []"],
    ["RepositoryCollaborator", { repository: "continuum", username: "nobody" }, "GET https://api.github.com/users/nobody: 404 Not Found []"],
    ["RepositoryEnvironment", { repository: "continuum", environment: "p", reviewers: [{ teams: [1] }] }, "PUT https://api.github.com/repos/acme/continuum/environments/p: 422 Validation Failed [reviewer 1 could not be found]"],
    ["BranchDefault", { repository: "continuum", branch: "main" }, "POST https://api.github.com/repos/acme/continuum: 422 Cannot update default branch for an empty repository. Please init the repository and push first. []"],
    ["Repository", { name: "copy", template: { owner: "acme", repository: "continuum" } }, "POST https://api.github.com/repos/acme/continuum/generate: 404 Not Found []"],
  ];

  test.each(rows)("%s %j", async (name, inputs, message) => {
    await withRepository(async (client) => {
      expect(await refusal(client.create(token(name), inputs))).toBe(message);
    });
  });

  test("teams and users of the population exist, by name and by number", async () => {
    await withRepository(async (client) => {
      await client.create(token("TeamRepository"), { repository: "continuum", teamId: "platform" });
      const reviewers = [{ teams: [idOf("team", "platform")], users: [idOf("user", "ada")] }];
      await expect(client.create(ENVIRONMENT, { repository: "continuum", environment: "p", reviewers })).resolves.toMatchObject({ id: "continuum:p" });
    });
  });

  test("a branch of a repository with a commit exists, another does not", async () => {
    await withRepository(async (client) => {
      await client.create(FILE, page);
      await client.create(token("Branch"), { repository: "continuum", branch: "next" });
      await client.create(token("BranchDefault"), { repository: "continuum", branch: "next" });
      expect(await refusal(client.create(token("RepositoryPullRequest"), { baseRepository: "continuum", baseRef: "main", headRef: "absent", title: "t" })))
        .toBe("POST https://api.github.com/repos/acme/continuum/branches/absent: 404 Branch not found []");
    });
  });
});

describe("what exists already", () => {
  test("a repository's name is taken once", async () => {
    await withRepository(async (client) => {
      expect(await refusal(client.create(REPOSITORY, { name: "continuum" }))).toBe(
        "POST https://api.github.com/user/repos: 422 Repository creation failed. [{Resource:Repository Field:name Code:custom Message:name already exists on this account}]",
      );
    });
  });

  test("a create whose answer was lost is taken over by the same resource", async () => {
    await withRepository(async (client) => {
      await expect(client.create(REPOSITORY, { name: "continuum", description: "again" }, { name: "repository" })).resolves.toMatchObject({ id: "continuum" });
    });
  });

  test("a file is only overwritten where that was asked for", async () => {
    await withRepository(async (client) => {
      await client.create(FILE, page, { name: "first" });
      expect(await refusal(client.create(FILE, page))).toBe("refusing to overwrite existing file: docs/page.md; configure overwriteOnCreate to allow it");
      await client.create(FILE, { ...page, overwriteOnCreate: true });
    });
  });

  test("an update of what is gone is a 404", async () => {
    await withRepository(async (client, folder) => {
      rmSync(join(folder, "github/acme/continuum/repository.yaml"));
      expect(await refusal(client.update(REPOSITORY, "continuum", { inputs: { name: "continuum" }, outputs: {} }, { name: "continuum" }))).toBe("PATCH https://api.github.com/repos/acme/continuum: 404 Not Found []");
    });
  });
});

describe("the traps of GitHub", () => {
  test("trap 9: reviewers that someone removed stay hidden from a refresh; what else changed shows, and so does one reviewer less", async () => {
    await withRepository(async (client, folder) => {
      const inputs = { repository: "continuum", environment: "production", reviewers: [{ users: [idOf("user", "ada")], teams: [idOf("team", "platform")] }], preventSelfReview: true, waitTimer: 5 };
      const { id, outputs } = await client.create(ENVIRONMENT, inputs);
      const shown = async (body: object): Promise<string[]> => {
        writeFileSync(join(folder, "github/acme/continuum/environments/production.yaml"), JSON.stringify({ repository: "continuum", environment: "production", ...body }));
        const read = await client.read(ENVIRONMENT, id, { inputs, outputs: outputs.plain });
        return (await client.diff(ENVIRONMENT, id, { inputs: read.inputs.plain, outputs: read.outputs.plain }, inputs)).paths;
      };
      expect(await shown({ waitTimer: 5 })).toEqual([]);
      expect(await shown({ reviewers: [{ users: [], teams: [] }] })).toEqual(["waitTimer"]);
      expect(await shown({ waitTimer: 5, preventSelfReview: true })).toEqual(["reviewers"]);
      expect(await shown({ waitTimer: 5, preventSelfReview: true, reviewers: [{ users: [], teams: [idOf("team", "platform")] }] })).toEqual(["reviewers[0].users[0]"]);
    });
  });

  test("trap 10: renaming an environment replaces it, and its secrets vanish with the old one", async () => {
    await withRepository(async (client, folder) => {
      const inputs = { repository: "continuum", environment: "production" };
      const { id, outputs } = await client.create(ENVIRONMENT, inputs);
      await client.create(token("ActionsEnvironmentSecret"), { ...inputs, secretName: "S", plaintextValue: "v" });
      const old = { inputs, outputs: outputs.plain };
      expect(await client.diff(ENVIRONMENT, id, old, { ...inputs, environment: "live" })).toEqual({ paths: ["environment"], replaces: ["environment"], deleteBeforeReplace: false });
      await client.create(ENVIRONMENT, { ...inputs, environment: "live" });
      await client.delete(ENVIRONMENT, id, old);
      expect(existsSync(join(folder, "github/acme/continuum/environments/production"))).toBe(false);
      expect(existsSync(join(folder, "github/acme/continuum/environments/live.yaml"))).toBe(true);
    });
  });

  test("trap 11: a secret does not drift by itself", async () => {
    await withRepository(async (client) => {
      const type = token("ActionsSecret");
      const { inputs } = await client.check(type, { plain: { repository: "continuum", secretName: "S", plaintextValue: "CANARY" }, secrets: [["plaintextValue"]] });
      const { id, outputs } = await client.create(type, inputs);
      const read = await client.read(type, id, { inputs: inputs.plain, outputs: outputs.plain });
      expect(read.outputs).toEqual(outputs);
      expect((await client.diff(type, id, { inputs: read.inputs.plain, outputs: read.outputs.plain }, inputs.plain)).paths).toEqual([]);
    });
  });

  test("trap 12: a protected default branch refuses a file, unless the actor may always bypass", async () => {
    await withRepository(async (client) => {
      const message = "PUT https://api.github.com/repos/acme/continuum/contents/docs/page.md: 409 Repository rule violations found: Changes must be made through a pull request. []";
      const { id, outputs } = await client.create(RULESET, ruleset({}));
      expect(await refusal(client.create(FILE, page))).toBe(message);
      const bypass = (bypassMode: string) => ruleset({ bypassActors: [{ actorId: 5, actorType: "RepositoryRole", bypassMode }] });
      await client.update(RULESET, id, { inputs: ruleset({}), outputs: outputs.plain }, bypass("pull_request"));
      expect(await refusal(client.create(FILE, page))).toBe(message);
      await client.update(RULESET, id, { inputs: ruleset({}), outputs: outputs.plain }, bypass("always"));
      await expect(client.create(FILE, page)).resolves.toMatchObject({ id: "continuum/docs/page.md" });
    });
  });

  test("trap 12: a commit with an author of its own breaks a rule that asks for signatures", async () => {
    await withRepository(async (client) => {
      await client.create(RULESET, ruleset({ rules: { requiredSignatures: true } }));
      expect(await refusal(client.create(FILE, { ...page, commitAuthor: "Ada", commitEmail: "ada@example.com" })))
        .toBe("PUT https://api.github.com/repos/acme/continuum/contents/docs/page.md: 409 Repository rule violations found: Commits must have verified signatures. []");
      await client.create(FILE, page);
    });
  });

  test("trap 12: a ruleset that covers another branch, or is switched off, refuses nothing", async () => {
    await withRepository(async (client) => {
      await client.create(RULESET, ruleset({ name: "other", conditions: { refName: { includes: ["refs/heads/release/*"], excludes: [] } } }));
      await client.create(RULESET, ruleset({ name: "off", enforcement: "disabled" }));
      await client.create(RULESET, ruleset({ name: "excluded", conditions: { refName: { includes: ["~ALL"], excludes: ["refs/heads/main"] } } }));
      await expect(client.create(FILE, page)).resolves.toMatchObject({ id: "continuum/docs/page.md" });
    });
  });
});

describe("the end of a repository", () => {
  test("deleting it deletes everything beneath it", async () => {
    await withRepository(async (client, folder) => {
      await client.create(FILE, page);
      await client.delete(REPOSITORY, "continuum", { inputs: { name: "continuum" }, outputs: {} });
      expect(existsSync(join(folder, "github"))).toBe(false);
    });
  });

  test("archive on destroy archives it, makes it read-only and keeps its name taken", async () => {
    await withRepository(async (client, folder) => {
      await client.delete(REPOSITORY, "continuum", { inputs: { name: "continuum", archiveOnDestroy: true }, outputs: {} });
      expect(readFileSync(join(folder, "github/acme/continuum/repository.yaml"), "utf8")).toContain("archived: true");
      expect(await refusal(client.create(FILE, page))).toBe("POST https://api.github.com/repos/acme/continuum: 403 Repository was archived so is read-only. []");
      expect(await refusal(client.create(REPOSITORY, { name: "continuum" }, { name: "repository" }))).toContain("name already exists on this account");
    });
  });

  test("what was below a repository that someone deleted is gone too, and does not come back with a new one", async () => {
    await withRepository(async (client, folder) => {
      const { id, outputs } = await client.create(FILE, page);
      rmSync(join(folder, "github/acme/continuum/repository.yaml"));
      expect((await client.read(FILE, id, { inputs: page, outputs: outputs.plain })).id).toBe("");
      await client.create(REPOSITORY, { name: "continuum" }, { name: "repository" });
      expect((await client.read(FILE, id, { inputs: page, outputs: outputs.plain })).id).toBe("");
    });
  });

  test("renaming it is an update that takes everything along, secrets and number included", async () => {
    await withRepository(async (client, folder) => {
      const secret = token("ActionsSecret");
      await client.create(secret, { repository: "continuum", secretName: "S", plaintextValue: "CANARY" });
      const before = await client.read(REPOSITORY, "continuum");
      const old = { inputs: before.inputs.plain, outputs: before.outputs.plain };
      expect(await client.diff(REPOSITORY, "continuum", old, { name: "renamed" })).toEqual({ paths: ["name"], replaces: [], deleteBeforeReplace: false });
      const outputs = await client.update(REPOSITORY, "continuum", old, { name: "renamed" });
      expect(outputs.plain).toMatchObject({ fullName: "acme/renamed", repoId: before.outputs.plain["repoId"] });
      expect((await client.read(secret, "renamed:S")).inputs.plain).toMatchObject({ plaintextValue: "CANARY" });
      expect(existsSync(join(folder, "github/acme/continuum"))).toBe(false);
    });
  });
});

describe("what belongs to a renamed repository", () => {
  test("follows it under the new name, as GitHub sends the old one on", async () => {
    await withRepository(async (client) => {
      const variable = token("ActionsVariable");
      const created = await client.create(variable, { repository: "continuum", variableName: "V", value: "1" }, { name: "old-variable" });
      const old = { inputs: { repository: "continuum", variableName: "V", value: "1" }, outputs: created.outputs.plain };
      const before = await client.read(REPOSITORY, "continuum");
      await client.update(REPOSITORY, "continuum", { inputs: before.inputs.plain, outputs: before.outputs.plain }, { name: "renamed" });
      await client.update(variable, created.id, old, { repository: "renamed", variableName: "V", value: "2" });
      expect((await client.read(variable, "renamed:V")).inputs.plain).toMatchObject({ value: "2" });
    });
  });

  test("does not follow to a repository that was there before", async () => {
    await withRepository(async (client) => {
      const variable = token("ActionsVariable");
      await client.create(REPOSITORY, { name: "other" }, { name: "other" });
      await client.create(variable, { repository: "other", variableName: "V", value: "theirs" }, { name: "theirs" });
      const created = await client.create(variable, { repository: "continuum", variableName: "V", value: "1" }, { name: "ours" });
      const old = { inputs: { repository: "continuum", variableName: "V", value: "1" }, outputs: created.outputs.plain };
      await expect(client.update(variable, created.id, old, { repository: "other", variableName: "V", value: "2" })).rejects.toThrow();
      expect((await client.read(variable, "other:V")).inputs.plain).toMatchObject({ value: "theirs" });
    });
  });
});

describe("imports and functions", () => {
  test.each([
    ["Repository", { name: "second" }, "second"],
    ["RepositoryEnvironment", { repository: "continuum", environment: "production" }, "continuum:production"],
    ["ActionsSecret", { repository: "continuum", secretName: "S", plaintextValue: "v" }, "continuum:S"],
    ["IssueLabel", { repository: "continuum", name: "good first issue", color: "d73a4a" }, "continuum:good first issue"],
    ["RepositoryTopics", { repository: "continuum", topics: ["a"] }, "continuum"],
  ] satisfies [string, Properties, string][])("%s %j is imported as %s", async (name, inputs, id) => {
    await withRepository(async (client) => {
      await client.create(token(name), inputs);
      const read = await client.read(token(name), id);
      expect(read).toMatchObject({ id, inputs: { plain: inputs } });
    });
  });

  test("a ruleset is imported by its repository and number", async () => {
    await withRepository(async (client) => {
      const { id } = await client.create(RULESET, ruleset({}));
      expect((await client.read(RULESET, `continuum:${id}`)).inputs.plain).toEqual(ruleset({}));
      expect((await client.read(RULESET, "continuum:1")).id).toBe("");
      expect((await client.read(RULESET, "nonsense")).id).toBe("");
    });
  });

  test("functions answer from the cloud and the population", async () => {
    await withRepository(async (client) => {
      expect(await client.invoke("github:index/getTeam:getTeam", { slug: "platform" })).toMatchObject({ id: String(idOf("team", "platform")), slug: "platform" });
      expect(await client.invoke("github:index/getUser:getUser", { username: "ada" })).toMatchObject({ id: String(idOf("user", "ada")), login: "ada" });
      expect(await client.invoke("github:index/getRepository:getRepository", { fullName: "acme/continuum" })).toMatchObject({ name: "continuum", visibility: "public" });
      expect(await client.invoke("github:index/getActionsPublicKey:getActionsPublicKey", { repository: "continuum" })).toMatchObject({ keyId: "568250167242549743" });
      expect(await refusal(client.invoke("github:index/getTeam:getTeam", { slug: "absent" }))).toBe("GET https://api.github.com/orgs/acme/teams/absent: 404 Not Found []");
      expect(await refusal(client.invoke("github:index/getTree:getTree", {}))).toBe(
        "github:index/getTree:getTree: is not served by the sandbox, got a call of it; leave the provider github out of the sandbox to use the real one",
      );
    });
  });
});

describe("functions of the github provider", () => {
  const rows: [string, Properties, Properties][] = [
    ["getUser", { username: "" }, { login: "octocat" }],
    ["getUsers", { usernames: ["ada", "nobody"] }, { logins: ["ada"], unknownLogins: ["nobody"] }],
    ["getOrganization", { name: "acme" }, { login: "acme" }],
    ["getBranch", { repository: "continuum", branch: "main" }, { ref: "refs/heads/main" }],
    ["getBranch", { repository: "continuum", branch: "next" }, { ref: "refs/heads/next" }],
    ["getRepositoryEnvironments", { repository: "continuum" }, { environments: [{ name: "production", nodeId: "" }] }],
    ["getGithubApp", { slug: "renovate" }, { slug: "renovate" }],
    ["getActionsEnvironmentPublicKey", { repository: "continuum", environment: "production" }, { keyId: "568250167242549743" }],
    ["getDependabotPublicKey", { repository: "continuum" }, { keyId: "568250167242549743" }],
    ["getCodespacesPublicKey", { repository: "continuum" }, { keyId: "568250167242549743" }],
    ["getTeam", { slug: "made-here" }, { name: "Made here" }],
  ];

  test.each(rows)("%s of %j", async (name, args, answer) => {
    await withRepository(async (client) => {
      await client.create(FILE, page);
      await client.create(token("Branch"), { repository: "continuum", branch: "next" });
      await client.create(ENVIRONMENT, { repository: "continuum", environment: "production" });
      await client.create(token("ActionsEnvironmentSecret"), { repository: "continuum", environment: "production", secretName: "S", plaintextValue: "v" });
      await client.create(token("Team"), { name: "Made here" });
      expect(await client.invoke(`github:index/${name}:${name}`, args)).toMatchObject(answer);
    });
  });

  test.each([
    ["getUser", { username: "nobody" }, "GET https://api.github.com/users/nobody: 404 Not Found []"],
    ["getRepository", { name: "absent" }, "GET https://api.github.com/repos/acme/absent: 404 Not Found []"],
    ["getBranch", { repository: "continuum", branch: "absent" }, "GET https://api.github.com/repos/acme/continuum/branches/absent: 404 Not Found []"],
    ["getBranch", { repository: "absent", branch: "main" }, "GET https://api.github.com/repos/acme/absent: 404 Not Found []"],
    ["getActionsPublicKey", { repository: "absent" }, "GET https://api.github.com/repos/acme/absent: 404 Not Found []"],
  ] satisfies [string, Properties, string][])("%s of %j is refused", async (name, args, message) => {
    await withRepository(async (client) => {
      expect(await refusal(client.invoke(`github:index/${name}:${name}`, args))).toBe(message);
    });
  });
});
