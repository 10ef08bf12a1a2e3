import { describe, expect, jest, test } from "@jest/globals";
import { log, RunError } from "@pulumi/pulumi";
import type { EnvironmentSettings } from "../../components/github/environment-protection.ts";
import { approvalsText } from "../../components/github/environment-protection.ts";
import { Environment } from "../../components/github/environment.ts";
import { numericId } from "../../components/github/identities.ts";
import { environment as schema } from "../../settings/schema/repository-environment.ts";
import { names, only, run, sealed, secretOf, valueOf } from "./program.ts";

const RESOURCE = "RepositoryEnvironment";
const settings = (given: Record<string, unknown>): EnvironmentSettings => schema.parse(given);
const declare = (given: Record<string, unknown>, made?: (environment: Environment) => void) =>
  run((opts) => {
    const environment = new Environment("shop-production", { repository: "shop", environment: "production", settings: settings(given), secretOf }, opts);
    made?.(environment);
  });

describe("an environment", () => {
  test("has reviewers by number, a wait, patterns, secrets and variables", async () => {
    const ran = await declare({
      approvals: { teams: ["release-team", 55], users: ["ada"] },
      waitMinutes: 5,
      deployFrom: { kind: "patterns", branches: ["main"], tags: ["v*"] },
      secrets: { KUBE_CONFIG: { secret: "kube" } },
      variables: { REGION: "eu" },
    });
    const place = { repository: "shop", environment: "production" };
    expect(ran.resources).toEqual([
      {
        type: "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy",
        name: "shop-production-branch-main",
        inputs: { ...place, branchPattern: "main" },
      },
      {
        type: "github:index/repositoryEnvironment:RepositoryEnvironment",
        name: "shop-production-environment",
        inputs: {
          ...place,
          canAdminsBypass: false,
          preventSelfReview: true,
          waitTimer: 5,
          deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true },
          reviewers: [{ teams: [101, 55], users: [201] }],
        },
      },
      {
        type: "github:index/actionsEnvironmentSecret:ActionsEnvironmentSecret",
        name: "shop-production-secret-KUBE_CONFIG",
        inputs: { ...place, secretName: "KUBE_CONFIG", value: sealed("value of kube") },
      },
      {
        type: "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy",
        name: "shop-production-tag-v*",
        inputs: { ...place, tagPattern: "v*" },
      },
      {
        type: "github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable",
        name: "shop-production-variable-REGION",
        inputs: { ...place, variableName: "REGION", value: "eu" },
      },
    ]);
    expect(ran.calls).toEqual([
      { token: "github:index/getTeam:getTeam", inputs: { slug: "release-team", summaryOnly: true } },
      { token: "github:index/getUser:getUser", inputs: { username: "ada" } },
    ]);
  });

  test("looks nobody up where the reviewers are given by number", async () => {
    const ran = await declare({ approvals: { teams: [1], users: [2] } });
    expect(ran.calls).toEqual([]);
    expect(only(ran, RESOURCE)["reviewers"]).toEqual([{ teams: [1], users: [2] }]);
  });

  test("asks for branch protection where the settings do", async () => {
    const ran = await declare({ approvals: { unprotected: "an experiment" }, deployFrom: { kind: "protected-branches" } });
    expect(only(ran, RESOURCE)["deploymentBranchPolicy"]).toEqual({ protectedBranches: true, customBranchPolicies: false });
    expect(names(ran)).toEqual(["RepositoryEnvironment shop-production-environment"]);
  });

  test("trap 9: it tells what its reviewers must be, because refresh does not see that somebody removed them", async () => {
    let reviewers: Promise<unknown> | undefined;
    await declare({ approvals: { teams: ["release-team"], users: ["ada"] } }, (environment) => {
      reviewers = valueOf(environment.reviewers);
    });
    expect(await reviewers).toEqual({ teams: [101], users: [201], preventSelfReview: true });
  });

  test("trap 10: admins do not bypass and nobody approves their own deployment unless the settings say so", async () => {
    const safe = await declare({ approvals: { teams: [1] } });
    expect(only(safe, RESOURCE)).toMatchObject({ canAdminsBypass: false, preventSelfReview: true });
    const loose = await declare({ approvals: { teams: [1], preventSelfReview: false, adminsMayBypass: true } });
    expect(only(loose, RESOURCE)).toMatchObject({ canAdminsBypass: true, preventSelfReview: false });
    const open = await declare({ approvals: { unprotected: "documentation is public" } });
    expect(only(open, RESOURCE)).toEqual({ repository: "shop", environment: "production", canAdminsBypass: false, preventSelfReview: false });
  });

  test("trap 10: a rename warns, because GitHub replaces the environment and its secrets go with it", async () => {
    const warn = jest.spyOn(log, "warn").mockImplementation(() => Promise.resolve());
    await declare({ approvals: { teams: [1] }, renamedFrom: "prod" });
    expect(warn.mock.calls.map(([text]) => text)).toEqual([
      "environment production replaces prod: GitHub cannot rename, so secrets and variables that are not declared here are lost; remove renamedFrom afterwards",
    ]);
    warn.mockRestore();
  });
});

test("an id that is no number is refused by name", () => {
  expect(numericId("user", "ada", "201")).toBe(201);
  expect(() => numericId("user", "nobody", "")).toThrow(new RunError('user nobody: has no numeric id, got ""; give the id itself instead of the name'));
});

test.each([
  [{ approvals: { unprotected: "pages are public" } }, "none: pages are public"],
  [{ approvals: { unprotected: "pages are public" }, waitMinutes: 3 }, "none: pages are public, 3 min wait"],
  [{ approvals: { teams: ["release-team"] } }, "1 reviewer (team release-team)"],
  [{ approvals: { teams: ["release-team"], users: ["ada", 7] }, waitMinutes: 5 }, "3 reviewers (team release-team, user ada, user 7), 5 min wait"],
  [{ approvals: { users: ["ada"], preventSelfReview: false, adminsMayBypass: true } }, "1 reviewer (user ada), self-review allowed, admins may bypass"],
])("approvals of %j read as %s", (given, text) => {
  expect(approvalsText(settings(given))).toBe(text);
});
