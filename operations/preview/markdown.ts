import { code, oneLine, plain } from "../rollout/notify/escape.ts";
import { cut, dangerText, fieldTexts, stepText } from "./describe.ts";
import { picture } from "./picture.ts";
import { placeText } from "./place.ts";
import { releaseText } from "./release-text.ts";
import { changesOf, countsText } from "./summary.ts";
import type { Group, Summary } from "./summary.ts";

/** Lines of each list at first; fewer where names are so long that they leave no room. */
const MOST = [20, 8, 3, 1];

/** Characters of the first screen, so that it fits into a comment with room for what follows. */
const LONGEST_HEAD = 40_000;

/** One change, with the place under which it stands. */
export interface Detail {
  place: string;
  text: string;
}

/** The first screen: what is dangerous, what becomes of the requests, what policies say, where how much changes. */
export function headOf(summary: Summary): string {
  const heads = MOST.map((most) => head(summary, most));
  return heads.find(({ length }) => length <= LONGEST_HEAD) ?? `### Preview of ${name(summary.stack)}: ${countsText(summary.counts)}`;
}

function head(summary: Summary, most: number): string {
  const { counts, dangers, digest, errors, groups, policies, releases, stack, warnings } = summary;
  return [
    `### Preview of ${name(stack)}: ${errors.length > 0 ? "failed" : countsText(counts)}`,
    errors.length === 0 ? undefined : alert("CAUTION", "The preview failed:", errors.map((text) => name(cut(text, 1000))), most),
    dangers.length === 0 ? undefined : alert("WARNING", dangers.length === 1 ? "One thing is dangerous:" : `${dangers.length} things are dangerous:`, dangers.map(dangerLine), most),
    releases.length === 0 ? undefined : `**Requests**\n\n${bullets(releases.map((view) => releaseText(view, name)), most)}`,
    policies.length === 0 ? undefined : `**Policies**\n\n${bullets(policies.map(({ level, message, policy }) => `${level === "mandatory" ? "**must be mended**" : "advice"}: ${name(policy)}: ${name(cut(message, 500))}`), most)}`,
    groups.length === 0 ? undefined : table(groups, 2 * most),
    changesOf(counts) === 0 ? undefined : folded("What it touches", picture(summary)),
    warnings.length === 0 ? undefined : bullets(warnings.map((text) => `warning: ${name(cut(text, 500))}`), most),
    digest === undefined ? undefined : `Apply exactly this: ${name(`slipway up --stack ${stack} --expect ${digest}`)}`,
  ].filter((part) => part !== undefined).join("\n\n");
}

/** Every change with its fields. */
export function detailsOf({ groups }: Pick<Summary, "groups">): Detail[] {
  return groups.flatMap(({ place, steps }) => steps.map((step) => {
    const { fields, more } = fieldTexts(step);
    const lines = fields.flatMap(({ after, before, path, replaces }) => [
      ...(before === undefined ? [] : [`- ${path}: ${before}`]),
      ...(after === undefined ? [] : [`+ ${path}: ${after}${replaces ? "  # needs a new one" : ""}`]),
    ]);
    const body = [...lines, ...(more > 0 ? [`  and ${more} more fields`] : [])].map(oneLine);
    return { place: placeText(place), text: `- ${name(stepText(step))}${body.length === 0 ? "" : `\n${indented(code(body.join("\n"), "diff"))}`}` };
  }));
}

/** Details as a list, each place named once. */
export function detailsText(details: readonly Detail[]): string {
  return details.map(({ place, text }, at) => (details[at - 1]?.place === place ? text : `${at === 0 ? "" : "\n"}**${name(place)}**\n\n${text}`)).join("\n");
}

/** The whole summary as one document, for a job's page. */
export function wholeMarkdown(summary: Summary): string {
  const details = detailsOf(summary);
  return `${[headOf(summary), ...(details.length === 0 ? [] : [folded("Every change, field by field", detailsText(details))])].join("\n\n")}\n`;
}

export function folded(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

/** A text of others: inside `<code>` GitHub makes no mention, no reference and no link of it. */
export function name(text: string): string {
  return `<code>${plain(cut(text, 1000))}</code>`;
}

function dangerLine(danger: Summary["dangers"][number]): string {
  return dangerText(danger, name, (why) => (/[@#]|GH-/.test(why) ? name(why) : plain(why)));
}

function alert(kind: "CAUTION" | "WARNING", title: string, lines: readonly string[], most: number): string {
  return `[!${kind}]\n**${title}**\n\n${bullets(lines, most)}`.split("\n").map((line) => `> ${line}`.trimEnd()).join("\n");
}

function bullets(lines: readonly string[], most: number): string {
  const more = lines.length - most;
  return [...lines.slice(0, most).map((line) => `- ${line}`), ...(more > 0 ? [`- and ${more} more`] : [])].join("\n");
}

function table(groups: readonly Group[], most: number): string {
  const cell = (count: number): string => (count === 0 ? "" : String(count));
  const rows = groups.slice(0, most).map(({ counts, place }) => {
    const numbers = [counts.create + counts.import, counts.change, counts.replace, counts.delete + counts.forget];
    return `| ${place.kind === "repository" || place.system === undefined ? "" : name(place.system)} | ${name(`${place.kind} ${place.name}`)} | ${numbers.map(cell).join(" | ")} |`;
  });
  const more = groups.length - most;
  return ["| Repository | Where | created | changed | replaced | deleted, forgotten |", "| --- | --- | --: | --: | --: | --: |", ...rows, ...(more > 0 ? [`| | and ${more} more places | | | | |`] : [])].join("\n");
}

function indented(text: string): string {
  return text.split("\n").map((line) => `  ${line}`).join("\n");
}
