import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { deploymentNotifier } from "../operations/rollout/notify/deployment.ts";
import { issueNotifier } from "../operations/rollout/notify/issue.ts";
import { ensureJudges } from "../toolchain/judges.ts";
import { SAID, tellAll } from "../test/operations/rollout/notify/events.ts";
import { serveGitHub } from "./act/github-api.ts";
import type { GitHubServer, Handlers } from "./act/github-api.ts";
import { issueHandlers } from "./act/github-issues.ts";
import type { Fields, State } from "./act/github-state.ts";
import { otherHandlers } from "./act/github-others.ts";

const state: State = { issues: [], comments: [], releases: [], dispatches: [], pulls: [], runs: [], checkRuns: [], deployments: [] };
const statuses: Fields[] = [];
let last = 0;
let server: GitHubServer;

/** What is asked of GitHub, and nothing else: each request is judged by GitHub's own description of its API. */
function handlers(): Handlers {
  const next = (): number => (last += 1);
  const { "issues/list-for-repo": list, "issues/create": open, "issues/update": write } = issueHandlers(state, next);
  const { "repos/create-deployment": deploy } = otherHandlers(state, next);
  if (!list || !open || !write || !deploy) throw new Error("the stand-in for GitHub lost an operation");
  return {
    "issues/list-for-repo": list,
    "issues/create": open,
    "issues/update": write,
    "repos/create-deployment": deploy,
    "repos/list-deployments": ({ query }) => ({ body: state.deployments.filter(({ environment, task }) => environment === query["environment"] && task === query["task"]) }),
    "repos/list-deployment-statuses": ({ params }) => ({ body: statuses.filter(({ of }) => of === Number(params["deployment_id"])).toReversed() }),
    "repos/create-deployment-status": ({ body, params }) => {
      const made = { ...body, of: Number(params["deployment_id"]) };
      statuses.push(made);
      return { status: 201, body: made };
    },
  };
}

beforeAll(async () => {
  const [file] = await ensureJudges(["github-api"]);
  server = await serveGitHub(file, handlers(), "hidden");
});
afterAll(() => server.close());

test("GitHub takes what a rollout tells it of issues and deployments", async () => {
  const environment = { GITHUB_API_URL: server.url, GITHUB_TOKEN: "hidden", GITHUB_REPOSITORY: "acme/shop", GITHUB_SERVER_URL: "https://github.com", GITHUB_RUN_ID: "7" };
  const issue = issueNotifier({ token: "GITHUB_TOKEN", when: "always", labels: ["rollout"] }, environment);
  const deployment = deploymentNotifier({ token: "GITHUB_TOKEN", environment: "production", ref: "main" }, environment);
  const steps = [SAID.started, SAID.stage, SAID.pass, SAID.silent, SAID.resumed, SAID.breach, SAID.baking, SAID.done];
  for (const notify of [issue, deployment]) await tellAll(notify, steps);
  const bad = [SAID.started, SAID.stage, SAID.rolledBack].map((each) => ({ ...each, revision: "r2" }));
  await tellAll(issueNotifier({ token: "GITHUB_TOKEN", when: "problems", labels: [] }, environment), bad);
  await tellAll(deploymentNotifier({ token: "GITHUB_TOKEN", environment: "production", ref: "main" }, environment), bad);
  expect(server.problems).toEqual([]);
  expect(state.issues.map(({ state: now, title }) => [now, title])).toEqual([
    ["open", "Rollout of shop r2 in production: rolled-back"],
    ["closed", "Rollout of shop r1 in production: done"],
  ]);
  expect(statuses.map(({ state: now }) => now)).toEqual(["in_progress", "in_progress", "in_progress", "in_progress", "in_progress", "success", "in_progress", "in_progress", "failure"]);
});
