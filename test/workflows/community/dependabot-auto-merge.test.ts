import { parse } from "yaml";
import { dependabotAutoMerge } from "../../../components/workflows/community/dependabot-auto-merge.ts";
import { renderWorkflow } from "../../../components/workflows/kit/index.ts";
import { repository } from "../repository.ts";
import { scriptRoom, serve } from "../script-room.ts";

const room = scriptRoom();
const HEAD = "a".repeat(40);

describe("dependabotAutoMerge", () => {
  const made = (updates: ("patch" | "minor")[]) => dependabotAutoMerge({ updates, method: "squash" }, repository()).workflows.map((file) => parse(renderWorkflow(file)))[0];

  it("runs for pull requests that Dependabot opened, whoever pushed last, and may approve and merge", () => {
    const { on, jobs } = made(["patch"]);
    expect(Object.keys(on)).toEqual(["pull_request"]);
    expect(jobs.merge.if).toBe("github.event.pull_request.user.login == 'dependabot[bot]'");
    expect(jobs.merge.permissions).toEqual({ contents: "write", "pull-requests": "write" });
  });

  it("goes on for the updates that are allowed and no larger", () => {
    const conditions = (updates: ("patch" | "minor")[]) => made(updates).jobs.merge.steps.slice(1).map((step: { if?: string }) => step.if);
    expect(conditions(["patch"])).toEqual(Array(2).fill("steps.update.outputs.update-type == 'version-update:semver-patch'"));
    expect(conditions(["patch", "minor"])).toEqual(Array(2).fill("steps.update.outputs.update-type == 'version-update:semver-patch' || steps.update.outputs.update-type == 'version-update:semver-minor'"));
  });
});

describe("dependabot-auto-merge.mjs", () => {
  interface Case {
    author?: string;
    head?: string;
    reviews?: object[];
    errors?: { message: string }[];
  }

  async function merge({ author = "dependabot[bot]", head = HEAD, reviews = [], errors }: Case, env: Record<string, string> = {}) {
    const server = await serve(({ method, path }) => {
      switch (`${method} ${path}`) {
        case "GET /repos/acme/shop/pulls/7":
          return { body: { node_id: "PR_1", user: { login: author }, head: { sha: head } } };
        case "GET /repos/acme/shop/pulls/7/reviews?per_page=100":
          return { body: reviews };
        case "POST /repos/acme/shop/pulls/7/reviews":
        case "PUT /repos/acme/shop/pulls/7/merge":
          return { body: {} };
        case "POST /graphql":
          return { body: errors ? { errors } : { data: {} } };
        default:
          return undefined;
      }
    });
    const ran = await room.run("dependabot-auto-merge.mjs", { GITHUB_API_URL: server.url, GITHUB_GRAPHQL_URL: `${server.url}/graphql`, PULL_REQUEST: "7", HEAD_SHA: HEAD, MERGE_METHOD: "squash", ...env });
    return { ...ran, writes: server.requests.filter(({ method }) => method !== "GET") };
  }

  it("approves the commit that the run is for, and has GitHub merge that commit when its checks have passed", async () => {
    const { code, writes } = await merge({});
    expect(code).toBe(0);
    expect(writes.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /repos/acme/shop/pulls/7/reviews", "POST /graphql"]);
    expect(writes[0]?.body).toMatchObject({ event: "APPROVE", commit_id: HEAD });
    expect(writes[1]?.body).toMatchObject({ query: expect.stringContaining("enablePullRequestAutoMerge"), variables: { id: "PR_1", head: HEAD, method: "SQUASH" } });
  });

  it("does not approve a commit twice, and approves a new one", async () => {
    const approved = (commit: string) => ({ user: { login: "github-actions[bot]" }, state: "APPROVED", commit_id: commit });
    expect((await merge({ reviews: [approved(HEAD)] })).writes.map(({ path }) => path)).toEqual(["/graphql"]);
    expect((await merge({ reviews: [approved("b".repeat(40))] })).writes).toHaveLength(2);
  });

  it("merges at once what waits for nothing any more", async () => {
    const { code, writes } = await merge({ errors: [{ message: "Pull request Pull request is in clean status" }] });
    expect(code).toBe(0);
    expect(writes.at(-1)).toMatchObject({ method: "PUT", path: "/repos/acme/shop/pulls/7/merge", body: { sha: HEAD, merge_method: "squash" } });
  });

  it("fails with GitHub's words where it cannot, and merges nothing", async () => {
    const { code, stderr, writes } = await merge({ errors: [{ message: "Auto merge is not allowed for this repository\n::notice::forged" }] });
    expect(code).toBe(1);
    expect(stderr).toBe("::error::pull request 7: cannot merge itself: Auto merge is not allowed for this repository%0A::notice::forged\n");
    expect(writes.map(({ method }) => method)).not.toContain("PUT");
  });

  it.each<[string, Case, Record<string, string>]>([
    ["a pull request of somebody else", { author: "mallory" }, {}],
    ["a pull request that has moved on", { head: "b".repeat(40) }, {}],
    ["a number that is none", {}, { PULL_REQUEST: "7/merge#" }],
    ["a method that is none", {}, { MERGE_METHOD: "squash\" }" }],
  ])("touches nothing for %s", async (_, pull, env) => {
    const { code, writes } = await merge(pull, env);
    expect([code, writes]).toEqual([1, []]);
  });
});
