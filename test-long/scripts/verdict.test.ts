import { scriptRoom, serve } from "../../test/workflows/script-room.ts";
import type { Answer, Ran, Recorded } from "../../test/workflows/script-room.ts";
import { fakeSlipway, called, IMAGE } from "../../test/workflows/rollout/fake-slipway.ts";
import { github } from "../../test/workflows/rollout/github.ts";
import type { GitHub } from "../../test/workflows/rollout/github.ts";

const good = { validate: { result: "success" }, performance: { result: "skipped" }, smoke: { result: "success" }, readiness: { result: "success", outputs: { "restore-command": "npm run back" } }, deploy: { result: "success", outputs: { state: "done" } }, verify: { result: "success" } };

function verdict(results: object, gitHub: GitHub, env: Record<string, string> = {}): Promise<Ran> {
  return scriptRoom().run("release-verdict.mjs", { ...gitHub.env, VERSION: "1.2.3", SERVICE: "shop", ISSUE_LABEL: "release-automation", RESULTS: JSON.stringify(results), ...env });
}

describe("release-verdict.mjs", () => {
  it("opens no issue where all went well", async () => {
    const gitHub = await github();
    const { code, summary } = await verdict(good, gitHub);
    expect([code, gitHub.issues]).toEqual([0, []]);
    expect(summary).toContain("| performance | skipped |");
  });

  it.each<[string, object, string]>([
    ["validate", { validate: { result: "failure" } }, "Nothing was deployed. Correct the inputs"],
    ["performance", { performance: { result: "failure" } }, "`skip_performance_check`"],
    ["smoke", { smoke: { result: "failure" } }, "Nothing was deployed to production."],
    ["readiness", { readiness: { result: "failure" } }, "There is no way back yet"],
    ["deploy", { deploy: { result: "failure", outputs: { state: "rolled-back" } } }, "all traffic is back at the stable version"],
    ["deploy", { deploy: { result: "failure", outputs: { state: "lost" } } }, "how to go on, and how to go back"],
    ["deploy", { deploy: { result: "failure", outputs: {} } }, "ask the stack with `slipway status`"],
    ["verify", { verify: { result: "failure" } }, "    npm run back"],
    ["deploy", { deploy: { result: "cancelled" } }, "Job `deploy` was cancelled"],
  ])("says what to do when %s fails: %j", async (job, changes, advice) => {
    const gitHub = await github();
    expect((await verdict({ ...good, ...changes }, gitHub)).code).toBe(0);
    expect(gitHub.issues).toMatchObject([{ title: "Release 1.2.3 of shop failed", state: "open", labels: ["release-automation"] }]);
    expect(gitHub.issues[0]?.body).toContain(`failed at ${job}`);
    expect(gitHub.issues[0]?.body).toContain(advice);
  });

  it("calls a rollout that waits held, and closes the issue once it is done", async () => {
    const gitHub = await github();
    await verdict({ ...good, deploy: { result: "success", outputs: { state: "held" } }, verify: { result: "skipped" } }, gitHub);
    expect(gitHub.issues).toMatchObject([{ title: "Release 1.2.3 of shop is held", state: "open" }]);
    await verdict(good, gitHub);
    expect(gitHub.issues[0]?.state).toBe("closed");
  });

  it("shows a version of anybody as text", async () => {
    const gitHub = await github();
    const { summary } = await verdict({ ...good, smoke: { result: "failure" } }, gitHub, { VERSION: "1 @ada <script> [x](y)" });
    for (const text of [summary, gitHub.issues[0]?.body]) expect(text).not.toMatch(/@ada|<script>|\]\(y/);
  });
});

describe("canary-status.mjs", () => {
  const status = { stable: { revision: "r1", image: "ghcr.io/acme/shop@sha256:0", weight: 90 }, candidate: { revision: "r2", image: IMAGE, weight: 10 }, stage: 1, held: "approval" };
  const ask = (answer: object | string, exit = 0, env: Record<string, string> = {}) => {
    const room = fakeSlipway([answer], { exit });
    return { room, ran: room.run("canary-status.mjs", { SERVICE: "shop", STACK: "production", IMAGE, ...env }) };
  };

  it("finds the candidate's revision", async () => {
    const { room, ran } = ask(status);
    expect(await ran).toMatchObject({ code: 0, outputs: { revision: "r2", weight: "10" } });
    expect(called(room).args).toEqual(["status", "shop", "--stack", "production", "--json"]);
  });

  it.each<[string, object | string, number, string]>([
    ["no candidate", { ...status, candidate: null }, 0, "shop has no candidate"],
    ["another candidate", { ...status, candidate: { ...status.candidate, image: `ghcr.io/acme/shop@sha256:${"b".repeat(64)}` } }, 0, "promote the version that is being tried"],
    ["a revision that is none", { ...status, candidate: { ...status.candidate, revision: 'r"} or vector(1)' } }, 0, "names no revision"],
    ["no JSON", "oh no", 0, "the stack's status could not be read"],
    ["a failure", status, 1, "the stack's status could not be read: it exited with 1"],
  ])("refuses %s", async (_, answer, exit, message) => {
    expect(await ask(answer, exit).ran).toMatchObject({ code: 1, outputs: {}, stderr: expect.stringContaining(message) });
  });
});

describe("grafana-release.mjs", () => {
  const mark = (url: string): Promise<Ran> => scriptRoom().run("grafana-release.mjs", { SERVICE: "shop", NAMESPACE: "store", VERSION: "1.2.3", GRAFANA_URL: `${url}/`, GRAFANA_API_KEY: "key" });

  it("marks the release and keeps the dashboard", async () => {
    const grafana = await serve((): Answer => ({ body: { status: "success" } }));
    const { code, outputs } = await mark(grafana.url);
    expect([code, outputs, grafana.calls()]).toEqual([0, { url: `${grafana.url}/d/release-shop` }, ["POST /api/annotations", "POST /api/dashboards/db"]]);
    expect(grafana.requests.every(({ headers }: Recorded) => headers.authorization === "Bearer key")).toBe(true);
    expect(grafana.requests[0]?.body).toMatchObject({ tags: ["release", "shop", "1.2.3"], text: expect.stringContaining("shop 1.2.3 takes all traffic") });
    expect(grafana.requests[1]?.body).toMatchObject({ overwrite: true, dashboard: { uid: "release-shop", panels: [{ title: "Error rate" }, { title: "Success rate" }, { title: "Response time, p95" }, { title: "Requests in 5 min" }] } });
  });

  it("warns where Grafana refuses", async () => {
    const { code, stdout, outputs } = await mark((await serve((): Answer => ({ status: 401, body: { message: "invalid key" } }))).url);
    expect([code, outputs]).toEqual([0, {}]);
    expect(stdout).toContain("::warning::the annotation was not made: Grafana answered 401");
    expect(stdout).toContain("::warning::the dashboard was not made");
  });
});

describe("continue-run.mjs", () => {
  it("starts the same workflow with the same inputs on the same ref", async () => {
    const gitHub = await github(({ path }) => (path.endsWith("/dispatches") ? { status: 204 } : undefined));
    const room = scriptRoom();
    const event = room.write("event.json", JSON.stringify({ inputs: { version_to_deploy: "1.2.3", auto_promote: "true" } }));
    const env = { ...gitHub.env, GITHUB_WORKFLOW_REF: "acme/shop/.github/workflows/canary-deployment.yml@refs/tags/v1.2.3", GITHUB_REF_NAME: "v1.2.3", GITHUB_EVENT_PATH: event };
    expect((await room.run("continue-run.mjs", env)).code).toBe(0);
    expect(gitHub.requests.map(({ method, path, body }) => [method, path, body])).toEqual([
      ["POST", "/repos/acme/shop/actions/workflows/canary-deployment.yml/dispatches", { ref: "v1.2.3", inputs: { version_to_deploy: "1.2.3", auto_promote: "true" } }],
    ]);
  });
});
