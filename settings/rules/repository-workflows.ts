import { pipelineFiles, planPipelines, workflowsOf } from "../../components/delivery/pipelines.ts";
import type { RepositoryWithPipelines } from "../../components/delivery/pipelines.ts";
import { actionsOf, needsOf } from "../../components/workflows/kit/index.ts";
import type { Need, WorkflowFile } from "../../components/workflows/kit/index.ts";
import { pathText } from "../problem.ts";
import type { Problem } from "../problem.ts";
import type { Sections } from "../schema/settings.ts";
import { missingFamilies, planFamilies } from "./repository-families.ts";
import { literal } from "./repository-helpers.ts";
import type { At } from "./repository-helpers.ts";
import type { Rule } from "./rule.ts";

/** A workflow may only name what the stack has: environments, secrets, variables, actions that may run. */
export const workflowRules: readonly Rule[] = [
  (sections) => Object.entries(sections.repositories).flatMap(([name, settings]) => (settings.existing ? [] : repositoryProblems(name, settings, sections))),
];

function repositoryProblems(name: string, settings: RepositoryWithPipelines, { owner, services }: Sections): Problem[] {
  const at: At = (...parts) => pathText(["repositories", name, ...parts]);
  const { families, misfits } = planFamilies(owner, name, settings, services, at);
  if (misfits.length > 0) return misfits;
  const workflows = workflowsOf({ families });
  if (workflows.length === 0 && settings.community === undefined) return [];
  return [
    ...workflows.flatMap(needsOf).flatMap((need) => needProblems(need, settings, at)),
    ...workflows.flatMap((workflow) => actionProblems(workflow, settings, at)),
    ...twice(workflows, at),
    ...missingFamilies(families, settings, at),
    ...deliveryProblems(settings, at, () => Object.keys(pipelineFiles(planPipelines(owner, name, settings, services), settings.community))),
  ];
}

function needProblems(need: Need, settings: RepositoryWithPipelines, at: At): Problem[] {
  const wrong = `is needed by job ${need.job} of ${need.file} and is not declared`;
  switch (need.kind) {
    case "environment":
      return Object.hasOwn(settings.environments, need.name) ? [] : [{ path: at("environments", need.name), wrong, todo: "declare the environment, or deploy to another one" }];
    case "secret":
      return has(need, settings, "secrets") ? [] : [{ path: at(...place(need, "secrets")), wrong, todo: "add it as { secret: <config key> }" }];
    case "variable":
      return has(need, settings, "variables") ? [] : [{ path: at(...place(need, "variables")), wrong, todo: "add its value, in quotes where it looks like a number" }];
    default:
      return need.kind satisfies never;
  }
}

/** A job sees what its environment and what the repository has; in several environments it must be in each. */
function has({ name, environments }: Need, settings: RepositoryWithPipelines, part: "secrets" | "variables"): boolean {
  if (Object.hasOwn(settings[part], name)) return true;
  return environments.length > 0 && environments.every((environment) => Object.hasOwn(settings.environments[environment]?.[part] ?? {}, name));
}

function place({ name, environments }: Need, part: string): string[] {
  const [environment, ...others] = environments;
  return environment !== undefined && others.length === 0 ? ["environments", environment, part, name] : [part, name];
}

function actionProblems({ file, document }: WorkflowFile, { actions }: RepositoryWithPipelines, at: At): Problem[] {
  const allowed = actions?.allowed;
  switch (allowed?.kind) {
    case undefined:
    case "all":
      return [];
    case "none":
      return [{ path: at("actions", "allowed"), wrong: `switches Actions off, and ${file} is a workflow`, todo: "allow the actions that it uses, or remove the workflow" }];
    case "local":
      return actionsOf(document).map((action) => refused(action, file, at, "use kind: selected and name it"));
    case "selected": {
      const { githubOwned, verified, patterns } = allowed;
      if (verified) return [];
      return actionsOf(document)
        .filter((action) => !(githubOwned && /^(actions|github)\//.test(action)) && !patterns.some((pattern) => matches(pattern, action)))
        .map((action) => refused(action, file, at, `add ${action}@* to patterns`));
    }
    default:
      return allowed satisfies never;
  }
}

function refused(action: string, file: string, at: At, todo: string): Problem {
  return { path: at("actions", "allowed"), wrong: `does not allow ${action}, which ${file} uses`, todo };
}

/** GitHub's patterns: `docker/*`, `sigstore/cosign-installer@*`. */
function matches(pattern: string, action: string): boolean {
  const expression = pattern.split("*").map(literal).join(".*");
  return new RegExp(`^${expression}$`).test(`${action}@0`);
}

function twice(workflows: readonly WorkflowFile[], at: At): Problem[] {
  const files = workflows.map(({ file }) => file);
  const repeated = new Set(files.filter((file, index) => files.indexOf(file) < index));
  return [...repeated].map((file) => ({ path: at("workflows"), wrong: `makes ${file} twice`, todo: "remove one of the families that make it" }));
}

function deliveryProblems({ files }: RepositoryWithPipelines, at: At, made: () => string[]): Problem[] {
  if (!files) return [{ path: at("files"), wrong: "is missing, and the workflows have to get into the repository", todo: "say how with files: { deliver: { kind: commit } } or kind: pull-request" }];
  const written = Object.keys(files.content);
  if (written.length === 0) return [];
  const rendered = new Set(made());
  return written
    .filter((path) => rendered.has(path))
    .map((path) => ({ path: at("files", "content", path), wrong: "is made by workflows or community too", todo: "remove it here, or the option that makes it" }));
}
