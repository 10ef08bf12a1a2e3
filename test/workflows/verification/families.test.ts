import { parse } from "yaml";
import { renderWorkflow } from "../../../components/workflows/kit/index.ts";
import type { Pipeline } from "../../../components/workflows/kit/index.ts";
import { verification } from "../../../components/workflows/verification/index.ts";
import { verification as schema } from "../../../settings/schema/workflows/verification.ts";
import { repository } from "../repository.ts";

const shop = repository({ name: "my-shop" });
const only = ({ workflows }: Pipeline) => {
  const [workflow] = workflows;
  return { file: workflow?.file, ...(workflow && parse(renderWorkflow(workflow))) };
};
const verify = (options: object) => only(verification.releaseVerification(schema.releaseVerification.parse(options), shop));
const rollback = (options: object) => only(verification.releaseRollback(schema.releaseRollback.parse({ environment: "production", ...options }), shop));
const performance = (options: object) => only(verification.performanceRegressionDetection(schema.performanceRegressionDetection.parse(options), shop));

type Step = { name: string; run?: string; env?: Record<string, unknown>; with?: Record<string, unknown> };
const step = (job: { steps: Step[] }, name: string): Step | undefined => job.steps.find((each) => each.name === name);

describe("releaseVerification", () => {
  it("runs for each release, every day, by hand and for other workflows", () => {
    const { file, on } = verify({});
    expect(file).toBe("release-verification.yml");
    expect(Object.keys(on)).toEqual(["release", "schedule", "workflow_dispatch", "workflow_call"]);
    expect(on.release).toEqual({ types: ["published"] });
    expect(on.schedule).toEqual([{ cron: "0 6 * * *" }]);
    expect(on.workflow_dispatch.inputs.version_to_verify).toMatchObject({ type: "string", required: false, default: "" });
  });

  it("installs on three systems with three Pythons", () => {
    const { jobs } = verify({});
    expect(jobs.install.strategy).toEqual({ "fail-fast": false, matrix: { platform: ["ubuntu-24.04", "macos-15", "windows-2025"], python: ["3.10", "3.11", "3.12"] } });
    expect(jobs.install["runs-on"]).toBe("${{ matrix.platform }}");
    expect(step(jobs.install, "Import it and run its command")?.env).toEqual({ PROJECT: "my-shop", VERSION: "${{ needs.available.outputs.version }}", MODULE: "my_shop" });
  });

  it("waits ten minutes for the index, and lets no job begin before", () => {
    const { jobs } = verify({});
    expect(step(jobs.available, "Wait until it can be installed")?.env).toMatchObject({ WAIT_MINUTES: 10, TAG_PREFIX: "v", VERSION: "${{ inputs.version_to_verify || github.event.release.tag_name }}" });
    expect(jobs.available["timeout-minutes"]).toBe(15);
    for (const job of ["install", "dependency-audit"]) expect(jobs[job].needs).toEqual(["available"]);
    expect(jobs.report).toMatchObject({ needs: ["available", "install", "dependency-audit"], if: "always()", permissions: { contents: "read", issues: "write" } });
  });

  it("tests the release's own commit against a real Qdrant", () => {
    const { jobs } = verify({ command: ["my-shop", "--version"], integration: { databases: { qdrant: "QDRANT_URL" }, install: ["pytest==8.4.2"], command: ["pytest", "tests/integration"] } });
    expect(jobs.integration.services.qdrant.image).toMatch(/^qdrant\/qdrant:v[\d.]+@sha256:[0-9a-f]{64}$/);
    expect(jobs.integration.env).toEqual({ QDRANT_URL: "http://localhost:6333" });
    expect(step(jobs.integration, "Check out")?.with?.["ref"]).toBe("refs/tags/${{ needs.available.outputs.tag }}");
    expect(step(jobs.integration, "Run the tests")?.run).toBe("pytest tests/integration");
    expect(step(jobs.install, "Import it and run its command")?.env?.["COMMAND"]).toBe('["my-shop","--version"]');
  });

  it("compares with the release before, where there is one", () => {
    const { jobs } = verify({ regressionThreshold: 12.5 });
    expect(jobs.performance).toMatchObject({
      if: "needs.available.outputs.previous != ''",
      uses: "./.github/workflows/performance-regression-detection.yml",
      with: { current_version: "${{ needs.available.outputs.version }}", baseline_version: "${{ needs.available.outputs.previous }}", regression_threshold: 12.5 },
    });
    expect(verify({}).jobs.performance).toBeUndefined();
  });

  it("gives a token that writes to nobody but the reports", () => {
    const { permissions, jobs } = verify({ integration: { command: ["pytest"] } });
    expect(permissions).toEqual({});
    for (const job of ["available", "install", "integration", "dependency-audit"]) expect(jobs[job].permissions).toEqual({ contents: "read" });
  });

  it("tells Slack where a secret for it is named", () => {
    const tell = (options: object) => step(verify(options).jobs.report, "Tell how it ended")?.env;
    expect(tell({ notify: { slack: "SLACK_WEBHOOK_URL" } })).toMatchObject({ SLACK_WEBHOOK_URL: "${{ secrets.SLACK_WEBHOOK_URL }}" });
    expect(tell({})).not.toHaveProperty("SLACK_WEBHOOK_URL");
  });
});

describe("releaseRollback", () => {
  it("is started by people alone, with version, reason and what happens in the index", () => {
    const { on, concurrency } = rollback({});
    expect(Object.keys(on)).toEqual(["workflow_dispatch"]);
    expect(Object.keys(on.workflow_dispatch.inputs)).toEqual(["rollback_version", "rollback_reason", "pypi_action"]);
    expect(on.workflow_dispatch.inputs.rollback_reason.required).toBe(true);
    expect(on.workflow_dispatch.inputs.pypi_action).toMatchObject({ type: "choice", options: ["yank", "delete", "none"], default: "yank" });
    expect(concurrency).toEqual({ group: "release-rollback", "cancel-in-progress": false });
  });

  it("takes nothing back before the version to restore has been installed, built and tested", () => {
    const { jobs } = rollback({ tests: { command: ["pytest", "tests/unit"] } });
    expect(jobs.verify.steps.map(({ name }: Step) => name)).toEqual([
      "Check out the scripts",
      "Check out the version",
      "Set up Python",
      "Install",
      "Import it and run its command",
      "Build it again",
      "Import the new build and run its command",
      "Install what the tests need",
      "Run the tests",
    ]);
    for (const job of ["hotfix-branch", "withdraw", "restore"]) expect(jobs[job].needs).toContain("verify");
    expect(jobs.withdraw.if).toBe("inputs.pypi_action != 'none'");
    expect(jobs.restore.if).toBe("!cancelled() && needs.verify.result == 'success' && (needs.withdraw.result == 'success' || needs.withdraw.result == 'skipped')");
    expect(jobs.confirm.needs).toEqual(["plan", "withdraw"]);
  });

  it("changes the index in the environment whose reviewers approve it, and no other job gets its secrets", () => {
    const { jobs } = rollback({ index: { kind: "pypiserver", url: "https://pypi.example.com/", username: "INDEX_USER", password: "INDEX_PASSWORD" } });
    expect(jobs.withdraw.environment).toBe("production");
    expect(step(jobs.withdraw, "Yank or delete, and wait for it")?.env).toMatchObject({
      INDEX_KIND: "pypiserver",
      INDEX_API: "https://pypi.example.com/",
      INDEX_URL: "https://pypi.example.com/simple/",
      INDEX_USERNAME: "${{ secrets.INDEX_USER }}",
      INDEX_PASSWORD: "${{ secrets.INDEX_PASSWORD }}",
      WAIT_MINUTES: 60,
    });
    const { withdraw, ...others } = jobs;
    expect(JSON.stringify(others)).not.toContain("secrets.");
    expect(step(jobs.verify, "Install")?.env?.["PIP_INDEX_URL"]).toBe("https://pypi.example.com/simple/");
  });

  it.each([
    [{ kind: "devpi", url: "https://devpi.example.com", name: "team/prod", username: "U", password: "P" }, "https://devpi.example.com/team/prod/+simple/"],
    [{ kind: "gitlab", url: "https://gitlab.example.com", name: "team/shop", password: "P" }, "https://gitlab.example.com/api/v4/projects/team%2Fshop/packages/pypi/simple/"],
    [{ kind: "artifactory", url: "https://example.jfrog.io/artifactory", name: "pypi-local", password: "P" }, "https://example.jfrog.io/artifactory/api/pypi/pypi-local/simple/"],
  ])("offers no yank where the index has none: %j", (index, simple) => {
    const { on, jobs } = rollback({ index });
    expect(on.workflow_dispatch.inputs.pypi_action.options).toEqual(["delete", "none"]);
    expect(step(jobs.withdraw, "Yank or delete, and wait for it")?.env?.["INDEX_URL"]).toBe(simple);
    expect(jobs.withdraw.permissions).toEqual({ contents: "read" });
  });

  it("reports whatever happened, with the least that each job needs", () => {
    const { jobs } = rollback({});
    expect(jobs.report).toMatchObject({ needs: ["plan", "verify", "hotfix-branch", "withdraw", "restore", "confirm"], if: "always()" });
    const permissions = Object.fromEntries(Object.entries<{ permissions: object }>(jobs).map(([job, settings]) => [job, settings.permissions]));
    expect(permissions).toEqual({
      plan: { contents: "read", issues: "write" },
      verify: { contents: "read" },
      "hotfix-branch": { contents: "write" },
      withdraw: { contents: "read", issues: "write" },
      restore: { contents: "write" },
      confirm: { contents: "read" },
      report: { contents: "read", issues: "write" },
    });
  });

  it("has no default environment: nobody's approval is assumed", () => {
    expect(() => schema.releaseRollback.parse({})).toThrow("environment");
  });
});

describe("performanceRegressionDetection", () => {
  it("takes two versions and a threshold, from people and from workflows, and gives the latter its verdict", () => {
    const { on } = performance({});
    const inputs = { current_version: { type: "string", required: true }, baseline_version: { type: "string", required: false, default: "" }, regression_threshold: { type: "number", required: false, default: 15 } };
    expect(on.workflow_dispatch.inputs).toMatchObject(inputs);
    expect(on.workflow_call.inputs).toMatchObject(inputs);
    expect(Object.keys(on.workflow_call.outputs)).toEqual(["regression_detected", "baseline_version", "report"]);
    expect(performance({ regressionThreshold: 5 }).on.workflow_call.inputs.regression_threshold.default).toBe(5);
  });

  it("runs the packages apart from the token that opens issues", () => {
    const { jobs } = performance({ command: ["my-shop", "--version"], users: [5, 50], rounds: 30 });
    expect(jobs.measure.permissions).toEqual({ contents: "read" });
    expect(jobs.compare).toMatchObject({ needs: ["measure"], permissions: { contents: "read", issues: "write" } });
    const measure = step(jobs.measure, "Measure both versions in turns");
    expect(measure?.run).toBe("node .github/scripts/measure-versions.mjs .github/scripts/measure-package.py");
    expect(measure?.env).toMatchObject({ ROUNDS: 30, SECONDS: 1, USERS: "5,50", COMMAND: '["my-shop","--version"]', CURRENT_VERSION: "${{ inputs.current_version }}" });
  });

  it("checks the code out only where a workload of the repository is measured", () => {
    const withs = (options: object) => step(performance(options).jobs.measure, "Check out")?.with;
    expect(withs({ workload: "bench/work.py" })).toEqual({ "persist-credentials": false });
    expect(withs({})).toBeUndefined();
  });

  it("does not share a group with the workflow that calls it, which would wait for itself", () => {
    expect(performance({}).concurrency.group).toBe("performance-${{ inputs.current_version }}-${{ inputs.baseline_version }}");
    expect(verify({}).concurrency.group).not.toContain("github.workflow");
  });
});
