import * as z from "zod";
import type { Wanted } from "../repository/ids.ts";

/** A resource that the engine would create. */
export interface WantedResource extends Wanted {
  /** `<types of its parents>$<type>::<name>`: what of its URN is the same in every stack. */
  key: string;
  custom: boolean;
}

const preview = z.object({ steps: z.array(z.object({
  op: z.string(),
  urn: z.string(),
  newState: z.object({ type: z.string(), custom: z.boolean().default(false), inputs: z.record(z.string(), z.unknown()).default({}) }).optional(),
})).default([]) });

/** Types that live in the state alone, or that the engine makes by itself. */
const NOBODYS = /^(pulumi:|random:)/;

/** What a preview (`pulumi preview --json`) would create, apart from what has no counterpart outside of the state. */
export function wantedIn(text: string): WantedResource[] {
  return preview.parse(JSON.parse(text)).steps.flatMap(({ newState, op, urn }) => (
    op !== "create" || newState === undefined || NOBODYS.test(newState.type) ? [] : [{ key: keyOf(urn), type: newState.type, custom: newState.custom, inputs: newState.inputs }]
  ));
}

/** Steps of a preview that would change something, as `update kubernetes:core/v1:Service shop-traffic-service`. */
export function changesIn(text: string): string[] {
  return preview.parse(JSON.parse(text)).steps.flatMap(({ op, urn }) => (op === "same" || op === "read" || urn.includes("::pulumi:pulumi:Stack::") ? [] : [`${op} ${urn.split("::")[2]?.split("$").at(-1) ?? ""} ${urn.split("::").slice(3).join("::")}`]));
}

function keyOf(urn: string): string {
  return urn.split("::").slice(2).join("::");
}
