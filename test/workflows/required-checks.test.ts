import { readFileSync } from "node:fs";
import { planPipelines, workflowsOf } from "../../components/delivery/pipelines.ts";
import { parseStackFile } from "../../settings/stack-file.ts";

const file = "Pulumi.sandbox.yaml";
const parsed = parseStackFile(file, readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"));
if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
const { owner, repositories, services } = parsed.settings;

const required = Object.entries(repositories).flatMap(([name, settings]) => {
  if (settings.existing) return [];
  const workflows = workflowsOf(planPipelines(owner, name, settings, services)).filter(({ document }) => Object.hasOwn(document.on, "pull_request"));
  const jobs = workflows.flatMap(({ document }) => Object.values(document.jobs).map((job) => job.name));
  const rulesets = Object.values(settings.rulesets).flatMap((ruleset) => (ruleset.target === "branch" ? [ruleset] : []));
  const contexts = rulesets.flatMap(({ requiredChecks }) => (requiredChecks?.checks ?? []).map(({ context }) => context));
  return contexts.map((context) => ({ name, context, jobs }));
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
