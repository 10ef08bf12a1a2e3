import { judge } from "../../policy/judge.ts";
import { configResources, settingsOf } from "../../policy/stack-config.ts";
import type { PolicyReport, Resource } from "../../policy/types.ts";

export type { Finding, PolicyReport } from "../../policy/types.ts";

/** What a preview says, unchanged resources included. */
export interface Plan {
  /** Full key → text, secrets masked. */
  config: Readonly<Record<string, string>>;
  steps: readonly PlannedStep[];
}

export interface PlannedStep {
  op: string;
  urn: string;
  type: string;
  /** How the resource is going to be. */
  new?: { inputs: Readonly<Record<string, unknown>> } | undefined;
}

/** Operations after which the resource is not there, or not the stack's. */
const ENDS = new Set(["delete", "delete-replaced", "discard", "discard-replaced", "read", "read-replacement", "read-discard", "remove-pending-replace"]);

/** What the policies say of a plan. `now` decides which exemptions have expired. */
export function policyResults(plan: Plan, now: Date): PolicyReport {
  return judge([...plannedResources(plan.steps), ...configResources(plan.config)], settingsOf(plan.config), now);
}

/** Every resource that the plan leaves, once. */
export function plannedResources(steps: readonly PlannedStep[]): Resource[] {
  const left = steps.flatMap(({ new: after, op, type, urn }): Resource[] => (
    after === undefined || ENDS.has(op) ? [] : [{ urn, type, name: urn.split("::").at(-1) ?? urn, properties: after.inputs }]
  ));
  return [...new Map(left.map((resource) => [resource.urn, resource])).values()];
}
