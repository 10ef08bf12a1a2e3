import { readFileSync } from "node:fs";
import { planPipelines, workflowsOf } from "../../components/delivery/pipelines.ts";
import { parseStackFile } from "../../settings/stack-file.ts";

const file = "Pulumi.sandbox.yaml";
const parsed = parseStackFile(file, readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"));
if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
const { owner, repositories, services } = parsed.settings;

const required = Object.entries(repositories).flatMap(([name, settings]) => {
  if (settings.existing) return [];
  const workflows = workflowsOf(planPipelines(owner, name, settings, services));
  const rulesets = Object.values(settings.rulesets).flatMap((ruleset) => (ruleset.target === "branch" ? [ruleset] : []));
  return rulesets.flatMap(({ requiredChecks, mergeQueue }) => {
    // A merge queue waits for the checks of its own commits.
    const events = ["pull_request", ...(mergeQueue ? ["merge_group"] : [])];
    const started = workflows.filter(({ document }) => events.every((event) => Object.hasOwn(document.on, event)));
    const jobs = started.flatMap(({ document }) => Object.values(document.jobs).map((job) => job.name));
    return (requiredChecks?.checks ?? []).map(({ context }) => ({ name, context, jobs }));
  });
});

describe("the sandbox's rulesets", () => {
  it("require checks", () => {
    expect(required.length).toBeGreaterThan(10);
  });

  // A check that nobody reports would block every pull request for ever, and one of two jobs of a name would do for both.
  it.each(required)("wait in $name for $context, which one job of its workflows for pull requests reports", ({ context, jobs }) => {
    expect(jobs.filter((job) => job === context)).toHaveLength(1);
  });
});
