import { parse } from "yaml";
import { stale } from "../../../components/workflows/community/stale.ts";
import { renderWorkflow } from "../../../components/workflows/kit/index.ts";
import { repository } from "../repository.ts";

describe("stale", () => {
  const patience = { schedule: "0 0 * * *", issues: { staleDays: 60, closeDays: 14 }, pullRequests: { staleDays: 30, closeDays: 1 }, label: "stale" };
  const [workflow] = stale({ ...patience, exemptLabels: ["pinned", "security"] }, repository()).workflows.map((file) => parse(renderWorkflow(file)));

  it("runs daily and by hand, and may write issues and pull requests and nothing else", () => {
    expect(workflow.on).toEqual({ schedule: [{ cron: "0 0 * * *" }], workflow_dispatch: null });
    expect(workflow.permissions).toEqual({});
    expect(workflow.jobs.stale.permissions).toEqual({ issues: "write", "pull-requests": "write" });
  });

  it("has its own patience with pull requests, leaves drafts and exempt labels alone, and says how long is left", () => {
    expect(workflow.jobs.stale.steps[0].with).toEqual({
      "days-before-issue-stale": 60,
      "days-before-issue-close": 14,
      "days-before-pr-stale": 30,
      "days-before-pr-close": 1,
      "stale-issue-label": "stale",
      "stale-pr-label": "stale",
      "exempt-issue-labels": "pinned,security",
      "exempt-pr-labels": "pinned,security",
      "exempt-draft-pr": true,
      "stale-issue-message": "Nothing has happened to this issue for 60 days. It will be closed in 14 days unless somebody says that it still matters.",
      "stale-pr-message": "Nothing has happened to this pull request for 30 days. It will be closed in 1 day unless somebody says that it still matters.",
    });
  });

  it("exempts nothing where no label is named", () => {
    const [all] = stale({ ...patience, exemptLabels: [] }, repository()).workflows.map((file) => parse(renderWorkflow(file)));
    expect(Object.keys(all.jobs.stale.steps[0].with)).not.toContain("exempt-issue-labels");
  });
});
