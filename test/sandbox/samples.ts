import { resolveType } from "../../sandbox/schema.ts";
import type { ResourceType, Schema, Specification } from "../../sandbox/schema.ts";
import type { Properties, Value } from "../../sandbox/values.ts";

/** Values that GitHub accepts where the schema alone does not say which. */
const BY_NAME: Record<string, Value> = {
  allowedActions: "all", baseRef: "main", branch: "main", color: "d73a4a", defaultWorkflowPermissions: "read", enforcement: "active", environment: "production",
  environmentName: "production", file: "docs/page.md", headRef: "main", keyPrefix: "TICKET-", repository: "continuum", repositoryId: "continuum", baseRepository: "continuum",
  secretName: "NPM_TOKEN", target: "branch", targetUrlTemplate: "https://tickets.example.com/<num>", teamId: "platform", teamSlug: "platform", topics: ["a", "b"],
  url: "https://hooks.example.com/x", username: "ada", users: [], teams: [], accessLevel: "none", privacy: "closed", variableName: "LEVEL", pages: { buildType: "workflow" }, buildType: "workflow",
};

/** Inputs that differ where several of the schema's properties exclude each other. */
const BY_TYPE: Record<string, Properties> = {
  RepositoryRuleset: { conditions: { refName: { includes: ["~ALL"], excludes: [] } } },
  RepositoryEnvironmentDeploymentPolicy: { branchPattern: "main" },
  TeamMembers: { teamId: "platform" },
};

/** The required inputs of a type, with plausible values. */
export function sample(schema: Schema, token: string): Properties {
  const type: ResourceType | undefined = schema.resources[token];
  if (type === undefined) throw new Error(`no type ${token}`);
  const inputs: Properties = {};
  for (const name of type.requiredInputs ?? []) inputs[name] = valueOf(schema, name, type.inputProperties?.[name] ?? {});
  for (const name of ["name", "description"]) if (type.inputProperties?.[name] !== undefined) inputs[name] = name === "name" ? "continuum" : "words";
  return { ...inputs, ...BY_TYPE[token.slice(token.lastIndexOf(":") + 1)] };
}

function valueOf(schema: Schema, name: string, specification: Specification): Value {
  const known = BY_NAME[name];
  if (known !== undefined && (specification.type !== "array" || Array.isArray(known)) && specification.type !== "integer") return known;
  if (specification.$ref !== undefined) return objectOf(schema, specification.$ref);
  switch (specification.type) {
    case "integer":
    case "number": return 7;
    case "boolean": return true;
    case "array": return [valueOf(schema, `${name}-item`, specification.items ?? {})];
    case "object": return {};
    default: return "words";
  }
}

function objectOf(schema: Schema, reference: string): Value {
  const type = resolveType(schema, reference);
  if (type?.enum !== undefined) return type.enum[0]?.value ?? "words";
  return Object.fromEntries((type?.required ?? []).map((name) => [name, valueOf(schema, name, type?.properties?.[name] ?? {})]));
}
