import { placeOf } from "../places.ts";
import { list, part, text } from "../../unknown.ts";
import type { Declared, Difference } from "../types.ts";

/** What weakens a ruleset: that it is not enforced, and who may bypass it. `told` may be an entry of GitHub's list, which lacks the actors. */
export function rulesetDifferences(declared: Declared, told: unknown, server?: string): Difference[] {
  const { inputs, type, urn, what } = declared;
  const base = { urn, type, what, where: placeOf(declared, server), seenBy: "github" as const };
  const [was, is] = [text(inputs, "enforcement"), text(told, "enforcement")];
  const enforcement: Difference[] = was === is || is === "" ? [] : [{ ...base, field: "enforcement", change: "changed", declared: was, live: is }];
  if (part(told, "bypass_actors") === undefined) return enforcement;
  const known = new Set(list(inputs, "bypassActors").map((actor) => keyOf(text(actor, "actorType"), text(actor, "actorId"), text(actor, "bypassMode"))));
  const added = list(told, "bypass_actors").filter((actor) => !known.has(keyOf(text(actor, "actor_type"), text(actor, "actor_id"), text(actor, "bypass_mode"))));
  return [...enforcement, ...added.map((actor): Difference => (
    { ...base, field: "bypassActors", change: "added", live: { actorType: text(actor, "actor_type"), actorId: text(actor, "actor_id"), bypassMode: text(actor, "bypass_mode") } }
  ))];
}

/** Kinds that are one alone have no number, or one that means nothing. */
function keyOf(type: string, id: string, mode: string): string {
  const alone = type === "OrganizationAdmin" || type === "EnterpriseOwner" || type === "DeployKey";
  return `${type} ${alone ? "" : id} ${mode || "always"}`;
}
