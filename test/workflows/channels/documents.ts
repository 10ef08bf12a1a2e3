import { parse } from "yaml";
import { renderWorkflow } from "../../../components/workflows/kit/index.ts";
import type { Pipeline } from "../../../components/workflows/kit/index.ts";
import { repository } from "../repository.ts";

/** A repository with an environment for each channel. */
export const shop = repository({
  environments: Object.fromEntries(["canary", "beta", "latest"].map((name) => [name, { reviewed: name !== "canary", waitMinutes: 0, approvals: `who approves ${name}` }])),
});

/** The one workflow of a pipeline: what it was made from, and the document that GitHub reads. */
export function only({ workflows: [file] }: Pipeline) {
  if (!file) throw new Error("there is no workflow");
  return { file, document: parse(renderWorkflow(file)) };
}

/** The steps that a secret reaches, as `job: step`. */
export function stepsWithSecret(jobs: Record<string, { steps?: { env?: Record<string, string>; name: string }[] }>): string[] {
  return Object.entries(jobs).flatMap(([id, { steps = [] }]) => steps.filter(({ env = {} }) => Object.values(env).some((value) => String(value).includes("secrets."))).map(({ name }) => `${id}: ${name}`));
}
