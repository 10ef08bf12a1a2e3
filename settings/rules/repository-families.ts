import { WORKFLOWS, planPipelines } from "../../components/delivery/pipelines.ts";
import type { Pipelines, RepositoryWithPipelines } from "../../components/delivery/pipelines.ts";
import type { WorkflowsSettings } from "../../components/workflows/families.ts";
import { OptionProblem } from "../../components/workflows/kit/index.ts";
import type { WorkflowFile } from "../../components/workflows/kit/index.ts";
import type { Problem } from "../problem.ts";
import type { Sections } from "../schema/settings.ts";
import type { At } from "./repository-helpers.ts";

/** The pipelines family by family, with every option that does not fit the stack: a service that it does not have, a target without an address. */
export function planFamilies(owner: string, name: string, settings: RepositoryWithPipelines, services: Sections["services"], at: At): { families: Pipelines["families"]; misfits: Problem[] } {
  const families: Pipelines["families"][number][] = [];
  const misfits: Problem[] = [];
  for (const [key, options] of Object.entries(settings.workflows)) {
    const alone: WorkflowsSettings = { [key]: options };
    try {
      families.push(...planPipelines(owner, name, { ...settings, workflows: alone }, services).families);
    } catch (error) {
      if (!(error instanceof OptionProblem)) throw error;
      misfits.push({ path: at("workflows", key, ...error.at), wrong: error.wrong, todo: error.todo });
    }
  }
  return { families, misfits };
}

/** What a family takes for granted of others: workflows that its jobs call, files that its steps read. */
export function missingFamilies(families: Pipelines["families"], settings: RepositoryWithPipelines, at: At): Problem[] {
  const made = new Set(families.flatMap(([, { workflows }]) => workflows.map(({ file }) => file)));
  const written = Object.keys(settings.files?.content ?? {});
  const there = (file: string): boolean => made.has(file) || written.includes(`${WORKFLOWS}/${file}`);
  const calls = families.flatMap(([, { workflows }]) => workflows.flatMap((workflow) => called(workflow).filter((file) => !there(file)).map((file) => missing(keyOf(file), `${workflow.file} calls ${file}`, at))));
  const reads = families.flatMap(([key, { requires = [] }]) => requires.filter((other) => !Object.hasOwn(settings.workflows, other)).map((other) => missing(other, `${key} reads its files`, at)));
  return [...new Map([...calls, ...reads].map((problem) => [`${problem.path} ${problem.wrong}`, problem])).values()];
}

function called({ document }: WorkflowFile): string[] {
  const uses = Object.values(document.jobs).flatMap((job) => ("uses" in job ? [job.uses] : []));
  return uses.flatMap((use) => (use.startsWith(`./${WORKFLOWS}/`) ? [use.slice(WORKFLOWS.length + 3)] : []));
}

/** `enhanced-smoke-tests.yml` → `enhancedSmokeTests`. */
function keyOf(file: string): string {
  return file.replace(/\.ya?ml$/, "").replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function missing(key: string, why: string, at: At): Problem {
  return { path: at("workflows", key), wrong: `is missing, and ${why}`, todo: "declare that family, or remove what needs it" };
}
