import { describe, expect, it } from "@jest/globals";
import { actionsOf, checkout, needsOf, pinned } from "../../../components/workflows/kit/index.ts";
import { permissionsOf } from "../../../components/workflows/kit/grants.ts";
import type { Step, StepsJob, WorkflowInputs } from "../../../components/workflows/kit/index.ts";

function job(step: Partial<Step>, changes: Partial<StepsJob> = {}): StepsJob {
  return { name: "Job", timeoutMinutes: 1, steps: [{ name: "Step", run: "true", ...step } as Step], ...changes };
}

function needs(settings: StepsJob, on: WorkflowInputs["on"] = { push: {} }) {
  return needsOf({ file: "x.yml", about: "", document: { name: "X", on, concurrency: "queue", jobs: { deploy: settings } } });
}

const choices = { workflow_dispatch: { inputs: { environment: { type: "choice", options: ["staging", "production"] } } } } satisfies WorkflowInputs["on"];

describe("what a workflow needs", () => {
  it("is every secret and variable that it names, but for the token that is always there", () => {
    expect(needs(job({ env: { A: "${{ secrets.NPM_TOKEN }}", B: "${{ secrets.GITHUB_TOKEN }}", C: "${{ vars.LIMIT || '5' }}" } }))).toEqual([
      { kind: "secret", name: "NPM_TOKEN", environments: [], file: "x.yml", job: "deploy" },
      { kind: "variable", name: "LIMIT", environments: [], file: "x.yml", job: "deploy" },
    ]);
  });

  it("is the environment of a job, and its secrets may come from there", () => {
    expect(needs(job({ env: { K: "${{ secrets.KUBECONFIG }}" } }, { environment: { name: "production" } }))).toEqual([
      { kind: "environment", name: "production", environments: ["production"], file: "x.yml", job: "deploy" },
      { kind: "secret", name: "KUBECONFIG", environments: ["production"], file: "x.yml", job: "deploy" },
    ]);
  });

  it("is each environment that people may choose, or that a matrix names", () => {
    const names = (found: ReturnType<typeof needs>) => found.map(({ name }) => name);
    expect(names(needs(job({}, { environment: "${{ inputs.environment }}" }), choices))).toEqual(["staging", "production"]);
    expect(names(needs(job({}, { environment: "${{ inputs.environment || 'preview' }}" }), choices))).toEqual(["preview", "staging", "production"]);
    expect(names(needs(job({}, { environment: "${{ matrix.where }}", strategy: { matrix: { where: ["a", "b"] } } })))).toEqual(["a", "b"]);
  });

  it("refuses an environment that nobody can know before the run", () => {
    expect(() => needs(job({}, { environment: "${{ inputs.environment }}" }))).toThrow("input environment names an environment and has no choices");
    expect(() => needs(job({}, { environment: "${{ matrix.where }}" }))).toThrow("matrix.where names an environment and has no values");
  });
});

describe("a job's permissions", () => {
  it("are what its steps need together, write over read, with the reasons for it", () => {
    const steps: Step[] = [
      checkout(),
      { name: "Tag", run: "true", grants: { contents: ["write", "push the tag"] } },
      { name: "Release", run: "true", grants: { contents: ["write", "publish the release"], issues: ["read", "look for incidents"] } },
    ];
    expect(permissionsOf({ name: "Job", timeoutMinutes: 1, steps })).toEqual([
      { scope: "contents", level: "write", reasons: ["push the tag", "publish the release"] },
      { scope: "issues", level: "read", reasons: ["look for incidents"] },
    ]);
  });
});

describe("the actions of a workflow", () => {
  it("are named once, without path and version, and without workflows of the repository", () => {
    const jobs = {
      a: job({}, { steps: [checkout(), { name: "Analyse", uses: pinned("github/codeql-action", "analyze") }, { name: "Start", uses: pinned("github/codeql-action", "init") }] }),
      b: { name: "B", uses: "./.github/workflows/b.yml", grants: {} },
    };
    expect(actionsOf({ name: "X", on: {}, concurrency: "queue", jobs })).toEqual(["actions/checkout", "github/codeql-action"]);
  });
});
