import type { Change } from "../diff.ts";
import type { Documents } from "../documents.ts";
import { sha256 } from "../identity.ts";
import { judge, problem } from "../judge.ts";
import type { Problem } from "../judge.ts";
import { ServiceError } from "../kinds.ts";
import type { Catalogue, CheckRequest, Kind } from "../kinds.ts";
import type { Population } from "../population.ts";
import { loadSchema } from "../schema.ts";
import type { ResourceType, Schema } from "../schema.ts";
import { schemaSecrets } from "../schemaSecrets.ts";
import { hasUnknown, isSecret, UNKNOWN } from "../values.ts";
import type { Properties } from "../values.ts";
import { installedVersion } from "../versions.ts";
import { contextHash, contextProblems } from "./context.ts";
import { parseReference, repositoryFolder, resolveDigest } from "./registry.ts";

/** Inputs that change what an image holds; the others change only how it is built or where it goes. */
const CONTENT = ["buildArgs", "platforms", "target", "labels", "network", "addHosts", "dockerfile", "context"];
const COMPUTED = ["contextHash", "digest", "ref"];

/** The docker-build provider: nothing is built; a digest is the hash of what a build would read. */
export function dockerBuildCatalogue(documents: Documents, population: Population): Catalogue {
  const schema = loadSchema("docker-build");
  const kinds = new Map(Object.entries(schema.resources).map(([token, type]) => [token, buildKind(token.endsWith(":Image"), schema, type, documents, population)]));
  return {
    name: "docker-build",
    version: installedVersion(schema.name),
    checkConfiguration: () => [],
    kind: (token) => kinds.get(token),
    invoke: (token) => {
      throw new ServiceError(`${token}: is no function of the provider docker-build, got a call of it; remove the call`);
    },
  };
}

function buildKind(isImage: boolean, schema: Schema, type: ResourceType, documents: Documents, population: Population): Kind {
  const facts = (inputs: Properties): Properties => {
    const hash = isImage ? contextHash(inputs) : "";
    const digest = `sha256:${sha256(JSON.stringify([hash, isImage ? CONTENT.map((name) => inputs[name] ?? null) : (inputs["sources"] ?? null)]))}`;
    return isImage ? { contextHash: hash, digest } : { digest };
  };

  return {
    location: (inputs) => documentPath(inputs),
    id: (inputs) => String(facts(inputs)["digest"]),
    find: (id) => documents.list("registry").find(({ body }) => body["digest"] === id)?.path,
    check: (request) => check(request, isImage, schema, type),
    replaces: () => false,
    furtherChanges: (outputs, news) => (hasUnknown(news) ? [] : moved(outputs, facts(news))),
    refuse: (inputs) => {
      const sources = Array.isArray(inputs["sources"]) ? inputs["sources"].map(String) : [];
      const missing = sources.find((source) => resolveDigest(source, documents, population) === undefined);
      return missing === undefined ? undefined : `${missing}: not found`;
    },
    upsert: () => true,
    exists: (inputs) => `${documentPath(inputs)}: exists already`,
    gone: (id) => `${id}: not found in the registry`,
    store: (inputs) => ({ ...inputs, ...facts(inputs) }),
    secrets: (body) => schemaSecrets(schema, type.properties, body),
    inputs: (body) => Object.fromEntries(Object.entries(body).filter(([name]) => !COMPUTED.includes(name))),
    outputs: (inputs, { body }) => ({ ...inputs, ...Object.fromEntries(COMPUTED.filter((name) => body[name] !== undefined).map((name) => [name, body[name] ?? null])), ref: reference(inputs, String(body["digest"])) }),
    preview: (inputs) => ({ ...inputs, ...(isImage ? { contextHash: UNKNOWN, digest: UNKNOWN } : {}), ref: UNKNOWN }),
  };
}

/** The digest or context in the registry is not the one that these inputs would give. */
function moved(outputs: Properties, facts: Properties): Change[] {
  return Object.keys(facts).filter((name) => outputs[name] !== undefined && outputs[name] !== facts[name]).map((name) => ({ path: name, property: name, kind: "update" }));
}

function check({ inputs }: CheckRequest, isImage: boolean, schema: Schema, type: ResourceType): { inputs: Properties; problems: Problem[] } {
  const problems = [...judge(schema, type, inputs, isImage ? "Image" : "Index"), ...(isImage ? contextProblems(inputs.plain) : [])];
  const tags = Array.isArray(inputs.plain["tags"]) ? inputs.plain["tags"] : [];
  for (const [index, tag] of tags.entries()) {
    if (typeof tag === "string" && tag !== UNKNOWN && parseReference(tag) === undefined) problems.push(problem(["tags", index], "must be an image reference in lower case", tag, "give e.g. ghcr.io/owner/name:1.2.3", isSecret(["tags", index], inputs.secrets)));
  }
  if (isImage && inputs.plain["push"] === true && tags.length === 0) problems.push(problem(["tags"], "must name at least one tag to push", undefined, "give tags, or set push to false"));
  return { inputs: inputs.plain, problems };
}

function firstTag(inputs: Properties): string | undefined {
  const tag = Array.isArray(inputs["tags"]) ? inputs["tags"][0] : inputs["tag"];
  return typeof tag === "string" ? tag : undefined;
}

/** The first tag names the document; an image without one is kept by its content. */
function documentPath(inputs: Properties): string {
  const parsed = parseReference(firstTag(inputs) ?? "");
  if (parsed === undefined) return `registry/_untagged/${sha256(JSON.stringify(inputs["context"] ?? null)).slice(0, 12)}`;
  return `${repositoryFolder(parsed)}/${parsed.tag ?? "latest"}`;
}

function reference(inputs: Properties, digest: string): string {
  const tag = firstTag(inputs);
  return tag === undefined ? "" : `${tag}@${digest}`;
}
