import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { checkout, pinned, renderWorkflow } from "../../../components/workflows/kit/index.ts";
import type { WorkflowFile, WorkflowInputs } from "../../../components/workflows/kit/index.ts";
import { table } from "../../../components/workflows/kit/actions-table.ts";

function file(changes: Partial<WorkflowInputs> = {}): WorkflowFile {
  return {
    file: "check.yml",
    about: "Checks the code.\nRuns on every push.",
    document: {
      name: "Check",
      on: { push: { branches: ["main"] }, workflow_dispatch: {} },
      concurrency: "cancel",
      jobs: {
        test: {
          name: "Test",
          timeoutMinutes: 10,
          steps: [checkout(), { name: "Test", run: "make test\nmake report", env: { CI: true }, grants: { checks: ["write", "publish the report"] } }],
        },
      },
      ...changes,
    },
  };
}

describe("a rendered workflow", () => {
  it("reads as a person would have written it", () => {
    expect(renderWorkflow(file())).toBe(`# Checks the code.
# Runs on every push.
# Declared by a Slipway stack, which undoes edits made here.

name: Check

on:
  push:
    branches: [main]
  workflow_dispatch:

permissions: {}

concurrency:
  group: \${{ github.workflow }}-\${{ github.ref }}
  cancel-in-progress: true

jobs:
  test:
    name: Test
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      checks: write # publish the report
      contents: read # check out
    steps:
      - name: Check out
        uses: actions/checkout@${table["actions/checkout"].sha} # ${table["actions/checkout"].version}
        with:
          persist-credentials: false
      - name: Test
        env:
          CI: true
        run: |-
          make test
          make report
`);
  });

  it("has the same bytes each time", () => {
    expect(renderWorkflow(file())).toBe(renderWorkflow(structuredClone(file())));
  });

  it("puts a blank line between jobs", () => {
    const { jobs } = file().document;
    expect(renderWorkflow(file({ jobs: { ...jobs, again: { ...jobs["test"]!, needs: ["test"] } } }))).toContain("make report\n\n  again:\n    name: Test\n    needs: [test]\n");
  });

  it.each([
    ["cancel", true],
    ["queue", false],
    ["cancel-on-pull-request", "${{ github.event_name == 'pull_request' }}"],
  ] as const)("with concurrency %s cancels a run in progress: %s", (concurrency, cancels) => {
    expect(parse(renderWorkflow(file({ concurrency }))).concurrency["cancel-in-progress"]).toBe(cancels);
  });

  it("keeps a group of its own", () => {
    expect(parse(renderWorkflow(file({ concurrency: { group: "npm", cancel: false } }))).concurrency).toEqual({ group: "npm", "cancel-in-progress": false });
  });

  it("calls another workflow with the permissions and secrets that it is given, and no other", () => {
    const call = { name: "Smoke", needs: ["test"], uses: "./.github/workflows/smoke.yml", with: { depth: "basic" }, secrets: { TOKEN: "${{ secrets.TOKEN }}" }, grants: { contents: ["read", "check out"] } } as const;
    const { jobs } = parse(renderWorkflow(file({ jobs: { ...file().document.jobs, call } })));
    expect(jobs.call).toEqual({ name: "Smoke", needs: ["test"], permissions: { contents: "read" }, uses: "./.github/workflows/smoke.yml", with: { depth: "basic" }, secrets: { TOKEN: "${{ secrets.TOKEN }}" } });
  });

  it("writes everything that a job may have, under GitHub's names", () => {
    const { jobs } = parse(
      renderWorkflow(
        file({
          runName: "Check ${{ inputs.version }}",
          env: { LEVEL: 1 },
          jobs: {
            all: {
              name: "All",
              if: "github.event_name == 'push'",
              runsOn: "${{ matrix.os }}",
              timeoutMinutes: 5,
              environment: { name: "production", url: "https://example.com" },
              concurrency: { group: "all", cancelInProgress: false },
              strategy: { matrix: { os: ["ubuntu-24.04", "macos-15"] }, maxParallel: 1 },
              services: { db: { image: "postgres", env: { POSTGRES_PASSWORD: "test" }, ports: ["5432:5432"], options: "--health-cmd pg_isready" } },
              outputs: { version: "${{ steps.v.outputs.version }}" },
              env: { A: "b" },
              steps: [
                { name: "Version", id: "v", if: "always()", run: "make version", shell: "bash", workingDirectory: "app", continueOnError: true, timeoutMinutes: 2 },
                { name: "Cache", uses: pinned("actions/cache", "restore"), with: { path: "x", key: "y" } },
              ],
            },
          },
        }),
      ),
    );
    expect(jobs.all).toEqual({
      name: "All",
      if: "github.event_name == 'push'",
      "runs-on": "${{ matrix.os }}",
      "timeout-minutes": 5,
      environment: { name: "production", url: "https://example.com" },
      permissions: {},
      concurrency: { group: "all", "cancel-in-progress": false },
      strategy: { "fail-fast": false, "max-parallel": 1, matrix: { os: ["ubuntu-24.04", "macos-15"] } },
      services: { db: { image: "postgres", env: { POSTGRES_PASSWORD: "test" }, ports: ["5432:5432"], options: "--health-cmd pg_isready" } },
      outputs: { version: "${{ steps.v.outputs.version }}" },
      env: { A: "b" },
      steps: [
        { name: "Version", id: "v", if: "always()", "continue-on-error": true, "timeout-minutes": 2, "working-directory": "app", shell: "bash", run: "make version" },
        { name: "Cache", uses: `actions/cache/restore@${table["actions/cache"].sha}`, with: { path: "x", key: "y" } },
      ],
    });
  });

  it("refuses a job without steps", () => {
    expect(() => renderWorkflow(file({ jobs: { empty: { name: "Empty", timeoutMinutes: 1, steps: [] } } }))).toThrow("a list that may not be empty is empty");
  });
});
