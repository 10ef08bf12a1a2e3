import { parse } from "yaml";
import { prChecks } from "../../../components/workflows/community/pr-checks.ts";
import { renderWorkflow } from "../../../components/workflows/kit/index.ts";
import { prChecks as schema } from "../../../settings/schema/workflows/pr-checks.ts";
import { repository } from "../repository.ts";

function made(options: object) {
  const [workflow] = prChecks(schema.parse(options), repository()).workflows.map((file) => parse(renderWorkflow(file)));
  return workflow;
}

const measured = { language: "python", version: "3.12", install: 'pip install -e ".[test]"', coverage: { run: "pytest --cov --cov-report=xml" } };
const whole = { changelog: { paths: ["src/**"] }, measured: { ...measured, benchmarks: { run: "pytest benchmarks --benchmark-json=benchmarks.json" } } };

interface Step {
  name: string;
  run?: string;
  env?: Record<string, unknown>;
}

describe("prChecks", () => {
  it("runs on every event that may change its answer, and forgets an older answer", () => {
    const { on, concurrency, permissions } = made({});
    expect(on).toEqual({ pull_request: { types: ["opened", "synchronize", "reopened", "ready_for_review", "edited"] } });
    expect(concurrency["cancel-in-progress"]).toBe(true);
    expect(permissions).toEqual({});
  });

  it("reports once, after all of them, unless the pull request is from a fork", () => {
    const { jobs } = made(whole);
    expect(Object.keys(jobs)).toEqual(["conventions", "changes", "coverage", "benchmarks", "report"]);
    expect(jobs.report.needs).toEqual(["conventions", "changes", "coverage", "benchmarks"]);
    expect(jobs.report.if).toBe("!cancelled() && github.event.pull_request.head.repo.full_name == github.repository");
  });

  it("lets one job write, which runs no code of the pull request but the scripts", () => {
    const { jobs } = made(whole);
    expect(jobs.report.permissions).toEqual({ contents: "read", "pull-requests": "write" });
    expect(jobs.conventions.permissions).toEqual({ contents: "read", "pull-requests": "read" });
    expect(jobs.coverage.permissions).toEqual({ contents: "read" });
    expect(jobs.benchmarks.permissions).toEqual({ contents: "read" });
    expect(jobs.report.steps.map((step: Step) => step.run).filter(Boolean)).toEqual(["node .github/scripts/pr-report.mjs"]);
  });

  it("names jobs as rulesets ask for them", () => {
    const names = (options: object) => Object.values<{ name: string }>(made(options).jobs).map(({ name }) => name);
    expect(names(whole)).toEqual(["Title and commits", "Size and changelog", "Coverage", "Benchmarks", "Report"]);
    expect(names({})).toEqual(["Title and commits", "Size", "Report"]);
    expect(names({ measured })).toEqual(["Title and commits", "Size", "Coverage", "Report"]);
  });

  it("asks for 70 % and warns from 500 lines and 15 % on, unless told otherwise", () => {
    const environments = (options: object) => Object.values<{ steps: Step[] }>(made(options).jobs).flatMap(({ steps }) => steps.map(({ env }) => env ?? {}));
    expect(environments(whole)).toEqual(expect.arrayContaining([expect.objectContaining({ MINIMUM_PERCENT: 70 }), expect.objectContaining({ WARN_LINES: 500 }), expect.objectContaining({ WARN_PERCENT: 15 })]));
    const strict = { size: { warnLines: 200 }, measured: { ...measured, coverage: { ...measured.coverage, minimumPercent: 85.5, report: "out/lcov.info" } } };
    expect(environments(strict)).toEqual(expect.arrayContaining([expect.objectContaining({ MINIMUM_PERCENT: 85.5, REPORT: "out/lcov.info" }), expect.objectContaining({ WARN_LINES: 200 })]));
  });

  it("measures the base first, on the same machine, and goes on without it", () => {
    const steps: (Step & { "continue-on-error"?: boolean; with?: { ref?: string } })[] = made(whole).jobs.benchmarks.steps;
    expect(steps.map(({ name }) => name)).toEqual(["Check out the base", "Set up Python", "Install the base", "Measure the base", "Keep its results", "Check out", "Install", "Measure the change", "Compare"]);
    expect(steps[0]?.with?.ref).toBe("${{ github.event.pull_request.base.sha }}");
    expect(steps.slice(2, 5).every((step) => step["continue-on-error"] === true)).toBe(true);
  });

  it.each([
    ["go", "1.26", "actions/setup-go", { "go-version": "1.26" }],
    ["node", "24.x", "actions/setup-node", { "node-version": "24.x", cache: "npm" }],
    ["python", "3.12", "actions/setup-python", { "python-version": "3.12", cache: "pip" }],
  ])("sets %s up", (language, version, action, inputs) => {
    const { steps } = made({ measured: { ...measured, language, version } }).jobs.coverage;
    expect(steps[1]).toMatchObject({ uses: expect.stringMatching(new RegExp(`^${action}@`)), with: inputs });
  });

  it("keeps what people write out of every command line", () => {
    for (const { steps } of Object.values<{ steps: Step[] }>(made(whole).jobs)) for (const { run = "" } of steps) expect(run).not.toContain("${{");
    expect(schema.safeParse({ measured: { ...measured, install: "echo ${{ github.head_ref }}" } }).success).toBe(false);
  });
});
