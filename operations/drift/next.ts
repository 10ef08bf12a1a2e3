import { stringify } from "yaml";
import { ADOPTIONS } from "./adoption-table.ts";
import { shortType } from "./names.ts";
import { quoted } from "./places.ts";
import { declaredAnew } from "./unmanaged.ts";
import type { Difference, NextSteps } from "./types.ts";

/** How the commands of the next steps are called: the stack, and whether it is the embedded cloud's. */
export interface Calling {
  stack: string;
  sandbox: boolean;
}

/** Days for which a proposed `ignore` holds. */
const IGNORE_DAYS = 30;

/** The exact next steps of one finding. `today` is a day, YYYY-MM-DD. */
export function nextSteps(difference: Difference, calling: Calling, today: string): NextSteps {
  return { reconcile: reconcileCommand(difference, calling), adopt: adoptPiece(difference), ignore: ignorePiece(difference, today) };
}

function reconcileCommand({ urn, what }: Difference, { stack, sandbox }: Calling): string {
  const words = ["npm run slipway -- drift --stack", quoted(stack), ...(sandbox ? ["--sandbox"] : [])];
  return [...words, urn === undefined ? "--delete" : "--reconcile --only", quoted(what)].join(" ");
}

function adoptPiece(difference: Difference): NextSteps["adopt"] {
  const { type, what, field = "", change } = difference;
  if (change === "unmanaged") return declaredAnew(difference);
  if (change === "missing") return { none: `take ${what} out of the stack's file, then run pulumi up --refresh` };
  const row = ADOPTIONS.find((each) => each.types.test(shortType(type)) && (each.field === undefined || each.field.test(field)));
  const piece = row?.piece(difference);
  if (piece === undefined) return { none: "no setting of the stack's file says this; reconcile it, or change what makes it" };
  return { yaml: repositoryYaml(what, piece) };
}

/** `github:ActionsVariable/shop:LEVEL` and a piece of the repository's settings, as lines of the stack's file. */
function repositoryYaml(what: string, piece: unknown): string {
  const repository = what.split("/").slice(1).join("/").split(":")[0] ?? "";
  return stringify({ "slipway:repositories": { [repository]: piece } }, { lineWidth: 0 }).trimEnd();
}

function ignorePiece({ what, field }: Difference, today: string): string {
  const until = new Date(Date.parse(`${today}T00:00:00Z`) + IGNORE_DAYS * 86_400_000).toISOString().slice(0, 10);
  const entry = [`what: ${JSON.stringify(what)}`, ...(field === undefined ? [] : [`field: ${JSON.stringify(field)}`]), 'reason: "<why>"', `until: "${until}"`];
  return `slipway:drift: { ignore: [{ ${entry.join(", ")} }] }`;
}
