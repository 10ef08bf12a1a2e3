import { overviewDiagram, workflowDiagram } from "../diagram.ts";
import { needsOf } from "../kit/index.ts";
import type { Repository, WorkflowFile } from "../kit/index.ts";
import { triggersOf } from "../triggers.ts";

/** Tells of a repository's workflows: what each does, what starts it, what it needs, and how to run it by hand. */
export function workflowsReadmeFile(workflows: readonly WorkflowFile[], repository: Repository): string {
  return `# Workflows of ${repository.name}

Declared by a Slipway stack, which undoes edits made here: change the stack's configuration instead.

| Workflow | Starts | Environments | Secrets |
|---|---|---|---|
${workflows.map(row).join("\n")}

${diagram(overviewDiagram(workflows, repository.environments))}

${workflows.map((workflow) => section(workflow, repository)).join("\n\n")}

## When a run fails

Open it under Actions: the summary says what was found, and the log of the red step how it came about. \`gh run list --workflow <file>\`
lists the runs of a workflow, \`gh run watch\` follows one, and \`gh run rerun --failed <id>\` starts the failed jobs of one again.
`;
}

function row(workflow: WorkflowFile): string {
  const { file, document } = workflow;
  const cells = [`[${inCell(document.name)}](${file})`, triggersOf(document.on).map(inCell).join("<br>"), names(workflow, "environment"), names(workflow, "secret")];
  return `| ${cells.join(" | ")} |`;
}

function names(workflow: WorkflowFile, kind: "environment" | "secret"): string {
  return [...new Set(needsOf(workflow).filter((need) => need.kind === kind).map(({ name }) => code(name)))].join(", ");
}

function inCell(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[|*_<>`[\]\\]/g, "\\$&");
}

function section(workflow: WorkflowFile, { environments, defaultBranch }: Repository): string {
  const { file, about, document } = workflow;
  const parts = [`## ${document.name}`, about.trim(), diagram(workflowDiagram(workflow, environments)), byHand(file, document.on.workflow_dispatch, defaultBranch)];
  return parts.filter((part) => part !== "").join("\n\n");
}

type Dispatch = WorkflowFile["document"]["on"]["workflow_dispatch"];

function byHand(file: string, dispatch: Dispatch | undefined, branch: string): string {
  if (dispatch === undefined) return "";
  const inputs = Object.entries(dispatch?.inputs ?? {});
  const required = inputs.filter(([, { required = false, default: usual }]) => required && usual === undefined).map(([name]) => ` -f ${name}=…`);
  const command = `\`\`\`bash\ngh workflow run ${file} --ref ${branch}${required.join("")}\n\`\`\``;
  const rows = inputs.map(([name, { description = "", default: usual, options = [] }]) => {
    const cells = [code(name), inCell(description), options.map(code).join(", "), usual === undefined || usual === "" ? "" : code(String(usual))];
    return `| ${cells.join(" | ")} |`;
  });
  if (rows.length === 0) return `By hand:\n\n${command}`;
  return `By hand:\n\n${command}\n\n| Input | Means | One of | Default |\n|---|---|---|---|\n${rows.join("\n")}`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function diagram(text: string): string {
  return `\`\`\`mermaid\n${text}\n\`\`\``;
}
