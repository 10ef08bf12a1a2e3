import { judge } from "../judge.ts";
import type { Problem } from "../judge.ts";
import type { Documents } from "../documents.ts";
import type { Document } from "../document.ts";
import { numberOf } from "../identity.ts";
import type { Catalogue, CheckRequest, Configuration, Kind } from "../kinds.ts";
import { idOf } from "../population.ts";
import type { Population } from "../population.ts";
import { loadSchema } from "../schema.ts";
import type { ResourceType, Schema } from "../schema.ts";
import { schemaSecrets } from "../schemaSecrets.ts";
import { UNKNOWN } from "../values.ts";
import type { Properties, Revealed, Value } from "../values.ts";
import { installedVersion } from "../versions.ts";
import { computed, repositoryOfNode } from "./computed.ts";
import { ownerOf, parseNested } from "./configuration.ts";
import { invokeGithub } from "./functions.ts";
import { asRefreshed } from "./hidden.ts";
import { limits } from "./limits.ts";
import { References } from "./references.ts";
import { allLabels, toldOf } from "./told.ts";
import { genericRow } from "./generic.ts";
import { ROWS } from "./table.ts";
import type { Row } from "./table.ts";
import { fill, fillPath, unfill } from "../template.ts";

const NUMBER_HOLE = "{#}";

/** All types of the github provider: the published schema, a row of the table, GitHub's limits and references. */
export function githubCatalogue(documents: Documents, population: Population): Catalogue {
  const schema = loadSchema("github");
  const references = new References(documents, population);
  const settings = { ...schema.provider.inputProperties, version: { type: "string" } };
  const kinds = new Map<string, Kind>();
  return {
    name: "github",
    version: installedVersion(schema.name),
    checkConfiguration: (inputs) => judge(schema, { inputProperties: settings }, parseNested(inputs, settings), "the github provider"),
    kind(token) {
      const known = kinds.get(token);
      const type = schema.resources[token];
      if (known !== undefined || type === undefined) return known;
      const name = token.slice(token.lastIndexOf(":") + 1);
      const kind = githubKind({ name, type, row: ROWS[name] ?? genericRow(name, type), schema, documents, population, references });
      kinds.set(token, kind);
      return kind;
    },
    invoke: (token, args, configuration) => invokeGithub(token, args, ownerOf(configuration), documents, population),
  };
}

interface Context {
  name: string;
  type: ResourceType;
  row: Row;
  schema: Schema;
  documents: Documents;
  population: Population;
  references: References;
}

function githubKind(context: Context): Kind {
  const { name, type, row, schema, documents, references } = context;
  const inputProperties = type.inputProperties ?? {};
  const computedNames = (type.required ?? []).filter((key) => type.properties[key] !== undefined);
  const location = (inputs: Properties, configuration: Configuration) =>
    `github/${ownerOf(configuration)}/${fillPath(row.path, readable(context, inputs))}`;
  const identify = (inputs: Properties, document: Document, configuration: Configuration) =>
    fill(row.id, inputs, { "@owner": ownerOf(configuration), "#": String(document.number ?? "") });

  return {
    location,
    id: identify,
    number: numberOf,
    find(id, configuration) {
      const holes = unfill(row.importId ?? row.id, id) ?? unfill(row.id, id);
      if (holes === undefined) return undefined;
      const number = holes["#"];
      if (number === undefined) return `github/${ownerOf(configuration)}/${fillPath(row.path, readable(context, holes))}`;
      const folder = `github/${ownerOf(configuration)}/${fillPath(row.path.slice(0, row.path.lastIndexOf("/")), readable(context, holes))}`;
      return documents.list(folder).find((found) => String(found.number) === number)?.path;
    },
    check: (request) => check(context, request),
    replaces: (change) => inputProperties[change.property]?.willReplaceOnChanges === true,
    refuse: (inputs, configuration, existing) => references.refuse({ type: name, needs: row.needs ?? [], inputs, owner: ownerOf(configuration), existing, path: location(inputs, configuration) }),
    upsert: (inputs) => row.upsert === true || inputs["overwriteOnCreate"] === true,
    exists: (inputs, configuration) => (name === "RepositoryFile" ? overwriteRefusal(inputs) : `POST ${address(row, inputs, configuration)}: ${row.exists ?? "422 Validation Failed [{Code:already_exists}]"}`),
    gone: (id, configuration) => `PATCH https://api.github.com/repos/${ownerOf(configuration)}/${id}: 404 Not Found []`,
    store: (inputs) => inputs,
    secrets: (body) => schemaSecrets(schema, type.properties, body),
    inputs: (body, olds) => (name === "RepositoryEnvironment" ? asRefreshed(body, olds) : name === "Repository" ? toldOf(body, olds ?? {}) : body),
    outputs(inputs, document, path, configuration) {
      const facts = {
        type: name, owner: ownerOf(configuration), inputs, document, path, number: document.number ?? numberOf(path),
        repositoryNumber: () => references.repositoryNumber(inputs, ownerOf(configuration)),
      };
      const missing = computedNames.filter((key) => inputs[key] === undefined);
      return { ...inputs, ...Object.fromEntries(missing.map((key) => [key, computed(facts, key, type.properties[key] ?? {})])) };
    },
    preview(inputs, outputs) {
      const unknown = Object.fromEntries(computedNames.filter((key) => inputs[key] === undefined).map((key): [string, Value] => [key, outputs?.[key] ?? UNKNOWN]));
      return { ...unknown, ...inputs };
    },
    assembled: (path) => (name === "IssueLabels" ? allLabels(documents, path) : undefined),
    orphaned: (path) => references.orphaned(path),
    takenOver: (path) => references.takenOver(path),
    folder: (path) => (name === "Repository" ? path.slice(0, path.lastIndexOf("/")) : name === "RepositoryEnvironment" || name === "Team" ? path : undefined),
    retire: (inputs) => (inputs["archiveOnDestroy"] === true ? { archived: true } : undefined),
  };
}

function check({ name, type, schema }: Context, { inputs, olds, name: resource, random }: CheckRequest): { inputs: Properties; problems: Problem[] } {
  const plain: Properties = {};
  for (const [key, property] of Object.entries(type.inputProperties ?? {})) if (property.default !== undefined) plain[key] = property.default;
  Object.assign(plain, inputs.plain);
  if (plain["name"] === undefined && isAutonamed(type)) plain["name"] = olds["name"] ?? `${resource}-${random.slice(0, 7)}`;
  const revealed: Revealed = { plain, secrets: inputs.secrets };
  return { inputs: plain, problems: [...judge(schema, type, revealed, name), ...limits(name, revealed)] };
}

/** The provider makes a name up where the schema asks none and the object always has one. */
function isAutonamed(type: ResourceType): boolean {
  return type.inputProperties?.["name"] !== undefined && !(type.requiredInputs ?? []).includes("name") && (type.required ?? []).includes("name");
}

/** Inputs as paths show them: repositories and teams by their names, though the resource may name them by number. */
function readable({ population }: Context, inputs: Properties): Properties {
  const { repositoryId, teamId, branchPattern, tagPattern } = inputs;
  const team = population.teams.find((candidate) => String(idOf("team", candidate)) === String(teamId));
  return {
    ...inputs,
    ...(typeof repositoryId === "string" ? { repositoryId: repositoryOfNode(repositoryId) ?? repositoryId } : {}),
    ...(team === undefined ? {} : { teamId: team }),
    ...(branchPattern === undefined && tagPattern === undefined ? {} : { policy: tagPattern === undefined ? `branch/${String(branchPattern)}` : `tag/${String(tagPattern)}` }),
  };
}

function address(row: Row, inputs: Properties, configuration: Configuration): string {
  const folder = row.path.slice(0, row.path.lastIndexOf("/")).replace(NUMBER_HOLE, "");
  return folder === "{name}" ? "https://api.github.com/user/repos" : `https://api.github.com/repos/${ownerOf(configuration)}/${fillPath(folder, inputs)}`;
}

function overwriteRefusal(inputs: Properties): string {
  return `refusing to overwrite existing file: ${String(inputs["file"])}; configure overwriteOnCreate to allow it`;
}
