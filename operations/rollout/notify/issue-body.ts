import { clipped, code, commented, oneLine, plain } from "./escape.ts";
import { sentence } from "./story.ts";
import type { Context } from "./types.ts";
import { isProblem } from "./types.ts";
import type { RolloutEvent } from "../events.ts";

/** Characters of an issue's body; GitHub refuses more than 65,536. */
export const LONGEST_BODY = 65_000;

/** By which a rollout's issue is found again. */
export function markerOf({ service, stack }: { service: string; stack: string }, revision: string): string {
  return commented(`slipway rollout of ${service} ${revision} in ${stack}`);
}

export function issueTitle(event: RolloutEvent, { story: { revision = "" }, subject: { service, stack } }: Pick<Context, "subject" | "story">): string {
  return clipped(`Rollout of ${service} ${revision} in ${stack}: ${isProblem(event) || event.event === "done" ? event.event : "in progress"}`, 250);
}

/** The whole state of a rollout. `earlier` are the lines of drivers before this one; the oldest go first where all is too long. */
export function issueBody(event: RolloutEvent, { story, subject }: Pick<Context, "subject" | "story">, { earlier, run }: { earlier: readonly string[]; run?: string | undefined }): string {
  const { gate, history, image = "", revision = "", weight } = story;
  const head = [
    markerOf(subject, revision),
    `**${shown(sentence(event), 1000)}**`,
    "",
    table(["Service", "Revision", "Image", "Stack", "Namespace", "Weight"], [[subject.service, revision, image, subject.stack, subject.namespace, weight === undefined ? "unknown" : `${weight} %`]]),
    ...(gate === undefined ? [] : ["", `Verdict **${plain(gate.verdict)}** after ${gate.samples} requests, at ${plain(gate.at)}: ${shown(gate.why, 500)}.`]),
    ...(gate === undefined || gate.indicators.length === 0 ? [] : ["", table(["Indicator", "Value", "Limit"], gate.indicators.slice(0, 20).map(({ limit, name, unit, value }) => [name, figure(value, unit), figure(limit, unit)]))]),
    ...("next" in event ? ["", "To go on:", "", code(clipped(oneLine(event.next), 500))] : []),
    ...(run === undefined ? [] : ["", `Told by [this run](${encodeURI(run).replace(/[()]/g, encodeURIComponent)}).`]),
    "",
  ].join("\n");
  const lines = [...earlier, ...history.map(({ at, what }) => `| ${plain(at)} | ${shown(what, 500)} |`)];
  const rows = [...new Set(lines)];
  let room = LONGEST_BODY - framed([], head).length;
  const kept: string[] = [];
  for (const row of rows.toReversed()) {
    room -= row.length + 1;
    if (room < 0) break;
    kept.unshift(row);
  }
  return clipped(framed(kept, head), LONGEST_BODY);
}

/** The rows of a body that an earlier driver wrote; lines that somebody else put between them are left out. */
export function rowsOf(body: string): string[] {
  return body.split("\n").filter((line) => /^\| \d{4}-\d\d-\d\dT\S+ \| .+ \|$/.test(line));
}

function framed(rows: readonly string[], head: string): string {
  return [head, "| At | What happened |", "| --- | --- |", ...rows].join("\n");
}

function figure(value: number | null, unit: string): string {
  return value === null ? "no data" : `${Math.round(value * 100) / 100} ${unit}`;
}

function shown(text: string, longest: number): string {
  return plain(clipped(text, longest));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => shown(cell, 300)).join(" | ")} |`;
  return [line(head), `| ${head.map(() => "---").join(" | ")} |`, ...rows.map(line)].join("\n");
}
