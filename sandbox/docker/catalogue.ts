import type { Documents } from "../documents.ts";
import { fillPath } from "../template.ts";
import { sha256 } from "../identity.ts";
import { judge } from "../judge.ts";
import { ServiceError } from "../kinds.ts";
import type { Catalogue, Kind } from "../kinds.ts";
import type { Population } from "../population.ts";
import { loadSchema } from "../schema.ts";
import type { ResourceType, Schema } from "../schema.ts";
import { schemaSecrets } from "../schemaSecrets.ts";
import { UNKNOWN } from "../values.ts";
import type { Properties, Value } from "../values.ts";
import { installedVersion } from "../versions.ts";
import { parseReference, resolveDigest } from "./registry.ts";

/** The docker provider: its functions read the sandbox's registry; its resources are kept as they were declared. */
export function dockerCatalogue(documents: Documents, population: Population): Catalogue {
  const schema = loadSchema("docker");
  const kinds = new Map(Object.entries(schema.resources).map(([token, type]) => [token, dockerKind(token, schema, type)]));
  const digest = (args: Properties): string => {
    const name = String(args["name"] ?? "");
    if (parseReference(name) === undefined) throw new ServiceError(`name: must be an image reference in lower case, got ${JSON.stringify(name)}; give e.g. ghcr.io/owner/name:1.2.3`);
    const found = resolveDigest(name, documents, population);
    if (found === undefined) throw new ServiceError(`Got error when attempting to fetch image version ${name} from registry: bad response from registry: 404 Not Found`);
    return found;
  };
  const functions: Record<string, (args: Properties) => Properties> = {
    getRegistryImage: (args) => ({ ...args, id: digest(args), sha256Digest: digest(args) }),
    getRemoteImage: (args) => ({ ...args, id: digest(args), repoDigest: `${String(args["name"]).replace(/(:[\w.-]+)?(@sha256:[0-9a-f]+)?$/, "")}@${digest(args)}` }),
  };
  return {
    name: "docker",
    version: installedVersion(schema.name),
    checkConfiguration: () => [],
    kind: (token) => kinds.get(token),
    invoke(token, args) {
      const answer = functions[token.slice(token.lastIndexOf(":") + 1)];
      if (answer === undefined) throw new ServiceError(`${token}: is not served by the sandbox, got a call of it; leave the provider docker out of the sandbox to use the real one`);
      return { plain: answer(args), secrets: [] };
    },
  };
}

function dockerKind(token: string, schema: Schema, type: ResourceType): Kind {
  const name = token.slice(token.lastIndexOf(":") + 1);
  const named = type.inputProperties?.["name"] !== undefined;
  const location = (inputs: Properties) => fillPath(`docker/${name.charAt(0).toLowerCase()}${name.slice(1)}/{name|imageName|sourceImage|alias}`, inputs);
  const required = (type.required ?? []).filter((key) => type.properties[key] !== undefined);
  return {
    location,
    id: (inputs) => sha256(location(inputs)),
    find: () => undefined,
    check({ inputs, olds, name: resource, random }) {
      const plain = { ...inputs.plain };
      if (named && plain["name"] === undefined) plain["name"] = olds["name"] ?? `${resource}-${random.slice(0, 7)}`;
      return { inputs: plain, problems: judge(schema, type, { plain, secrets: inputs.secrets }, name) };
    },
    replaces: (change) => type.inputProperties?.[change.property]?.willReplaceOnChanges === true,
    refuse: () => undefined,
    upsert: () => false,
    exists: (inputs) => `Error response from daemon: Conflict. ${location(inputs)} is already in use`,
    gone: (id) => `Error response from daemon: No such object: ${id}`,
    store: (inputs) => inputs,
    secrets: (body) => schemaSecrets(schema, type.properties, body),
    inputs: (body) => body,
    outputs: (inputs, _document, path) => ({ ...Object.fromEntries(required.map((key): [string, Value] => [key, computedOf(type, key, path)])), ...inputs }),
    preview: (inputs) => ({ ...Object.fromEntries(required.map((key): [string, Value] => [key, UNKNOWN])), ...inputs }),
  };
}

function computedOf(type: ResourceType, key: string, path: string): Value {
  switch (type.properties[key]?.type) {
    case "integer":
    case "number": return 0;
    case "boolean": return false;
    case "array": return [];
    case "string": return /digest/i.test(key) ? `sha256:${sha256(path)}` : sha256(`${path}#${key}`).slice(0, 12);
    default: return {};
  }
}
