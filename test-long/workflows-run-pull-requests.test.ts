import { serve } from "../test/workflows/serve.ts";
import type { Event, Stage } from "./act/stage.ts";
import { stage } from "./act/stage.ts";

// What the project's own tests would write: the speed is a file, so that a change can make it worse.
const pytest = `
case "$1" in
  tests) echo '<coverage lines-valid="100" lines-covered="'"$(cat covered)"'"/>' > coverage.xml ;;
  benchmarks) node -e 'const around = Number(require("fs").readFileSync("seconds", "utf8")); const data = [-3, 2, -1, 0, 1, 3, -2, 1].map((percent) => around * (1 + percent / 100)); console.log(JSON.stringify({ benchmarks: [{ fullname: "benchmarks/search.py::search", stats: { data } }] }))' > benchmarks.json ;;
esac`;

const prChecks = {
  labels: { feat: "enhancement" },
  size: { warnLines: 50 },
  changelog: { paths: ["shop/**"] },
  measured: { language: "python" as const, version: "3.12", install: "pip --version", coverage: { run: "pytest tests --cov" }, benchmarks: { run: "pytest benchmarks" } },
};

interface Change {
  title: string;
  message: string;
  files: Record<string, string>;
  additions: number;
}

/** Puts pull request 7 on GitHub with a branch of its own, and answers the event that its opening is. */
function opened({ origin, github }: Stage, { title, message, files, additions }: Change, from = "acme/shop"): Event {
  const base = origin.git("rev-parse", "main");
  origin.git("checkout", "-q", "-B", "change", "main");
  const head = origin.commit(message, files);
  origin.git("checkout", "-q", "main");
  origin.git("update-ref", "refs/pull/7/merge", head);
  const pull = { number: 7, title, body: "", draft: false, state: "open", head: { ref: "change", sha: head, repo: { full_name: from } }, base: { ref: "main", sha: base, repo: { full_name: "acme/shop" } }, labels: [] };
  const listed = Object.keys(files).map((filename, index) => ({ filename, status: "modified", additions: index === 0 ? additions : 1, deletions: 0 }));
  github.pulls.splice(0, 1, { ...pull, files: listed, commits: [{ sha: head, commit: { message }, parents: [{ sha: base }] }] });
  if (github.issues.length === 0) github.issues.push({ number: 7, title, body: "", state: "open", labels: [], pull_request: {} });
  return { event: "pull_request", ref: "refs/pull/7/merge", payload: { action: "opened", number: 7, pull_request: pull } };
}

async function shop(): Promise<Stage> {
  const made = await stage({ workflows: { prChecks }, files: { "shop/search.py": "pass\n", "CHANGELOG.md": "# Changes\n", covered: "80", seconds: "0.01" } });
  made.program("pytest", pytest);
  return made;
}

const good: Change = { title: "feat: search faster", message: "feat: search faster", files: { "shop/search.py": "found = 1\n", "CHANGELOG.md": "# Changes\n- faster\n", seconds: "0.0101" }, additions: 10 };

describe("pr-checks", () => {
  it("tells a pull request in one comment what to change, and replaces it once that is done", async () => {
    const made = await shop();
    const { github, run } = made;
    const title = "Search $(touch /tmp/pwned) <b>faster</b> @everyone";
    const bad = await run("pr-checks.yml", opened(made, { title, message: "wip", files: { "shop/search.py": "slow = 1\n", covered: "60", seconds: "0.02" }, additions: 500 }));
    expect(bad.jobs).toEqual({ "Title and commits": "failure", "Size and changelog": "failure", Coverage: "failure", Benchmarks: "success", Report: "success" });
    expect(github.comments).toHaveLength(1);
    const [comment] = github.comments;
    expect(comment?.body).toContain("**4 of 6 checks ask for a change.**");
    expect(comment?.body).toContain("| ❌ Coverage | 60.00 % &#40;60 of 100&#41; is below 70 %; test what the change adds |");
    expect(comment?.body).toMatch(/\| ⚠️ Benchmarks \| benchmarks\/search\.py::search takes 100\.0 % longer/);
    expect(comment?.body).not.toMatch(/<b>|@everyone/);
    expect(github.issues[0]?.labels).toEqual([]);

    const mended = await run("pr-checks.yml", opened(made, good));
    expect(mended.jobs).toEqual({ "Title and commits": "success", "Size and changelog": "success", Coverage: "success", Benchmarks: "success", Report: "success" });
    expect(github.comments).toHaveLength(1);
    expect(comment?.body).toContain("**All checks pass.**");
    expect(comment?.body).toContain("| ✅ Benchmarks | 1 benchmark compared with the base, none slower by more than 15 %; 0 new |");
    expect(github.issues[0]?.labels).toEqual([{ name: "enhancement" }]);
  });

  it("checks a fork's pull request alike and writes nothing, since its token may not", async () => {
    const made = await shop();
    const ran = await made.run("pr-checks.yml", opened(made, good, "mallory/shop"));
    expect(ran.jobs).toEqual({ "Title and commits": "success", "Size and changelog": "success", Coverage: "success", Benchmarks: "success" });
    expect(made.github.calls.filter((call) => !call.startsWith("GET "))).toEqual([]);
    expect(ran.summaries.join("\n")).toContain("| ✅ Coverage | 80.00 %");
  });
});

describe("dependabot-auto-merge", () => {
  interface Written {
    approvals: unknown[];
    merges: unknown[];
  }

  async function dependabot(): Promise<Stage & Written & { env: Record<string, string> }> {
    const [approvals, merges]: [unknown[], unknown[]] = [[], []];
    const graphql = await serve(({ body }) => (merges.push(body), { body: { data: {} } }));
    const made = await stage({
      workflows: { dependabotAutoMerge: {} },
      handlers: () => ({
        "pulls/list-reviews": () => ({ body: [] }),
        "pulls/create-review": ({ body }) => (approvals.push({ commit_id: body["commit_id"], event: body["event"] }), { body: {} }),
      }),
    });
    return { ...made, approvals, merges, env: { GITHUB_GRAPHQL_URL: graphql.url } };
  }

  function bump(made: Stage, login: string): Event {
    const event = opened(made, { ...good, title: "chore(deps): bump left-pad", message: "chore(deps): bump left-pad", files: { "package.json": "{}\n" } });
    const [pull] = made.github.pulls;
    Object.assign(pull ?? {}, { user: { login }, node_id: "PR_7" });
    return { ...event, payload: { ...event.payload, pull_request: { ...Object(event.payload?.["pull_request"]), user: { login } } } };
  }

  it("approves a patch and leaves the merge to GitHub", async () => {
    const made = await dependabot();
    const event = bump(made, "dependabot[bot]");
    const ran = await made.run("dependabot-auto-merge.yml", { ...event, env: made.env, actions: { "dependabot/fetch-metadata": { outputs: { "update-type": "version-update:semver-patch" } } } });
    expect(ran.jobs).toEqual({ "Approve and merge": "success" });
    const head = made.github.pulls[0]?.head.sha;
    expect(made.approvals).toEqual([{ commit_id: head, event: "APPROVE" }]);
    expect(made.merges).toEqual([expect.objectContaining({ variables: { id: "PR_7", head, method: "SQUASH" } })]);
  });

  it("leaves a larger update, and a person's pull request, to people", async () => {
    const made = await dependabot();
    const major = await made.run("dependabot-auto-merge.yml", { ...bump(made, "dependabot[bot]"), env: made.env, actions: { "dependabot/fetch-metadata": { outputs: { "update-type": "version-update:semver-major" } } } });
    expect(major.jobs).toEqual({ "Approve and merge": "success" });
    const person = await made.run("dependabot-auto-merge.yml", { ...bump(made, "ada"), env: made.env });
    expect(person.jobs).toEqual({});
    expect([made.merges, made.github.calls]).toEqual([[], []]);
  });
});
