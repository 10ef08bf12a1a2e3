import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";

// Each row starts a program of its own, which takes its time on a busy machine.

const program = fileURLToPath(new URL("failing.ts", import.meta.url));

interface Failed {
  order: string[];
  errors: string[];
}

async function failing(type: string): Promise<Failed> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, type]);
  const failed: Failed = JSON.parse(stdout);
  return failed;
}

const everything = [
  "shop-access-collaborators",
  "shop-actions-allowed",
  "shop-actions-token",
  "shop-autolinks-SHOP-",
  "shop-core-alerts",
  "shop-core-default-branch",
  "shop-core-pages",
  "shop-core-repository",
  "shop-core-security-updates",
  "shop-environment-production-environment",
  "shop-environment-staging-environment",
  "shop-files-README.md",
  "shop-labels-all",
  "shop-ruleset-main-ruleset",
  "shop-secrets-NPM_TOKEN",
  "shop-webhook-audit-secret",
  "shop-webhook-audit-webhook",
];

test.each<[string, string, string[]]>([
  ["RepositoryFile", "the rules that would refuse the files' next commits", ["shop-ruleset-main-ruleset"]],
  ["BranchDefault", "what is committed to it or built from it", ["shop-core-pages", "shop-files-README.md", "shop-ruleset-main-ruleset"]],
  ["RepositoryCollaborators", "environments whose reviewers have no access yet", ["shop-environment-production-environment", "shop-environment-staging-environment", "shop-ruleset-main-ruleset"]],
  ["RepositoryEnvironment", "the rules that name it", ["shop-ruleset-main-ruleset"]],
  ["RepositoryVulnerabilityAlerts", "the updates that need them", ["shop-core-security-updates"]],
  ["ActionsSecret", "nothing else", []],
])("a failing %s is named by the error and holds back %s", async (type, _, missing) => {
  const { order, errors } = await failing(type);
  expect(order).toEqual(everything.filter((name) => !missing.includes(name)));
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) expect(error).toMatch(new RegExp(`:${type}\\]: shop-[A-Za-z._-]+ was refused$`));
});
