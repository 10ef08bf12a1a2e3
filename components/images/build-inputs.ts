import type { BuildCache, ImageBuild } from "./image-settings.ts";

interface CacheSource {
  registry?: { ref: string };
  gha?: { scope: string };
}

interface CacheTarget {
  registry?: { ref: string; mode: "max"; imageManifest: boolean; ociMediaTypes: boolean };
  gha?: { scope: string; mode: "max" };
}

/** The labels of a built image. Without `org.opencontainers.image.source` a new GHCR package is tied to no repository. */
export function imageLabels(owner: string, repository: string, { labels, version, source }: ImageBuild): Record<string, string> {
  const home = `https://github.com/${owner}/${repository}`;
  return {
    ...labels,
    "org.opencontainers.image.source": home,
    "org.opencontainers.image.title": repository,
    ...(source.kind === "git" ? { "org.opencontainers.image.revision": source.commit } : {}),
    ...(version === undefined ? {} : { "org.opencontainers.image.version": version }),
  };
}

export function cacheFrom(repository: string, cache: BuildCache): { cacheFrom?: CacheSource[] } {
  switch (cache.kind) {
    case "registry":
      return { cacheFrom: [{ registry: { ref: cacheTag(repository) } }] };
    case "actions":
      return { cacheFrom: [{ gha: { scope: cache.scope } }] };
    case "none":
      return {};
    default:
      return cache satisfies never;
  }
}

/** All layers are kept, those of earlier stages too; GHCR wants the cache as an OCI image. */
export function cacheTo(repository: string, cache: BuildCache): { cacheTo?: CacheTarget[] } {
  switch (cache.kind) {
    case "registry":
      return { cacheTo: [{ registry: { ref: cacheTag(repository), mode: "max", imageManifest: true, ociMediaTypes: true } }] };
    case "actions":
      return { cacheTo: [{ gha: { scope: cache.scope, mode: "max" } }] };
    case "none":
      return {};
    default:
      return cache satisfies never;
  }
}

function cacheTag(repository: string): string {
  return `${repository}:buildcache`;
}
