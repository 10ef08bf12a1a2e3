import { placeOf } from "./places.ts";
import { pathKeys, pathText } from "./property-path.ts";
import { list, part, record, text } from "../unknown.ts";
import { masked, shown } from "./secrets.ts";
import type { Change, Declared, Difference } from "./types.ts";

/** What `pulumi refresh --preview-only --json` prints, turned into one difference a field. */
export function refreshed(preview: unknown, declared: ReadonlyMap<string, Declared>, server?: string): Difference[] {
  return list(preview, "steps").flatMap((step): Difference[] => {
    const object = declared.get(text(step, "urn"));
    if (object === undefined) return [];
    const { urn, type, what } = object;
    const base = { urn, type, what, where: placeOf(object, server), seenBy: "refresh" as const };
    switch (text(step, "op")) {
      case "delete":
        return [{ ...base, change: "missing" as const }];
      case "update":
      case "refresh":
        return changes(step, type).map((change) => ({ ...base, ...change, ...sinceOf(step, type), object: record(masked(part(step, "newState", "inputs"))) }));
      default:
        return [];
    }
  });
}

function changes(step: unknown, type: string): Pick<Difference, "field" | "change" | "declared" | "live">[] {
  const [before, after] = [part(step, "oldState", "inputs"), part(step, "newState", "inputs")];
  // A provider may name fields that are outputs alone; those are compared there.
  const [beforeOut, afterOut] = [part(step, "oldState", "outputs"), part(step, "newState", "outputs")];
  return Object.entries(record(part(step, "detailedDiff"))).flatMap(([path, detail]) => leaves(pathKeys(path), [before, after], [beforeOut, afterOut]).map(({ keys, declared, live }) => {
    const field = pathText(keys);
    const kind = text(detail, "kind").replace("-replace", "");
    const change: Change = declared === undefined && live !== undefined ? "added" : live === undefined && declared !== undefined ? "removed" : kind === "add" && declared === undefined ? "added" : "changed";
    return { field, change, declared: shown(declared, type, field), live: shown(live, type, field) };
  }));
}

interface Leaf {
  keys: (string | number)[];
  declared: unknown;
  live: unknown;
}

/** A path that names a whole list or map which is there on both sides is split: a person changed something in it. */
function leaves(keys: (string | number)[], inputs: readonly [unknown, unknown], outputs: readonly [unknown, unknown]): Leaf[] {
  const [before, after] = inputs.map((side) => part(side, ...keys));
  if (before !== undefined || after !== undefined) return split(keys, before, after);
  const [old, fresh] = outputs.map((side) => part(side, ...keys));
  return [{ keys, declared: old, live: fresh }];
}

function split(keys: (string | number)[], declared: unknown, live: unknown): Leaf[] {
  const both = [declared, live].every((side) => typeof side === "object" && side !== null) && Array.isArray(declared) === Array.isArray(live);
  if (!both) return [{ keys, declared, live }];
  const names = [...new Set([...Object.keys(declared ?? {}), ...Object.keys(live ?? {})])].map((name) => (Array.isArray(declared) ? Number(name) : name));
  return names.flatMap((name) => {
    const [old, fresh] = [part(declared, name), part(live, name)];
    return JSON.stringify(old) === JSON.stringify(fresh) ? [] : split([...keys, name], old, fresh);
  });
}

/** Kubernetes tells who wrote when: the latest of those that are not this stack. */
function sinceOf(step: unknown, type: string): { since?: string } {
  if (!type.startsWith("kubernetes:")) return {};
  const entries = list(step, "newState", "outputs", "metadata", "managedFields").filter((entry) => !/^pulumi/i.test(text(entry, "manager")) && text(entry, "subresource") !== "status");
  const since = entries.map((entry) => text(entry, "time")).sort().at(-1) ?? "";
  return since === "" ? {} : { since };
}
