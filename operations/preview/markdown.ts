import { code, oneLine, plain } from "../rollout/notify/escape.ts";
import { dangerTexts, fieldTexts, SIGNS, stepText } from "./describe.ts";
import { picture } from "./picture.ts";
import { placeText } from "./place.ts";
import { releaseText } from "./release-text.ts";
import { changesOf, countsText } from "./summary.ts";
import type { Group, Summary } from "./summary.ts";

/** Lines of each list that are shown; how many more there are is always said. */
const MOST = { dangers: 20, releases: 20, policies: 20, groups: 40, errors: 10 };

/** The summary as GitHub shows it: what fits on one screen, and then every change, each text for itself. */
export function markdownOf(summary: Summary): { head: string; details: string[] } {
  const { counts, dangers, digest, errors, groups, policies, releases, stack, warnings } = summary;
  const head = [
    `### Preview of ${name(stack)}: ${errors.length > 0 ? "failed" : countsText(counts)}`,
    errors.length === 0 ? undefined : listed("[!CAUTION]", `**The preview failed:**`, errors.map((text) => name(cut(text, 1000))), MOST.errors),
    dangers.length === 0 ? undefined : listed("[!WARNING]", `**${dangers.length === 1 ? "One thing is" : `${dangers.length} things are`} dangerous:**`, dangers.map(dangerLine), MOST.dangers),
    releases.length === 0 ? undefined : `**Requests**\n${bullets(releases.map((view) => releaseText(view, name)), MOST.releases)}`,
    policies.length === 0 ? undefined : `**Policies**\n${bullets(policies.map(({ level, message, policy }) => `${level === "mandatory" ? "**must be mended**" : "advice"}: ${name(policy)}: ${name(cut(message, 500))}`), MOST.policies)}`,
    groups.length === 0 ? undefined : table(groups),
    changesOf(counts) === 0 ? undefined : folded("What it touches", picture(summary)),
    warnings.length === 0 ? undefined : bullets(warnings.map((text) => `warning: ${name(cut(text, 500))}`), MOST.errors),
    digest === undefined ? undefined : `Apply exactly this: ${name(`slipway up --stack ${stack} --expect ${digest}`)}`,
  ];
  return { head: head.filter((part) => part !== undefined).join("\n\n"), details: groups.flatMap(groupDetails) };
}

/** The whole summary as one document, for a terminal or a job's summary page. */
export function wholeMarkdown(summary: Summary): string {
  const { details, head } = markdownOf(summary);
  return [head, ...(details.length === 0 ? [] : [folded("Every change, field by field", details.join("\n"))])].join("\n\n") + "\n";
}

export function folded(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n</details>`;
}

/** A text of others: inside `<code>` GitHub makes no mention, no reference and no link of it. */
function name(text: string): string {
  return `<code>${plain(text)}</code>`;
}

function dangerLine(danger: Summary["dangers"][number]): string {
  const { what, where, why } = dangerTexts(danger);
  return `${name(what)} in ${name(where)}: ${plain(why)}`;
}

function listed(alert: string, title: string, lines: readonly string[], most: number): string {
  return [alert, title, bullets(lines, most)].join("\n").split("\n").map((line) => `> ${line}`).join("\n");
}

function bullets(lines: readonly string[], most: number): string {
  const more = lines.length - most;
  return [...lines.slice(0, most).map((line) => `- ${line}`), ...(more > 0 ? [`- and ${more} more`] : [])].join("\n");
}

function table(groups: readonly Group[]): string {
  const cell = (count: number): string => (count === 0 ? "" : String(count));
  const rows = groups.slice(0, MOST.groups).map(({ counts, place }) => {
    const system = place.kind === "repository" || place.system === undefined ? "" : `${name(place.system)} `;
    return `| ${system}${name(place.kind === "environment" ? `environment ${place.name}` : placeText(place))} | ${[counts.create + counts.import, counts.change, counts.replace, counts.delete + counts.forget].map(cell).join(" | ")} |`;
  });
  const more = groups.length - MOST.groups;
  return ["| Where | created | changed | replaced | deleted |", "| --- | --: | --: | --: | --: |", ...rows, ...(more > 0 ? [`| and ${more} more places | | | | |`] : [])].join("\n");
}

/** One text a resource; the first says where it is. */
function groupDetails({ place, steps }: Group): string[] {
  return steps.map((step, index) => {
    const { fields, more } = fieldTexts(step);
    const lines = fields.flatMap(({ after, before, path, replaces }) => [
      ...(before === undefined ? [] : [`- ${path}: ${before}`]),
      ...(after === undefined ? [] : [`+ ${path}: ${after}${replaces ? "  # needs a new one" : ""}`]),
    ]);
    const title = `${SIGNS[step.kind]} ${name(stepText(step))}`;
    const body = [...lines, ...(more > 0 ? [`  and ${more} more fields`] : [])].map((line) => oneLine(line));
    return [...(index === 0 ? [`\n**${plain(placeText(place))}**\n`] : []), `- ${title}`, ...(body.length === 0 ? [] : ["", indented(code(body.join("\n"), "diff")), ""])].join("\n");
  });
}

function indented(text: string): string {
  return text.split("\n").map((line) => `  ${line}`).join("\n");
}

function cut(text: string, longest: number): string {
  const line = oneLine(text);
  return line.length <= longest ? line : `${line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
