import { createHash } from "node:crypto";
import { join } from "node:path";
import { contextHash } from "./context.ts";
import type { ImageBuild, ImageSettings } from "./image-settings.ts";
import { byDigest, ghcrRepository, parseReference } from "./reference.ts";

/** Asks the registry which digest a tag has. */
export type Lookup = (reference: string) => Promise<string>;

export interface ImageRequest {
  /** Path of the image's settings, for errors. */
  path: string;
  owner: string;
  /** The repository that the package belongs to. */
  repository: string;
  settings: ImageSettings;
}

/**
 * What an image is, known before anything is registered: its reference by digest, or, for a build, by a tag that names the build's
 * inputs. The same inputs give the same text on every machine.
 * @throws Error `<path>: <what is wrong>, got <value>; <what to do>`
 */
export async function imageIdentity({ path, owner, repository, settings }: ImageRequest, lookup: Lookup): Promise<string> {
  switch (settings.from) {
    case "digest":
      return pinned(path, settings.reference);
    case "tag": {
      const { repository: named } = parseReference(`${path}.reference`, settings.reference);
      return byDigest(named, await lookup(settings.reference));
    }
    case "build":
      return `${buildRepository(owner, repository, settings)}:build-${await inputsHash(path, settings)}`;
    default:
      return settings satisfies never;
  }
}

/** Where a build is pushed to, without tag. */
export function buildRepository(owner: string, repository: string, { name }: Pick<ImageBuild, "name">): string {
  return ghcrRepository(owner, name ?? repository);
}

/** The context as BuildKit takes it. */
export function buildLocation({ source }: Pick<ImageBuild, "source">): string {
  if (source.kind === "folder") return source.path;
  return `${source.url}#${source.commit}${source.folder === undefined ? "" : `:${source.folder}`}`;
}

/** The Dockerfile as BuildKit takes it: a local one by its own path, a remote one by its path in the context. */
export function dockerfileLocation({ source, dockerfile }: Pick<ImageBuild, "source" | "dockerfile">): string {
  return source.kind === "folder" ? join(source.path, dockerfile) : dockerfile;
}

function pinned(path: string, reference: string): string {
  const { repository, digest } = parseReference(`${path}.reference`, reference);
  if (digest === undefined) throw new RangeError(`${path}.reference: has no digest, got ${JSON.stringify(reference)}; write @sha256:… behind it, or say from: tag`);
  return byDigest(repository, digest);
}

async function inputsHash(path: string, build: ImageBuild): Promise<string> {
  const { source, dockerfile, target = "", platforms, args, labels, version = "", secrets } = build;
  const context = source.kind === "folder" ? await contextHash(`${path}.source`, source.path, dockerfile) : buildLocation(build);
  const inputs = [context, dockerfile, target, platforms, entries(args), entries(labels), version, Object.keys(secrets).sort()];
  return createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 12);
}

function entries(record: Record<string, string>): [string, string][] {
  return Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1));
}
