import { generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { serve } from "../test/workflows/serve.ts";
import type { Answer } from "../test/workflows/serve.ts";
import type { Ran } from "./act/log.ts";
import { stage } from "./act/stage.ts";
import type { Event, Stage } from "./act/stage.ts";

const root = join(import.meta.dirname, "..");
const DIGEST = `${"a".repeat(64)}-11111111-22222222-33333333`;
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048, publicKeyEncoding: { type: "spki", format: "pem" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } });

/** What the stand-in of slipway was called with. */
interface Call {
  args: string[];
  backend: string;
  passphrase: string;
  token: string;
  identity: string;
}

interface Pipelines {
  room: Stage;
  /** Runs a workflow; `exits` are the codes of slipway's commands where they are not 0. */
  run(file: string, event?: Event, exits?: Record<string, number>): Promise<Ran & { calls: Call[] }>;
}

function folder(path: string): Record<string, string> {
  const files = readdirSync(join(root, path), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map((entry) => join(entry.parentPath, entry.name)).map((file) => [file.slice(root.length + 1), readFileSync(file, "utf8")]));
}

/** This repository's own workflows and scripts, with a stand-in for the program, and a GitHub that vouches for the run. */
async function pipelines(): Promise<Pipelines> {
  const manifest = { name: "slipway", version: "1.2.3", private: true, type: "module" };
  const room = await stage({
    workflows: {},
    files: {
      ...folder(".github"),
      ...folder("components/workflows/scripts"),
      ".ci/run": "#!/usr/bin/env bash\necho \"suites of $(git log -1 --format=%s): ${SUITES:-0} failed\"\nexit \"${SUITES:-0}\"\n",
      "package.json": JSON.stringify({ ...manifest, scripts: { slipway: "node slipway.mjs" } }),
      "package-lock.json": JSON.stringify({ ...manifest, lockfileVersion: 3, requires: true, packages: { "": { name: "slipway", version: "1.2.3" } } }),
      "slipway.mjs": `
        import { appendFileSync, readFileSync } from "node:fs";
        const { env } = process;
        const args = process.argv.slice(2);
        const call = { args, backend: env.PULUMI_BACKEND_URL, passphrase: env.PULUMI_CONFIG_PASSPHRASE, token: env.GITHUB_TOKEN, identity: readFileSync(env.AWS_WEB_IDENTITY_TOKEN_FILE, "utf8") };
        appendFileSync(env.CALLS, JSON.stringify(call) + "\\n");
        if (args.includes("--json")) console.log(JSON.stringify({ digest: ${JSON.stringify(DIGEST)} }));
        process.exitCode = JSON.parse(env.EXITS)[args[0] + " " + args[2]] ?? 0;
      `,
    },
  });
  room.origin.git("update-index", "--chmod=+x", ".ci/run");
  room.origin.git("commit", "-q", "--message", "ci: begin");
  const github = await serve(({ method, path }): Answer | undefined => answers(room)[`${method} ${path.split("?")[0]}`]);
  let runs = 0;
  return {
    room,
    run: async (file, event = {}, exits = {}) => {
      runs += 1;
      const calls = join(room.folder, `calls-${runs}`);
      const ran = await room.run(file, {
        vars: { PULUMI_BACKEND_URL: "s3://acme-stacks", AWS_REGION: "eu-central-1", AWS_ROLE_ARN: "arn:aws:iam::1:role/ci", SLIPWAY_APP_ID: "42", KUBE_CONFIG: "users: []" },
        secrets: { PULUMI_CONFIG_PASSPHRASE: "passphrase", SLIPWAY_APP_KEY: privateKey },
        ...event,
        env: { CALLS: calls, EXITS: JSON.stringify(exits), GITHUB_API_URL: github.url, ACTIONS_ID_TOKEN_REQUEST_URL: `${github.url}/token?v=1`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "t" },
      });
      return { ...ran, calls: existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n").map((line): Call => JSON.parse(line)) : [] };
    },
  };
}

function answers({ origin }: Stage): Record<string, Answer> {
  const body = `<!-- slipway preview of staging, part 1 -->\n--expect ${DIGEST}`;
  return {
    "GET /token": { body: { value: "who-this-run-is" } },
    "GET /repos/acme/shop/installation": { body: { id: 7 } },
    "POST /app/installations/7/access_tokens": { status: 201, body: { token: "ghs_of-the-app" } },
    [`GET /repos/acme/shop/commits/${origin.git("rev-parse", "HEAD")}/pulls`]: { body: [{ number: 12, merged_at: "2026-11-21T00:00:00Z" }] },
    "GET /repos/acme/shop/issues/12/comments": { body: [{ user: { type: "Bot" }, body }] },
  };
}

const pull = (repository: string, login = "ada"): Event => ({ event: "pull_request", payload: { pull_request: { number: 12, user: { login }, base: { ref: "main" }, head: { ref: "change", repo: { full_name: repository } } } } });
const commands = (calls: Call[]) => calls.map(({ args }) => args.join(" "));

describe("preview.yml", () => {
  it("shows both stacks on a pull request, signed in by the run's own identity", async () => {
    const { run } = await pipelines();
    const ran = await run("preview.yml", pull("acme/shop"));
    expect([ran.code, ran.jobs]).toEqual([0, { "Preview staging": "success", "Preview production": "success" }]);
    expect(commands(ran.calls).sort()).toEqual(["production", "staging"].map((stack) => `preview --stack ${stack} --policy-pack policy --comment --check`));
    expect(ran.calls[0]).toMatchObject({ backend: "s3://acme-stacks", passphrase: "passphrase", identity: "who-this-run-is" });
  });

  it.each([["a fork", pull("mallory/shop")], ["Dependabot", pull("acme/shop", "dependabot[bot]")]])("runs nothing for %s", async (_, event) => {
    const { run } = await pipelines();
    const ran = await run("preview.yml", event);
    expect([ran.code, ran.calls]).toEqual([0, []]);
  });
});

describe("deploy.yml", () => {
  const push: Event = { event: "push" };

  it("plans and updates one stack after the other, each update bound to its plan, with the App's token", async () => {
    const { run } = await pipelines();
    const ran = await run("deploy.yml", push);
    expect([ran.code, ran.jobs]).toEqual([0, { "Plan staging": "success", "Deploy to staging": "success", "Plan production": "success", "Deploy to production": "success" }]);
    expect(commands(ran.calls)).toEqual(["staging", "production"].flatMap((stack) => [
      `preview --stack ${stack} --policy-pack policy --check --json`,
      `up --stack ${stack} --policy-pack policy --expect ${DIGEST}`,
    ]));
    expect(ran.calls.map(({ token }) => token === "ghs_of-the-app")).toEqual([false, true, false, true]);
    expect(ran.log).toContain("stack staging: this is the plan that #12 showed");
    expect(ran.log).toContain("stack production: no pull request showed a plan for this commit");
    expect(ran.log).not.toContain("ghs_of-the-app");
  });

  it("leaves production alone where staging was not updated", async () => {
    const { run } = await pipelines();
    const ran = await run("deploy.yml", push, { "up staging": 2 });
    expect([ran.code, commands(ran.calls).length]).toEqual([1, 2]);
    expect(ran.jobs).toMatchObject({ "Plan staging": "success", "Deploy to staging": "failure" });
  });
});

describe("drift.yml", () => {
  it.each([["is left to the issue", 2, 0], ["that nobody could look for is a failure", 1, 1]])("drift %s", async (_, exit, code) => {
    const { run } = await pipelines();
    const ran = await run("drift.yml", {}, { "drift staging": exit });
    expect(ran.code).toBe(code);
    expect(commands(ran.calls).sort()).toEqual(["drift --stack production --issue acme/shop", "drift --stack staging --issue acme/shop"]);
  });
});

describe("ci.yml", () => {
  it.each([["passes", 0, "success"], ["fails", 1, "failure"]])("%s with its suites", async (_, failed, result) => {
    const { room } = await pipelines();
    const ran = await room.run("ci.yml", { event: "push", env: { SUITES: String(failed) } });
    expect([ran.code, ran.jobs]).toEqual([failed, { test: result }]);
    expect(ran.log).toContain(`suites of ci: begin: ${failed} failed`);
  });
});

describe("security.yml", () => {
  it("scans what is merged, and shows the secrets that it found although it fails for them", async () => {
    const { room } = await pipelines();
    room.program("go", 'echo "$*"; [ "$1" != run ] || { echo "{}" > gitleaks.sarif; exit 1; }');
    const ran = await room.run("security.yml", { event: "push" });
    // act numbers the jobs of a matrix.
    const jobs = Object.fromEntries(Object.entries(ran.jobs).map(([name, result]) => [name.replace(/-\d+$/, ""), result]));
    expect([ran.code, jobs]).toEqual([1, { "CodeQL (actions)": "success", "CodeQL (javascript-typescript)": "success", Gitleaks: "failure", Scorecard: "success" }]);
    expect(ran.used.filter(({ uses }) => uses === "github/codeql-action/upload-sarif").map((each) => each.with["sarif_file"]).sort()).toEqual(["gitleaks.sarif", "scorecard.sarif"]);
  });
});

describe("release.yml", () => {
  it("makes a release of the tag with its sources and their sum", async () => {
    const { room, run } = await pipelines();
    room.origin.git("tag", "v1.2.3");
    room.program("gh", `echo "gh $*"; tar --list --file release/slipway-v1.2.3.tar.gz slipway-v1.2.3/package.json; cd release; sha256sum --check SHA256SUMS`);
    const ran = await run("release.yml", { event: "push", ref: "refs/tags/v1.2.3" });
    expect([ran.code, ran.jobs]).toEqual([0, { Archive: "success", Publish: "success" }]);
    expect(ran.log).toContain("gh release create v1.2.3 --repo acme/shop --verify-tag --generate-notes release/SHA256SUMS release/slipway-v1.2.3.tar.gz");
    expect(ran.log).toContain("slipway-v1.2.3.tar.gz: OK");
  });

  it("refuses a tag that is not the version", async () => {
    const { room, run } = await pipelines();
    room.origin.git("tag", "v9.9.9");
    const ran = await run("release.yml", { event: "push", ref: "refs/tags/v9.9.9" });
    expect(ran.code).toBe(1);
    expect(ran.steps).toMatchObject({ "Archive / Compare the tag with the version and the branch": "failure" });
  });
});
