// Writes into the issue of a rollback how its steps ended.
import { fail, input, optional, summary } from "./lib/actions.mjs";
import { upsertIssue } from "./lib/github.mjs";
import { rollbackIssue } from "./lib/package-rollback-issue.mjs";

const project = input("PROJECT", /^[\w.-]+$/, "the name of a project");
const needs = JSON.parse(input("NEEDS", /^\s*\{/, "the results of the jobs"));
const { version, bad } = needs.plan.outputs;
if (!version) fail(`${project}: the rollback was not planned, so nothing was done; see the job "Plan"`);

const steps = Object.entries(needs).map(([job, { result }]) => [job, result]);
const run = `${optional("GITHUB_SERVER_URL")}/${optional("GITHUB_REPOSITORY")}/actions/runs/${optional("GITHUB_RUN_ID")}`;
const issue = rollbackIssue({ project, version, bad: JSON.parse(bad), reason: optional("REASON"), action: optional("ACTION"), actor: optional("GITHUB_ACTOR"), steps });
const branch = needs["hotfix-branch"].outputs.branch;
await upsertIssue({ ...issue, body: `${issue.body}\n\n[The run](${run})${branch ? `; mend it on \`${branch}\`` : ""}.` });
summary(issue.body);
