import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { stacksFiles } from "../../../components/workflows/stacks/index.ts";
import { OWN } from "../../../components/workflows/stacks/own.ts";

const root = join(import.meta.dirname, "../../..");
const made = stacksFiles(OWN);

interface Job {
  if?: string;
  needs?: string[];
  environment?: string;
  permissions: Record<string, string>;
  steps: { name: string; env?: Record<string, string>; run?: string }[];
}

function workflow(file: string, options = OWN): { on: Record<string, { branches?: string[]; cron?: string }[]>; permissions: object; jobs: Record<string, Job> } {
  return parse(stacksFiles(options)[`.github/workflows/${file}`] ?? "");
}

const files = Object.keys(made).map((path) => path.replace(".github/workflows/", ""));
const text = (job: Job | undefined) => JSON.stringify(job);

test("the repository has exactly the files that are made; node components/workflows/stacks/generate.ts writes them", () => {
  const present = readdirSync(join(root, ".github"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  expect(Object.fromEntries(present.sort().map((path) => [path, readFileSync(join(root, path), "utf8")]))).toEqual(Object.fromEntries(Object.entries(made).sort()));
  expect(files).toEqual(["ci.yml", "preview.yml", "deploy.yml", "drift.yml", "release.yml", "security.yml"]);
});

test.each(files)("%s never runs a stranger's code with rights, and no token has more than its job's steps say", (file) => {
  const { on, permissions } = workflow(file);
  expect(Object.keys(on)).not.toContain("pull_request_target");
  expect(Object.keys(on)).not.toContain("workflow_run");
  expect(permissions).toEqual({});
});

test.each(files)("%s shows no secret to a fork, and each secret is that of an environment", (file) => {
  const { jobs, on } = workflow(file);
  for (const job of Object.values(jobs)) {
    if (!text(job).includes("secrets.")) continue;
    expect(job.environment).toBeDefined();
    if ("pull_request" in on) expect(job.if).toContain("github.event.pull_request.head.repo.full_name == github.repository");
  }
});

test("the only stored credentials are the stacks' passphrase and the App's key, and a pull request sees the first alone", () => {
  const named = (file: string) => [...new Set([...(made[`.github/workflows/${file}`] ?? "").matchAll(/secrets\.(\w+)/g)].map(([, name]) => name))].sort();
  expect(Object.fromEntries(files.map((file) => [file, named(file)]))).toEqual({
    "ci.yml": [], "preview.yml": ["PULUMI_CONFIG_PASSPHRASE"], "deploy.yml": ["PULUMI_CONFIG_PASSPHRASE", "SLIPWAY_APP_KEY"], "drift.yml": ["PULUMI_CONFIG_PASSPHRASE", "SLIPWAY_APP_KEY"], "release.yml": [], "security.yml": [],
  });
});

describe("a deployment", () => {
  const { jobs } = workflow("deploy.yml");

  test("goes from stack to stack, each update after its plan, in the environment that approves it", () => {
    expect(Object.entries(jobs).map(([id, { environment, needs = [] }]) => [id, environment, ...needs])).toEqual([
      ["plan-staging", "staging-preview"],
      ["deploy-staging", "staging", "plan-staging"],
      ["plan-production", "production-preview", "deploy-staging"],
      ["deploy-production", "production", "plan-production"],
    ]);
    expect(jobs["plan-staging"]?.if).toBe("${{ github.ref == 'refs/heads/main' }}");
  });

  test.each(OWN.stacks.map(({ name }) => name))("applies the plan of %s and no other", (stack) => {
    const step = jobs[`deploy-${stack}`]?.steps.at(-1);
    expect(step?.run).toContain('--expect "$DIGEST"');
    expect(step?.env).toMatchObject({ STACK: stack, DIGEST: `\${{ needs.plan-${stack}.outputs.digest }}` });
  });

  test("of one stack needs nothing before it", () => {
    expect(Object.keys(workflow("deploy.yml", { defaultBranch: "trunk", stacks: [{ name: "only", driftSchedule: "0 1 * * *" }] }).jobs)).toEqual(["plan-only", "deploy-only"]);
  });
});

describe("the commands that the pipelines call", () => {
  const lines = files.flatMap((file) => [...(made[`.github/workflows/${file}`] ?? "").matchAll(/slipway -- (\w+) (.+)/g)].map(([, command = "", rest = ""]) => ({ command, options: rest.match(/--[a-z-]+/g) ?? [] })));
  const calls = new Map(lines.map(({ command, options }) => [`${command} ${options.join(" ")}`, { command, options }]));

  test("are those that preview, apply and look for drift", () => {
    expect([...calls.keys()].sort()).toEqual([
      "drift --stack --issue", "preview --stack --policy-pack --check --json", "preview --stack --policy-pack --comment --check", "up --stack --policy-pack --expect",
    ]);
  });

  test.each([...calls.values()])("slipway $command takes $options", ({ command, options }) => {
    const help = execFileSync(process.execPath, [join(root, "toolchain/slipway.mjs"), command, "--help"], { encoding: "utf8", env: { PATH: process.env["PATH"] } });
    for (const option of options) expect(help).toMatch(new RegExp(`^ +${option}[ \n]`, "m"));
  });
});

test("drift is looked for on each stack's own schedule", () => {
  const stacks = [{ name: "a", driftSchedule: "0 1 * * *" }, { name: "b", driftSchedule: "0 2 * * *" }] as const;
  const { jobs, on } = workflow("drift.yml", { defaultBranch: "main", stacks });
  expect(on["schedule"]).toEqual([{ cron: "0 1 * * *" }, { cron: "0 2 * * *" }]);
  expect(jobs["b"]?.if).toBe("${{ github.event_name != 'schedule' || github.event.schedule == '0 2 * * *' }}");
  expect(workflow("drift.yml").jobs["staging"]?.if).toBeUndefined();
});
