import { needsOf } from "./kit/index.ts";
import type { Job, Repository, WorkflowFile, WorkflowInputs } from "./kit/index.ts";
import { BY_HAND, triggersOf } from "./triggers.ts";

type Environments = Repository["environments"];

/** One workflow as a Mermaid flowchart: what starts it, its jobs in their order, the environments that they wait for. */
export function workflowDiagram(workflow: WorkflowFile, environments: Environments): string {
  const { jobs, on } = workflow.document;
  const ids = new Map(Object.keys(jobs).map((id, index) => [id, `job${index}`]));
  const first = Object.entries(jobs).filter(([, { needs = [] }]) => needs.length === 0);
  return chart([
    `start([${quoted(...triggersOf(on))}])`,
    ...first.map(([id]) => `start --> ${ids.get(id)}`),
    ...Object.entries(jobs).flatMap(([id, job]) => [`${ids.get(id)}[${quoted(jobLabel(job))}]`, ...(job.needs ?? []).map((need) => `${ids.get(need)} --> ${ids.get(id)}`)]),
    ...gates(workflow, (job) => ids.get(job) ?? job, environments),
  ]);
}

/** All workflows of a repository: what starts each, which calls which, and the environments that each deploys to. People are shown where nothing else starts one. */
export function overviewDiagram(workflows: readonly WorkflowFile[], environments: Environments): string {
  const ids = new Map(workflows.map(({ file }, index) => [file, `workflow${index}`]));
  const starts = [...new Set(workflows.flatMap(({ document }) => startsOf(document)))];
  return chart([
    ...starts.map((trigger, index) => `start${index}([${quoted(trigger)}])`),
    ...workflows.map(({ file, document }) => `${ids.get(file)}[${quoted(document.name)}]`),
    ...workflows.flatMap(({ file, document }) => startsOf(document).map((trigger) => `start${starts.indexOf(trigger)} --> ${ids.get(file)}`)),
    ...workflows.flatMap(({ file, document }) => called(document).filter((other) => ids.has(other)).map((other) => `${ids.get(file)} -->|calls| ${ids.get(other)}`)),
    ...[...new Set(workflows.flatMap((workflow) => gates(workflow, () => ids.get(workflow.file) ?? workflow.file, environments)))],
  ]);
}

function startsOf({ on }: WorkflowInputs): string[] {
  const all = triggersOf(on);
  return all.length > 1 ? all.filter((trigger) => trigger !== BY_HAND) : all;
}

/** Environments that jobs run in; the approvals stand in them. */
function gates(workflow: WorkflowFile, node: (job: string) => string, environments: Environments): string[] {
  const needs = needsOf(workflow).filter(({ kind }) => kind === "environment");
  return [...new Set(needs.flatMap(({ name, job }) => {
    const id = `environment_${[...name].map((character) => (/[A-Za-z0-9]/.test(character) ? character : `_${character.codePointAt(0)}_`)).join("")}`;
    const approvals = Object.hasOwn(environments, name) ? environments[name]?.approvals : undefined;
    return [`${id}{{${quoted(name, ...(approvals === undefined ? [] : [approvals]))}}}`, `${node(job)} -.-> ${id}`];
  }))];
}

function called({ jobs }: WorkflowInputs): string[] {
  return [...new Set(Object.values(jobs).flatMap((job) => ("uses" in job ? [job.uses.replace(/^.*\//, "")] : [])))];
}

function jobLabel(job: Job): string {
  return job.name.replaceAll(/\$\{\{ *(?:matrix|inputs)\.([\w-]+) *\}\}/g, "<$1>");
}

function chart(lines: readonly string[]): string {
  return ["flowchart LR", ...lines.map((line) => `  ${line}`)].join("\n");
}

/** A label of one or several lines. Whatever Mermaid, Markdown or HTML could read in it becomes a character's number. */
function quoted(...lines: string[]): string {
  const safe = lines.map((line) => {
    const text = line.replace(/\s+/g, " ");
    const list = /^ ?(?:\d+(?=\. )|(?=[-+*] ))/.exec(text)?.[0].length;
    return [...text].map((character, at) => (at !== list && /[\p{L}\p{N} .,:/*'()+_=-]/u.test(character) ? character : `#${character.codePointAt(0)};`)).join("");
  });
  return `"${safe.join("<br/>")}"`;
}
