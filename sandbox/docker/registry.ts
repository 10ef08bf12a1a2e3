import type { Documents } from "../documents.ts";
import { fillPath } from "../template.ts";
import { sha256 } from "../identity.ts";
import type { Population } from "../population.ts";
import type { Properties } from "../values.ts";

/** A reference taken apart; `registry` and `repository` as Docker completes them. */
export interface ImageReference {
  registry: string;
  repository: string;
  tag: string | undefined;
  digest: string | undefined;
}

const FORM = /^(?<name>[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?::\d+)?(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** Undefined where the text is no well-formed reference. */
export function parseReference(text: string): ImageReference | undefined {
  const groups = FORM.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const name = groups["name"] ?? "";
  const first = name.split("/")[0] ?? "";
  const hasRegistry = name.includes("/") && /[.:]|^localhost$/.test(first);
  const rest = hasRegistry ? name.slice(first.length + 1) : name;
  return {
    registry: hasRegistry ? first : "docker.io",
    repository: hasRegistry || rest.includes("/") ? rest : `library/${rest}`,
    tag: groups["tag"],
    digest: groups["digest"],
  };
}

/** The folder of an image repository's documents. */
export function repositoryFolder({ registry, repository }: ImageReference): string {
  return fillPath("registry/{registry}/{repository}", { registry, repository });
}

/** The digest that a tag stands for: of a pushed image's document, else of the population's images; else undefined. */
export function resolveDigest(text: string, documents: Documents, population: Population): string | undefined {
  const reference = parseReference(text);
  if (reference === undefined) return undefined;
  const folder = repositoryFolder(reference);
  const tag = reference.tag ?? "latest";
  const pushed = [...documents.list(folder)].filter(({ body }) => tagsOf(body).some((own) => sameTag(own, reference, tag)) || (reference.digest !== undefined && body["digest"] === reference.digest));
  const latest = pushed.sort((left, right) => left.updated.localeCompare(right.updated)).at(-1)?.body["digest"];
  if (reference.digest !== undefined) return reference.digest;
  if (typeof latest === "string") return latest;
  const name = `${reference.registry}/${reference.repository}`;
  return population.images.some((pattern) => matches(pattern, name)) ? `sha256:${sha256(`${name}:${tag}`)}` : undefined;
}

function tagsOf(body: Properties): string[] {
  const tags = Array.isArray(body["tags"]) ? body["tags"] : [body["tag"]];
  return tags.filter((tag): tag is string => typeof tag === "string");
}

function sameTag(own: string, reference: ImageReference, tag: string): boolean {
  const parsed = parseReference(own);
  return parsed !== undefined && parsed.registry === reference.registry && parsed.repository === reference.repository && (parsed.tag ?? "latest") === tag;
}

function matches(pattern: string, name: string): boolean {
  return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(name);
}
