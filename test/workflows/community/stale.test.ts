import { parse } from "yaml";
import { stale } from "../../../components/workflows/community/stale.ts";
import { renderWorkflow } from "../../../components/workflows/kit/index.ts";
import { repository } from "../repository.ts";

describe("stale", () => {
  const { workflows } = stale({ schedule: "0 0 * * *", staleDays: 60, closeDays: 14, label: "stale", exemptLabels: ["pinned", "security"] }, repository());

  it("runs daily and by hand, and leaves the exempt labels alone", () => {
    const [workflow] = workflows.map((file) => parse(renderWorkflow(file)));
    expect(workflow.on).toEqual({ schedule: [{ cron: "0 0 * * *" }], workflow_dispatch: null });
    expect(workflow.jobs.stale.permissions).toEqual({ issues: "write", "pull-requests": "write" });
    expect(workflow.jobs.stale.steps[0].with).toMatchObject({ "days-before-stale": 60, "exempt-issue-labels": "pinned,security" });
  });
});
