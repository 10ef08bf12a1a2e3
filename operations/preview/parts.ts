import { commented } from "../rollout/notify/escape.ts";
import { detailsOf, detailsText, folded, headOf, name } from "./markdown.ts";
import type { Detail } from "./markdown.ts";
import type { Summary } from "./summary.ts";

/** Characters of a comment; GitHub refuses more than 65,536. */
export const LONGEST = 65_000;

/** Comments of one preview; who wants more than these reads it in a terminal. */
export const MOST_PARTS = 4;

/** For the marker, the title and what tells how many more there are. */
const FRAME = 1_000;

/** The bodies of a preview's comments, in order; the first has all that is needed to decide. */
export function partsOf(summary: Summary): string[] {
  const head = headOf(summary);
  const pages: Detail[][] = [];
  let rest: readonly Detail[] = detailsOf(summary);
  for (let at = 0; rest.length > 0 && at < MOST_PARTS; at += 1) {
    const fitting = countFitting(rest, LONGEST - FRAME - (at === 0 ? head.length : 0));
    pages.push(rest.slice(0, fitting));
    rest = rest.slice(fitting);
  }
  const count = Math.max(1, pages.length);
  const left = rest.length === 0 ? "" : `\n\nand ${rest.length} more; ${name(`slipway preview --stack ${summary.stack}`)} lists them all`;
  return Array.from({ length: count }, (_, at) => {
    const page = pages[at] ?? [];
    const title = at === 0 ? head : `### Preview of ${name(summary.stack)}, part ${at + 1} of ${count}`;
    const body = page.length === 0 ? "" : `\n\n${folded(at === 0 ? "Every change, field by field" : "More changes, field by field", detailsText(page))}`;
    return `${markerOf(summary.stack, at + 1)}\n${title}${body}${at === count - 1 ? left : ""}\n`;
  });
}

/** By which a part of a stack's preview is found again. */
export function markerOf(stack: string, part: number): string {
  return commented(`slipway preview of ${stack}, part ${part}`);
}

/** Which part of the stack's preview a comment is; undefined where it is none. */
export function partOf(body: string, stack: string): number | undefined {
  const first = body.split(/\r?\n/, 1)[0] ?? "";
  const part = Number(/, part (\d+) -->$/.exec(first)?.[1]);
  return Number.isSafeInteger(part) && first === markerOf(stack, part) ? part : undefined;
}

/** As many as fit, at least one where it fits alone; one that never fits is passed over by its caller's first part. */
function countFitting(details: readonly Detail[], room: number): number {
  let left = room;
  for (const [at, { place, text }] of details.entries()) {
    left -= text.length + 1 + (details[at - 1]?.place === place && at > 0 ? 0 : name(place).length + 10);
    if (left < 0) return at;
  }
  return details.length;
}
