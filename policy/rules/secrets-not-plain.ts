import { looksSecret, namesSecret } from "../secret-looks.ts";
import type { Complaint, Resource, ResourcePolicy } from "../types.ts";
import { fields, items, MASKED, at, text, walk } from "../values.ts";
import { containersOf, kindOf, podsOf } from "../workloads.ts";

/** A text that anybody may read where it ends up, and under which name. */
interface Readable {
  path: string;
  name: string;
  value: unknown;
  todo: string;
}

const ELSEWHERE = "replace the secret where it was issued";

export const secretsNotPlain: ResourcePolicy = {
  name: "secrets-not-plain",
  about: "resource",
  severity: "mandatory",
  description: "No secret is where everybody can read it: in a ConfigMap, a container's environment, an Actions variable, a repository's file or plain configuration",
  reason: "What was once readable is copied to states, logs and caches, and stays there",
  judge(resource) {
    return readable(resource).flatMap(({ path, name, value, todo }): Complaint[] => {
      const what = value === MASKED ? "a value that is marked secret" : (looksSecret(text(value)) ?? (namesSecret(name, text(value)) ? "a value under a secret's name" : undefined));
      return what === undefined ? [] : [{ path, wrong: `holds ${what}`, todo: `${ELSEWHERE}, and ${todo}` }];
    });
  },
};

function readable(resource: Resource): Readable[] {
  const { type, properties } = resource;
  switch (type) {
    case "github:index/actionsVariable:ActionsVariable":
    case "github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable":
      return [{ path: "value", name: text(properties["variableName"]), value: properties["value"], todo: "declare it among the repository's secrets" }];
    case "github:index/repositoryFile:RepositoryFile":
      return [{ path: "content", name: "", value: properties["content"], todo: "take it out of the file" }];
    case "slipway:config":
      return [...walk(properties["value"])].filter(({ value }) => typeof value === "string").map(({ path, value }) => (
        { path: path.join(".") || "value", name: "", value, todo: "set it with pulumi config set --secret" }
      ));
    default:
      return kindOf(resource) === "ConfigMap" ? configMap(properties) : environment(resource);
  }
}

function configMap(properties: Resource["properties"]): Readable[] {
  const { data } = properties;
  const todo = "put it into a Secret";
  return data === MASKED ? [{ path: "data", name: "", value: data, todo }] : Object.entries(fields(data)).map(([name, value]) => ({ path: `data.${name}`, name, value, todo }));
}

function environment(resource: Resource): Readable[] {
  return containersOf(podsOf(resource), "all").flatMap((container) => items(at(container.value, "env")).map((variable, index) => {
    const { name, value } = fields(variable);
    return { path: `${container.path}.env.${index}.value`, name: text(name), value, todo: "take it from a Secret by valueFrom.secretKeyRef" };
  }));
}
