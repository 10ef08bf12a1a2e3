import type { Complaint, ResourcePolicy } from "../types.ts";
import { at, fields, items, text } from "../values.ts";
import { kindOf } from "../workloads.ts";

const EVERYBODY = new Set(["system:anonymous", "system:authenticated", "system:unauthenticated", "system:serviceaccounts"]);

export const rbacNarrow: ResourcePolicy = {
  name: "rbac-narrow",
  about: "resource",
  severity: "mandatory",
  description: "Roles name their verbs and resources, and are given to somebody in particular",
  reason: "A wildcard grows with the cluster: what is installed next year is granted today",
  judge(resource) {
    const { properties } = resource;
    const kind = kindOf(resource);
    if (kind === "Role" || kind === "ClusterRole") return items(properties["rules"]).flatMap((rule, index) => wildcards(`rules.${index}`, fields(rule)));
    return kind === "RoleBinding" || kind === "ClusterRoleBinding" ? bound(properties) : [];
  },
};

function wildcards(path: string, rule: Record<string, unknown>): Complaint[] {
  return ["apiGroups", "resources", "verbs", "nonResourceURLs"].flatMap((field): Complaint[] => (
    items(rule[field]).some((value) => value === "*") ? [{ path: `${path}.${field}`, wrong: "is a wildcard", got: rule[field], todo: "name each one that is needed" }] : []
  ));
}

function bound(properties: Readonly<Record<string, unknown>>): Complaint[] {
  const role = at(properties, "roleRef", "name");
  const administrator: Complaint[] = role === "cluster-admin" ? [{ path: "roleRef.name", wrong: "may do everything", got: role, todo: "bind a role of what is needed" }] : [];
  return [...administrator, ...items(properties["subjects"]).flatMap((subject, index): Complaint[] => {
    const name = text(fields(subject)["name"]);
    return EVERYBODY.has(name) ? [{ path: `subjects.${index}.name`, wrong: "is everybody", got: name, todo: "name a service account, user or group" }] : [];
  })];
}
