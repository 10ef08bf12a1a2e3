import { absenceRunbooks } from "./runbooks/absence.ts";
import { budgetRunbooks } from "./runbooks/budgets.ts";
import { limitRunbooks } from "./runbooks/limits.ts";
import type { Runbook } from "./runbooks/runbook.ts";
import { workloadRunbooks } from "./runbooks/workload.ts";
import type { ServiceLevel } from "./service-level.ts";

const RUNBOOKS = { ...limitRunbooks, ...budgetRunbooks, ...workloadRunbooks, ...absenceRunbooks };

/** Every alert there is; one without a page cannot be written. */
export type AlertName = keyof typeof RUNBOOKS;

/** Every alert, in the order of the pages. */
export const ALERT_NAMES: readonly AlertName[] = Object.keys(RUNBOOKS).filter((name): name is AlertName => Object.hasOwn(RUNBOOKS, name));

/** The first thing to do, with the alert's own names in it. */
export function nextStep(name: AlertName, { namespace, service }: Pick<ServiceLevel, "namespace" | "service">): string {
  const next: string = RUNBOOKS[name].next;
  return next.replaceAll("<service>", service).replaceAll("<namespace>", namespace).replace(/<([a-z]+)>/g, "{{ $$labels.$1 }}");
}

/** One page an alert and an overview of all: file name → Markdown. */
export function runbookPages(): Record<string, string> {
  return { "README.md": overview(), ...Object.fromEntries(ALERT_NAMES.map((name) => [`${name}.md`, page(name, RUNBOOKS[name])])) };
}

function overview(): string {
  const rows = ALERT_NAMES.map((name) => `| [${name}](${name}.md) | ${prose(RUNBOOKS[name].means)} |`);
  return ["# Runbooks", "", "Made from components/observability/runbooks by `node settings/generate.ts`. `observability.runbooks` of a service says where its alerts point to.", "", "| alert | means |", "|---|---|", ...rows, ""].join("\n");
}

function page(name: AlertName, { means, harm, next, causes, steps, over }: Runbook): string {
  return [
    `# ${name}`, "", prose(means), "",
    "## Who feels it", "", prose(harm), "",
    "## First", "", prose(`${next[0]?.toUpperCase() ?? ""}${next.slice(1)}.`), "",
    "## Likely causes", "", ...causes.map((cause) => `- ${prose(cause)}`), "",
    "## Step by step", "", ...steps.flatMap(({ act, run }, at) => [`${at + 1}. ${prose(act)}`, ...(run === undefined ? [] : ["", ...run.split("\n").map((line) => `       ${line}`), ""])]), "",
    "## When it is over", "", prose(over), "",
  ].join("\n").replace(/\n{3,}/g, "\n\n");
}

/** A name in angle brackets is HTML to Markdown, and would not be seen; within backquotes it is text. */
function prose(text: string): string {
  return text.split("`").map((part, at) => (at % 2 === 0 ? part.replaceAll("<", "\\<") : part)).join("`");
}
