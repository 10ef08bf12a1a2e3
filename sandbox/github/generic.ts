import type { ResourceType } from "../schema.ts";
import type { Row } from "./table.ts";

const NAMES = ["name", "secretName", "variableName", "propertyName", "pattern", "title", "username", "teamSlug", "roleId", "repositoryId", "columnId", "projectId", "key", "ip", "groupId"];

/** The row of a type that the table does not have: its place is derived from the inputs that tell one such object from another. */
export function genericRow(name: string, type: ResourceType): Row {
  const inputs = Object.keys(type.inputProperties ?? {});
  const scalar = (key: string) => ["string", "integer", undefined].includes(type.inputProperties?.[key]?.type) && type.inputProperties?.[key]?.secret !== true;
  const replacing = inputs.filter((key) => type.inputProperties?.[key]?.willReplaceOnChanges === true && (type.requiredInputs ?? []).includes(key));
  const keys = [...new Set([...replacing, ...inputs.filter((key) => NAMES.includes(key))])].filter((key) => key !== "repository" && scalar(key));
  const identity = keys.map((key) => `{${key}}`);
  const home = inputs.includes("repository") ? "{repository}" : inputs.includes("enterpriseSlug") ? "_enterprise" : "_organization";
  const folder = name.charAt(0).toLowerCase() + name.slice(1);
  return {
    path: [home, folder, identity.length === 0 ? "settings" : identity.join("_")].join("/"),
    id: [...(home === "{repository}" ? [home] : []), ...identity].join(":") || NUMBERED,
    needs: home === "{repository}" ? ["repository"] : [],
    upsert: true,
  };
}

const NUMBERED = "{#}";
