import { parse } from "yaml";
import { labeler } from "../../../components/workflows/community/labeler.ts";
import { renderWorkflow } from "../../../components/workflows/kit/index.ts";
import { repository } from "../repository.ts";

describe("labeler", () => {
  const { workflows, files } = labeler({ paths: { documentation: ["docs/**", "**/*.md"], "ci/cd": [".github/**"] }, removeLabels: false }, repository());
  const [workflow] = workflows.map((file) => parse(renderWorkflow(file)));

  it("gives forks labels and comes near no code of theirs: one step, an action that reads names of files", () => {
    expect(Object.keys(workflow.on)).toEqual(["pull_request_target"]);
    expect(workflow.jobs.label.steps).toHaveLength(1);
    expect(workflow.jobs.label.steps[0].uses).toMatch(/^actions\/labeler@[0-9a-f]{40}$/);
    expect(workflow.jobs.label.permissions).toEqual({ contents: "read", "pull-requests": "write" });
  });

  it("keeps two pull requests to one branch from cancelling each other", () => {
    expect(workflow.concurrency).toEqual({ group: "${{ github.workflow }}-${{ github.event.pull_request.number }}", "cancel-in-progress": true });
  });

  it("writes a rule a label, in the form that the action reads since version 5", () => {
    expect(parse(files?.[".github/labeler.yml"] ?? "")).toEqual({
      documentation: [{ "changed-files": [{ "any-glob-to-any-file": ["docs/**", "**/*.md"] }] }],
      "ci/cd": [{ "changed-files": [{ "any-glob-to-any-file": [".github/**"] }] }],
    });
    expect(workflow.jobs.label.steps[0].with).toEqual({ "sync-labels": false });
  });
});
