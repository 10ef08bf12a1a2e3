import { overviewDiagram } from "../workflows/diagram.ts";
import { workflowsOf } from "./pipelines.ts";
import type { Pipelines } from "./pipelines.ts";

/** A page beside a repository's files: what starts them and where they deploy, and what each file is. */
export function pipelinesPage(pipelines: Pipelines, files: Readonly<Record<string, string>>): string {
  const { repository } = pipelines;
  const workflows = workflowsOf(pipelines);
  const rows = Object.entries(files).sort(([left], [right]) => (left < right ? -1 : 1)).map(([path, text]) => `| [${path}](<${path}>) | ${inCell(aboutOf(path, text))} |`);
  const diagram = workflows.length === 0 ? [] : ["## What runs when", "", "```mermaid", overviewDiagram(workflows, repository.environments), "```", ""];
  return [
    `# Files of ${repository.owner}/${repository.name}`,
    "",
    `${counted(rows.length, "file")} and ${counted(workflows.length, "workflow")}, as the stack puts them into the repository. To change one, change the stack's configuration.`,
    "",
    ...diagram,
    "## Files",
    "",
    "| File | What it is |",
    "|---|---|",
    ...rows,
    "",
  ].join("\n");
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
