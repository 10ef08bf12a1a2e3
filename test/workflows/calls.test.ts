import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { planPipelines, workflowsOf } from "../../components/delivery/pipelines.ts";
import { needsOf } from "../../components/workflows/kit/index.ts";
import type { CallJob, WorkflowFile } from "../../components/workflows/kit/index.ts";
import { permissionsOf } from "../../components/workflows/kit/grants.ts";
import { sectionsSchema } from "../../settings/schema/settings.ts";

const { config } = parse(readFileSync("Pulumi.sandbox.yaml", "utf8"));
const { repositories = {}, services = {} } = sectionsSchema.parse({ repositories: config["slipway:repositories"], namespaces: config["slipway:namespaces"], services: config["slipway:services"] });

/** Every job of the sandbox stack that is a workflow of its own repository, with that workflow. */
const calls = Object.entries(repositories).flatMap(([name, settings]) => {
  if (settings.existing) return [];
  const workflows = workflowsOf(planPipelines(config["github:owner"], name, settings, services));
  const jobs = workflows.flatMap(({ file, document }) => Object.entries(document.jobs).flatMap(([id, job]): [string, CallJob][] => ("uses" in job ? [[`${name}: ${id} of ${file}`, job]] : [])));
  return jobs.flatMap(([where, job]): [string, CallJob, WorkflowFile][] => workflows.filter(({ file }) => job.uses === `./.github/workflows/${file}`).map((callee) => [where, job, callee]));
});

describe("a job that calls a workflow of its repository", () => {
  it("is there", () => expect(calls.length).toBeGreaterThan(0));

  it.each(calls)("%s allows what the called jobs need, or GitHub refuses the run", (_, job, { document }) => {
    const needed = Object.values(document.jobs).flatMap(permissionsOf);
    const level = { read: 1, write: 2 };
    const given = new Map(permissionsOf(job).map(({ scope, level: of }) => [scope, level[of]]));
    expect(needed.filter(({ scope, level: of }) => (given.get(scope) ?? 0) < level[of])).toEqual([]);
  });

  it.each(calls)("%s gives the inputs and secrets that there are, and all that must be", (_, job, callee) => {
    const { inputs = {}, secrets = {} } = callee.document.on.workflow_call ?? {};
    const required = (of: object): string[] => Object.entries(of).filter(([, { required: must }]) => must === true).map(([key]) => key);
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining([...Object.keys(job.with ?? {})]));
    expect(Object.keys(job.with ?? {})).toEqual(expect.arrayContaining(required(inputs)));
    const used = needsOf(callee).filter(({ kind, environments }) => kind === "secret" && environments.length === 0).map(({ name }) => name);
    expect(Object.keys(job.secrets ?? {})).toEqual(expect.arrayContaining([...required(secrets), ...used]));
  });
});
