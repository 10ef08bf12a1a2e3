import { list, part, record, text } from "../unknown.ts";
import { whatOf } from "./names.ts";
import type { Declared } from "./types.ts";

/** What the stack's state declares, by URN; components and providers are left out. */
export function declaredIn(exported: unknown): Map<string, Declared> {
  const resources = list(exported, "deployment", "resources");
  const owners = ownersOf(resources);
  return new Map(resources.filter(isObject).map((resource) => {
    const [type, id, inputs, outputs] = [text(resource, "type"), text(resource, "id"), record(part(resource, "inputs")), record(part(resource, "outputs"))];
    const needs = [text(resource, "parent"), ...list(resource, "dependencies").map(String)].filter((urn) => urn !== "");
    const modified = text(resource, "modified") || text(resource, "created");
    const owner = type.startsWith("github:") ? (owners.get(text(resource, "provider").split("::").slice(0, -1).join("::")) ?? "") : "";
    const urn = text(resource, "urn");
    return [urn, { urn, type, id, inputs, outputs, modified, needs, owner, what: whatOf(type, inputs, id) }];
  }));
}

/** A resource that this stack keeps: not only read, no component, and not on its way out. */
function isObject(resource: unknown): boolean {
  const type = text(resource, "type");
  return part(resource, "custom") === true && part(resource, "external") !== true && part(resource, "delete") !== true && !type.startsWith("pulumi:");
}

/** A provider's URN → the owner that it was told. */
function ownersOf(resources: readonly unknown[]): Map<string, string> {
  const providers = resources.filter((resource) => text(resource, "type") === "pulumi:providers:github");
  return new Map(providers.map((resource) => [text(resource, "urn"), text(resource, "inputs", "owner")]));
}
