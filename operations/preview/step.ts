import type { EngineStep } from "./events.ts";
import { fieldsOf } from "./fields.ts";
import type { Field, Seen } from "./fields.ts";
import { shown } from "./values.ts";
import type { Properties } from "./values.ts";

/** What happens to a resource. `forget`: it stays, and the stack no longer knows it. */
export type Kind = "create" | "change" | "replace" | "delete" | "import" | "forget" | "same";

/** One resource of a preview; values are as people may see them. */
export interface Step {
  urn: string;
  type: string;
  name: string;
  kind: Kind;
  parent?: string | undefined;
  /** Before and after: nobody may delete it. */
  protect: { before: boolean; after: boolean };
  /** Absent of what stays as it is. */
  before?: Properties | undefined;
  after?: Properties | undefined;
  fields: Field[];
}

/** Later ones weigh more: a replacement's parts make one replacement. Operations that are not here change nothing. */
const KINDS: readonly [Kind, readonly string[]][] = [
  ["same", ["same"]],
  ["create", ["create"]],
  ["import", ["import"]],
  ["change", ["update"]],
  ["forget", ["discard", "discard-replaced", "remove-pending-replace"]],
  ["delete", ["delete"]],
  ["replace", ["replace", "create-replacement", "delete-replaced", "import-replacement"]],
];

/** One step a resource, in the order in which the engine met them. */
export function stepsOf(events: readonly EngineStep[]): Step[] {
  const byUrn = Map.groupBy(events.filter(({ op }) => weight(op) >= 0), ({ urn }) => urn);
  return [...byUrn.values()].flatMap((group) => {
    const heaviest = group.reduce((most, each) => (weight(each.op) > weight(most.op) ? each : most));
    const kind = KINDS[weight(heaviest.op)]?.[0];
    return kind === undefined ? [] : [stepOf(kind, group)];
  });
}

/** What only groups others is no object of its own. */
export function isObject({ type }: Step): boolean {
  return !type.startsWith("slipway:") && type !== "pulumi:pulumi:Stack";
}

function stepOf(operation: Kind, group: readonly EngineStep[]): Step {
  const [{ type, urn } = { type: "", urn: "" }] = group;
  const old = group.find((each) => each.old !== undefined)?.old;
  const next = group.find(({ new: after }) => after !== undefined)?.new;
  const kind = operation === "delete" && old?.retain === true ? "forget" : operation;
  const common = { urn, type, name: urn.split("::").at(-1) ?? urn, kind, parent: next?.parent ?? old?.parent, protect: { before: old?.protect === true, after: next?.protect === true } };
  if (kind === "same") return { ...common, fields: [] };
  const before = kind === "create" || old === undefined ? undefined : shown(old.inputs, type);
  const after = kind === "delete" || kind === "forget" || next === undefined ? undefined : shown(next.inputs, type);
  const detailed = Object.assign({}, ...group.map((each) => each.detailed));
  const seen = (): Seen => ({ old: shown(old?.outputs ?? {}, type), new: shown(next?.outputs ?? {}, type) });
  return { ...common, before, after, fields: kind === "change" || kind === "replace" ? fieldsOf(before ?? {}, after ?? {}, detailed, seen) : [] };
}

function weight(op: string): number {
  return KINDS.findIndex(([, ops]) => ops.includes(op));
}
