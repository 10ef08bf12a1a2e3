import { parse } from "yaml";
import { ci } from "../../../components/workflows/continuous/ci.ts";
import type { CiOptions } from "../../../components/workflows/continuous/ci.ts";
import { renderWorkflow } from "../../../components/workflows/kit/index.ts";
import { continuous } from "../../../settings/schema/workflows/continuous.ts";
import { repository } from "../repository.ts";

const python = { language: "python", versions: ["3.9", "3.10", "3.11", "3.12"], dependencies: { kind: "project" }, source: "shop" };

function rendered(options: object) {
  const [file] = ci(continuous.ci.parse(options) as CiOptions, repository()).workflows;
  return parse(renderWorkflow(file!));
}

describe("ci", () => {
  it("checks pushes to and pull requests into the branches, and runs by hand", () => {
    expect(rendered({ project: python }).on).toEqual({ push: { branches: ["main", "develop"] }, pull_request: { branches: ["main", "develop"] }, workflow_dispatch: null });
    expect(rendered({ project: python, branches: ["main"], pushBranches: ["feature/*"] }).on).toMatchObject({ push: { branches: ["feature/*"] }, pull_request: { branches: ["main"] } });
  });

  it("tests on every version, beside the databases, by digest and healthy", () => {
    const { jobs } = rendered({ project: python, databases: { postgresql: "DATABASE_URL", redis: "REDIS_URL" } });
    const tests = jobs["unit-tests"];
    expect(tests.strategy).toEqual({ "fail-fast": false, matrix: { version: ["3.9", "3.10", "3.11", "3.12"] } });
    expect(tests.env).toEqual({ DATABASE_URL: "postgresql://postgres@localhost:5432/postgres", REDIS_URL: "redis://localhost:6379/0" });
    expect(Object.keys(tests.services)).toEqual(["postgresql", "redis"]);
    for (const { image, options } of Object.values<{ image: string; options: string }>(tests.services)) {
      expect(image).toMatch(/^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
      expect(options).toContain("--health-cmd");
    }
    expect(jobs.lint).not.toHaveProperty("services");
  });

  it("has one check that waits for all others and fails with any of them", () => {
    const { jobs } = rendered({ project: python, image: { smoke: { kind: "command", command: ["true"] } }, integration: { command: ["pytest"] } });
    const { test, ...others } = jobs;
    expect(test).toMatchObject({ name: "test", needs: Object.keys(others), if: "${{ always() }}" });
    expect(test.needs).toEqual(["lint", "unit-tests", "dependency-scan", "package", "image", "integration-test"]);
    expect(test.steps.at(-1)).toMatchObject({ env: { NEEDS: "${{ toJSON(needs) }}" }, run: "node .github/scripts/check-results.mjs" });
  });

  it("names its checks as rulesets do", () => {
    const { jobs } = rendered({ project: { language: "go" }, mcpServer: ["./shop", "--mcp"] });
    for (const check of ["lint", "race", "mcp-compliance", "test"]) expect(jobs[check].name).toBe(check);
    expect(jobs["mcp-compliance"].steps.at(-1)).toMatchObject({ env: { SERVER: '["./shop","--mcp"]' } });
  });

  it("uploads the coverage once a run, with a token or without", () => {
    const upload = (codecov: object) => rendered({ project: python, codecov }).jobs["unit-tests"].steps.at(-1);
    expect(upload({ token: "CODECOV_TOKEN" })).toMatchObject({ if: "${{ matrix.version == '3.12' }}", with: { files: "coverage.xml", token: "${{ secrets.CODECOV_TOKEN }}" } });
    expect(upload({}).with).not.toHaveProperty("token");
    expect(JSON.stringify(rendered({ project: python }))).not.toContain("codecov");
  });

  it("builds the image and tries it by a command or by its address, beside the databases", () => {
    const image = (smoke: object) => rendered({ project: python, databases: { redis: "REDIS_URL" }, image: { dockerfile: "deploy/Dockerfile", smoke } }).jobs.image;
    const built = image({ kind: "command", command: ["python", "-c", "import shop; print('up')"] });
    expect(built.steps.at(-2).with).toMatchObject({ file: "deploy/Dockerfile", load: true, tags: "smoke-test:ci" });
    expect(built.steps.at(-1).run).toBe(`docker run --rm smoke-test:ci python -c "import shop; print('up')"`);
    expect(built).not.toHaveProperty("services");
    const asked = image({ kind: "http", port: 8000, path: "/health" });
    expect(asked.steps.at(-1).env).toEqual({ IMAGE: "smoke-test:ci", PASS: "REDIS_URL", URL: "http://localhost:8000/health", TIMEOUT_SECONDS: 60 });
    expect(Object.keys(asked.services)).toEqual(["redis"]);
  });

  it("brings the whole system up for integration tests, and down again however they end", () => {
    const job = rendered({ project: python, integration: { compose: "docker-compose.yml", command: ["python", "tests/test_remote_mcp.py"] } }).jobs["integration-test"];
    expect(job).toMatchObject({ name: "integration-test", needs: ["unit-tests"] });
    expect(job.steps.slice(-4)).toEqual([
      { name: "Start the system", run: "docker compose --file docker-compose.yml up --detach --wait --wait-timeout 120" },
      { name: "Test", run: "python tests/test_remote_mcp.py" },
      { name: "Show what the containers said", if: "${{ failure() }}", run: "docker compose --file docker-compose.yml logs --no-color --tail 500" },
      { name: "Stop the system", if: "${{ always() }}", run: "docker compose --file docker-compose.yml down --volumes" },
    ]);
  });

  it("needs the token for nothing but the check-out, and ends every job in time", () => {
    const { jobs } = rendered({ project: python, image: { smoke: { kind: "http", port: 1, path: "/a" } }, integration: { command: ["pytest"] } });
    for (const job of Object.values<Record<string, unknown>>(jobs)) {
      expect(job["permissions"]).toEqual({ contents: "read" });
      expect(job["timeout-minutes"]).toBeLessThanOrEqual(15);
    }
  });

  it.each([
    [{ project: { ...python, source: "$(touch pwned)" } }, "is not a path in the repository"],
    [{ project: { ...python, versions: [] } }, "is not a version of Python"],
    [{ project: { ...python, versions: ["3.1.2"] } }, "is not a version of Python"],
    [{ project: { language: "rust" } }, "is not of a known language"],
    [{ project: python, mcpServer: ["a", "${{ github.token }}"] }, "is not an argument"],
    [{ project: python, databases: { redis: "REDIS URL" } }, "is not the name of an environment variable"],
  ])("refuses %j", (options, message) => {
    expect(JSON.stringify(continuous.ci.safeParse(options).error?.issues)).toContain(message);
  });
});
