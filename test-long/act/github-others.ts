import type { Handlers } from "./github-api.ts";
import { html, missing } from "./github-state.ts";
import type { Fields, PullRequest, State } from "./github-state.ts";

/** Workflow runs, checks, pull requests and deployments. */
export function otherHandlers(state: State, next: () => number): Handlers {
  const pull = (number: string | undefined) => state.pulls.find((each) => each.number === Number(number));
  const lists = (runs: Fields[], query: Record<string, string>) => {
    const found = runs.filter((run) => ["head_sha", "status", "event", "branch"].every((name) => query[name] === undefined || run[name] === query[name] || run["conclusion"] === query[name]));
    return { body: { total_count: found.length, workflow_runs: found } };
  };
  return {
    "actions/create-workflow-dispatch": ({ params, body }) => {
      state.dispatches.push({ workflow: String(params["workflow_id"]), ref: String(body["ref"]), inputs: typeof body["inputs"] === "object" ? { ...body["inputs"] } : {} });
      return { status: 204 };
    },
    "actions/list-workflow-runs": ({ params, query }) => lists(state.runs.filter(({ path }) => String(path ?? "").endsWith(String(params["workflow_id"]))), query),
    "actions/list-workflow-runs-for-repo": ({ query }) => lists(state.runs, query),
    "actions/get-workflow-run": ({ params }) => ({ body: state.runs.find(({ id }) => id === Number(params["run_id"])) ?? { id: Number(params["run_id"]), html_url: `${html}/actions/runs/${params["run_id"]}` } }),
    "checks/list-for-ref": () => ({ body: { total_count: state.checkRuns.length, check_runs: state.checkRuns } }),
    "pulls/get": ({ params }) => ({ body: pull(params["pull_number"]), ...(!pull(params["pull_number"]) && missing) }),
    "pulls/list": ({ query }) => ({ body: state.pulls.filter((each) => query["head"] === undefined || query["head"] === `acme:${each.head.ref}`) }),
    "pulls/list-files": ({ params }) => ({ body: pull(params["pull_number"])?.["files"] ?? [] }),
    "pulls/list-commits": ({ params }) => ({ body: pull(params["pull_number"])?.["commits"] ?? [] }),
    "pulls/create": ({ body }) => {
      const number = next();
      const made: PullRequest = { ...body, number, title: String(body["title"]), body: String(body["body"] ?? ""), state: "open", head: { ref: String(body["head"]), sha: "" }, base: { ref: String(body["base"]), sha: "" }, html_url: `${html}/pull/${number}` };
      state.pulls.push(made);
      return { status: 201, body: made };
    },
    "pulls/update": ({ params, body }) => {
      const found = pull(params["pull_number"]);
      return found ? { body: Object.assign(found, body) } : missing;
    },
    "repos/create-deployment": ({ body }) => {
      const made = { ...body, id: next() };
      state.deployments.push(made);
      return { status: 201, body: made };
    },
  };
}
