import type { Complaint, ResourcePolicy } from "../types.ts";
import { at, fields, isUnknown, items } from "../values.ts";
import { kindOf } from "../workloads.ts";

export const callersNamed: ResourcePolicy = {
  name: "callers-named",
  about: "resource",
  severity: "mandatory",
  description: "An AuthorizationPolicy that allows says whom",
  reason: "A rule without a source, or with a wildcard for one, lets every pod of the mesh call",
  judge(resource) {
    const specification = at(resource.properties, "spec");
    if (kindOf(resource) !== "AuthorizationPolicy" || (at(specification, "action") ?? "ALLOW") !== "ALLOW") return [];
    return items(at(specification, "rules")).flatMap((rule, index) => open(`spec.rules.${index}`, fields(rule)));
  },
};

function open(path: string, { from }: Record<string, unknown>): Complaint[] {
  if (isUnknown(from)) return [];
  const todo = "name the callers' service accounts or namespaces";
  if (items(from).length === 0) return [{ path: `${path}.from`, wrong: "is missing, so that everybody may call", todo }];
  return items(from).flatMap((each, index): Complaint[] => {
    const source = fields(at(each, "source"));
    const wildcards = Object.values(source).flatMap(items).filter((value) => value === "*");
    if (Object.keys(source).length > 0 && wildcards.length === 0) return [];
    return [{ path: `${path}.from.${index}.source`, wrong: "is everybody", got: source, todo }];
  });
}
