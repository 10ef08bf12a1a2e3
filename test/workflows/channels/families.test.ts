import { parse } from "yaml";
import { channels } from "../../../components/workflows/channels/index.ts";
import { needsOf, renderWorkflow, scriptFiles } from "../../../components/workflows/kit/index.ts";
import type { Pipeline } from "../../../components/workflows/kit/index.ts";
import { channels as schemas } from "../../../settings/schema/workflows/channels.ts";
import { repository } from "../repository.ts";

const shop = repository({
  environments: Object.fromEntries(["canary", "beta", "latest"].map((name) => [name, { reviewed: name !== "canary", waitMinutes: 0, approvals: `who approves ${name}` }])),
});

function only({ workflows: [file] }: Pipeline) {
  if (!file) throw new Error("there is no workflow");
  return { file, document: parse(renderWorkflow(file)) };
}

const publish = (options = {}, of = shop) => only(channels.publishCanary(schemas.publishCanary.parse({ package: "shop", ...options }), of));
const promote = (options = {}) => only(channels.promoteRelease(schemas.promoteRelease.parse({ package: "shop", ...options }), shop));
const rollback = (options = {}) => channels.rollbackRelease(schemas.rollbackRelease.parse({ package: "shop", ...options }), shop);
const metrics = (options = {}) => only(channels.releaseMetrics(schemas.releaseMetrics.parse({ package: "shop", ...options }), shop));
const benchmarks = (options = {}) => only(channels.benchmarkRegression(schemas.benchmarkRegression.parse(options), shop));

/** The token of the registry must be in one step of one job, and that job must be in the channel's environment. */
function stepsWithSecret(jobs: Record<string, { steps?: { env?: Record<string, string>; name: string }[] }>): string[] {
  return Object.entries(jobs).flatMap(([id, { steps = [] }]) => steps.filter(({ env = {} }) => Object.values(env).some((value) => String(value).includes("secrets."))).map(({ name }) => `${id}: ${name}`));
}

describe("publish-canary.yml", () => {
  it("publishes every commit of the default branch, and a beta by hand", () => {
    const { document } = publish();
    expect(document.on).toEqual({
      push: { branches: ["main"] },
      workflow_dispatch: { inputs: { channel: { description: "Channel that gets this commit", type: "choice", options: ["canary", "beta"], default: "canary", required: true } } },
    });
    expect(document.concurrency).toEqual({ group: "${{ github.workflow }}-${{ inputs.channel || 'canary' }}", "cancel-in-progress": false });
  });

  it("builds where no secret is in reach, and publishes in the environment of the channel with provenance", () => {
    const { file, document } = publish();
    expect(stepsWithSecret(document.jobs)).toEqual(["publish: Publish to the channel"]);
    expect(document.jobs.package.permissions).toEqual({ contents: "read" });
    expect(document.jobs.publish.permissions).toEqual({ contents: "read", "id-token": "write" });
    expect(document.jobs.publish.environment).toEqual({ name: "${{ inputs.channel || 'canary' }}", url: "https://www.npmjs.com/package/shop/v/${{ needs.version.outputs.version }}" });
    expect(document.jobs.publish.steps.at(-1).env).toMatchObject({ NPM_CONFIG_PROVENANCE: true, NPM_CONFIG_ACCESS: "public", NODE_AUTH_TOKEN: "${{ secrets.NPM_TOKEN }}" });
    expect(needsOf(file).map(({ kind, name }) => `${kind} ${name}`)).toEqual(["environment canary", "environment beta", "secret NPM_TOKEN"]);
  });

  it("restores no cache on the way to the registry", () => {
    const { document } = publish();
    const uses = Object.values<{ steps: { uses?: string; with?: object }[] }>(document.jobs).flatMap(({ steps }) => steps);
    expect(uses.filter(({ uses: action = "" }) => action.startsWith("actions/setup-node")).map(({ with: settings }) => settings)).toEqual([
      { "node-version": "24", "package-manager-cache": false },
      { "node-version": "24", "package-manager-cache": false },
    ]);
    expect(uses.filter(({ uses: action = "" }) => action.startsWith("actions/cache"))).toEqual([]);
  });

  it("signs nothing for another registry or a private repository", () => {
    for (const { document } of [publish({ registry: "https://npm.acme.example" }), publish({}, { ...shop, visibility: "private" })]) {
      expect(document.jobs.publish.permissions).toEqual({ contents: "read" });
      expect(document.jobs.publish.steps.at(-1).env).not.toHaveProperty("NPM_CONFIG_PROVENANCE");
    }
    expect(publish({ registry: "https://npm.acme.example" }).document.jobs.publish.environment).toEqual({ name: "${{ inputs.channel || 'canary' }}" });
  });

  it("has the bundled package made by its own workflow, or runs the commands in order", () => {
    expect(publish({ build: { kind: "bundled" } }).document.jobs.package).toMatchObject({
      needs: ["version"],
      uses: "./.github/workflows/prepare-npm-package.yml",
      with: { version: "${{ needs.version.outputs.version }}" },
      permissions: { contents: "read" },
    });
    const { steps } = publish({ directory: "npm", build: { kind: "commands", run: ["make one", "make two"] } }).document.jobs.package;
    expect(steps.map(({ name, run }: { name: string; run?: string }) => run ?? name)).toEqual([
      "Check out",
      "Set up Node.js",
      'npm version "$VERSION" --no-git-tag-version --ignore-scripts',
      "make one",
      "make two",
      'npm pack --pack-destination "$RUNNER_TEMP"',
      "Keep the package",
    ]);
  });
});

describe("promote-release.yml", () => {
  it("lets people choose what is a promotion, and asks the environment of the target", () => {
    const { file, document } = promote({ token: "PUBLISH_TOKEN" });
    const { from_channel: from, to_channel: to, allow_prerelease: allow } = document.on.workflow_dispatch.inputs;
    expect([from.options, to.options, allow.type, allow.default]).toEqual([["canary", "beta"], ["beta", "latest"], "boolean", false]);
    expect(document.jobs.promote).toMatchObject({ needs: ["check"], environment: { name: "${{ inputs.to_channel }}" }, permissions: { contents: "read" } });
    expect(needsOf(file).filter(({ kind }) => kind === "environment").map(({ name }) => name)).toEqual(["beta", "latest"]);
    expect(document.jobs.promote.steps.at(-1).env.NODE_AUTH_TOKEN).toBe("${{ secrets.PUBLISH_TOKEN }}");
  });

  it("checks before anybody approves, moves what was checked, and tells afterwards", () => {
    const { document } = promote();
    expect(stepsWithSecret(document.jobs)).toEqual(["promote: Move the tag"]);
    expect(document.jobs.check.steps.at(-1).run).toBe("node .github/scripts/promote-release.mjs check");
    expect(document.jobs.promote.steps.at(-1)).toMatchObject({ run: "node .github/scripts/promote-release.mjs promote", env: { VERSION: "${{ needs.check.outputs.version }}" } });
    expect(document.jobs.announce).toMatchObject({ needs: ["check", "promote"], permissions: { contents: "write", issues: "write" } });
  });
});

describe("rollback-release.yml", () => {
  it("asks for two versions, a channel and a reason", () => {
    const { inputs } = only(rollback()).document.on.workflow_dispatch;
    expect(Object.keys(inputs)).toEqual(["rollback_version", "restore_version", "channel", "reason"]);
    expect(inputs.channel).toMatchObject({ options: ["latest", "beta", "canary"], default: "latest" });
  });

  it("checks, rolls back, verifies, and opens the incident also where one of them failed", () => {
    const { document } = only(rollback({ waitMinutes: 20, label: "outage" }));
    expect(Object.entries<{ needs?: string[] }>(document.jobs).map(([id, { needs = [] }]) => [id, needs])).toEqual([
      ["check", []],
      ["roll-back", ["check"]],
      ["verify", ["roll-back"]],
      ["report", ["check", "roll-back", "verify"]],
    ]);
    expect(document.jobs.report.if).toBe("always() && needs.check.result == 'success'");
    expect(document.jobs["roll-back"].environment.name).toBe("${{ inputs.channel }}");
    expect([document.jobs.verify["timeout-minutes"], document.jobs.verify.steps.at(-1).env]).toEqual([30, { WAIT_MINUTES: 20 }]);
    expect(document.jobs.report.steps.at(-1).env.LABEL).toBe("outage");
    expect(stepsWithSecret(document.jobs)).toEqual(["roll-back: Move the tag and deprecate"]);
  });

  it("brings a runbook that has the commands of this package in it", () => {
    const text = rollback({ package: "@acme/shop", registry: "https://npm.acme.example", runbook: "docs/oncall/rollback.md", waitMinutes: 1 }).files?.["docs/oncall/rollback.md"] ?? "";
    for (const part of [
      "gh workflow run rollback-release.yml --repo acme/shop \\\n     -f rollback_version=1.2.3",
      "npm dist-tag add @acme/shop@1.2.2 latest --registry=https://npm.acme.example\n",
      "| `beta` | `npm install @acme/shop@beta` | who approves beta |",
      "up\nto 1 minute until",
      "secret `NPM_TOKEN`",
      "label `incident`",
    ]) expect(text).toContain(part);
    expect(Object.keys(rollback().files ?? {})).toEqual(["docs/ROLLBACK_RUNBOOK.md"]);
    expect(rollback().files?.["docs/ROLLBACK_RUNBOOK.md"]).not.toContain("--registry");
  });
});

describe("release-metrics.yml", () => {
  it("collects every day with a token that reads runs and writes the history and the issue", () => {
    const { document } = metrics({ schedule: "30 4 * * *", threshold: 5, branch: "figures" });
    expect(document.on).toEqual({ schedule: [{ cron: "30 4 * * *" }], workflow_dispatch: null });
    expect(document.jobs.collect.permissions).toEqual({ actions: "read", contents: "write", issues: "write" });
    expect(document.jobs.collect.steps[1].env).toMatchObject({ PACKAGE: "shop", HISTORY_BRANCH: "figures", KEEP_DAYS: 730, MINIMUM_DAYS: 7, THRESHOLD: 5, LABEL: "release-metrics", DEFAULT_BRANCH: "main" });
  });
});

describe("benchmark-regression.yml", () => {
  it("reports the required check on every pull request, whatever it changes and however measuring ended", () => {
    const { document } = benchmarks();
    expect(document.on).toEqual({ pull_request: { branches: ["main"] }, push: { branches: ["main"] } });
    expect(document.jobs.compare).toMatchObject({ name: "benchmark-regression", needs: ["measure"], if: "always() && github.event_name == 'pull_request'" });
    expect(document.jobs.compare.steps.at(-1).env).toMatchObject({ RESULT: "${{ needs.measure.result }}", MEASURED: "${{ needs.measure.outputs.measured }}" });
  });

  it("runs the change's code with a token that reads the code and nothing else", () => {
    const { document } = benchmarks();
    expect(document.jobs.measure.permissions).toEqual({ contents: "read" });
    expect(document.jobs.compare.permissions).toEqual({ contents: "read", "pull-requests": "write" });
    expect(document.jobs.record).toMatchObject({ if: "github.event_name == 'push'", permissions: { contents: "write" } });
    expect(stepsWithSecret(document.jobs)).toEqual([]);
  });

  it("takes the limit from the settings, or from the repository's variable where one is named", () => {
    const limit = (options = {}) => benchmarks(options).document.jobs.compare.steps.at(-1).env.MAX_REGRESSION_PERCENT;
    expect([limit(), limit({ maxRegressionPercent: 7.5 }), limit({ variable: "MAX_REGRESSION_PERCENT" })]).toEqual([5, 7.5, "${{ vars.MAX_REGRESSION_PERCENT || '5' }}"]);
    expect(needsOf(benchmarks({ variable: "MAX_REGRESSION_PERCENT" }).file)).toEqual([{ kind: "variable", name: "MAX_REGRESSION_PERCENT", environments: [], file: "benchmark-regression.yml", job: "compare" }]);
  });

  it("measures the change itself against where it began, as often as it is told", () => {
    const steps = benchmarks({ rounds: 20, run: "make bench", paths: ["src/**"] }).document.jobs.measure.steps;
    expect(steps[0].with).toEqual({ ref: "${{ github.event.pull_request.head.sha || github.sha }}", "fetch-depth": 0, "persist-credentials": false });
    expect(steps[2].env).toMatchObject({ COMMAND: "make bench", ROUNDS: 20, PATHS: "src/**", BASE_SHA: "${{ github.event.pull_request.base.sha }}" });
  });
});

describe("every channel workflow", () => {
  const files = [publish(), promote(), only(rollback()), metrics(), benchmarks()];

  it("has an expression in no command, a limit of time in every job, and its scripts beside it", () => {
    for (const { file, document } of files) {
      for (const job of Object.values<{ "timeout-minutes": number; steps: { run?: string }[] }>(document.jobs)) {
        expect(job["timeout-minutes"]).toBeGreaterThan(0);
        expect(job.steps.filter(({ run = "" }) => run.includes("${{"))).toEqual([]);
      }
      expect(Object.keys(scriptFiles(file.document))).toContain(".github/scripts/lib/actions.mjs");
    }
  });

  it("refuses options that it cannot keep, with what to do instead", () => {
    const wrong = (result: { error?: { issues: { message: string }[] } | undefined }) => result.error?.issues.map(({ message }) => message);
    expect(wrong(schemas.promoteRelease.safeParse({ package: "Shop" }))).toEqual(["is not the name of an npm package; write it in lower case, such as shop or @acme/shop"]);
    expect(wrong(schemas.releaseMetrics.safeParse({ package: "shop", branch: "a..b" }))).toEqual(["is not the name of a branch for a history; use letters, digits, dots, dashes and slashes, such as metrics"]);
    expect(wrong(schemas.benchmarkRegression.safeParse({ rounds: 3 }))).toEqual(["is not a whole number from 5 to 50; write runs without quotes"]);
    expect(wrong(schemas.benchmarkRegression.safeParse({ run: "go test ${{ github.head_ref }}" }))).toHaveLength(1);
  });
});
