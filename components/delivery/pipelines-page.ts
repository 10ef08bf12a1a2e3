import { overviewDiagram, workflowDiagram } from "../workflows/diagram.ts";
import { workflowsOf } from "./pipelines.ts";
import type { Pipelines } from "./pipelines.ts";

/** A page beside a repository's files: what each file is, and what starts the workflows, their jobs, and where they deploy. */
export function pipelinesPage(pipelines: Pipelines, files: Readonly<Record<string, string>>): string {
  const { repository } = pipelines;
  const workflows = workflowsOf(pipelines);
  const rows = Object.entries(files).sort(([left], [right]) => (left < right ? -1 : 1)).map(([path, text]) => `| [${path}](<${path}>) | ${inCell(aboutOf(path, text))} |`);
  const each = workflows.flatMap((workflow) => [`### ${inCell(workflow.document.name)}`, "", ...diagram(workflowDiagram(workflow, repository.environments))]);
  const runs = workflows.length === 0 ? [] : ["## What runs when", "", ...diagram(overviewDiagram(workflows, repository.environments)), ...each];
  return [
    `# Files of ${repository.owner}/${repository.name}`,
    "",
    `${counted(rows.length, "file")} and ${counted(workflows.length, "workflow")}, as the stack puts them into the repository. To change one, change the stack's configuration.`,
    "",
    ...runs,
    "## Files",
    "",
    "| File | What it is |",
    "|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function diagram(text: string): string[] {
  return ["```mermaid", text, "```", ""];
}

/** What a file says of itself: its first heading, or the first line of the comment at its top. */
function aboutOf(path: string, text: string): string {
  const lines = text.split("\n", 4).filter((line) => !line.startsWith("#!"));
  const [, heading] = path.endsWith(".md") ? (/^# (.+)$/.exec(lines[0] ?? "") ?? []) : [];
  const comment = lines.flatMap((line) => /^(?:#|\/\/) (.+)$/.exec(line)?.[1] ?? []);
  return heading ?? (path.endsWith(".md") ? "" : (comment[0] ?? ""));
}

function inCell(text: string): string {
  return text.replace(/[|*_<>`[\]\\]/g, "\\$&");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
