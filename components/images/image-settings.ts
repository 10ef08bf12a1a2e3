import type { ConfiguredSecret } from "../secrets.ts";

/** Where a service's image comes from. */
export type ImageSettings =
  | { from: "digest"; /** `ghcr.io/<owner>/<name>@sha256:…`. */ reference: string }
  | { from: "tag"; /** `ghcr.io/<owner>/<name>:<tag>`; the registry is asked for its digest at the start of every run. */ reference: string }
  | ImageBuild;

export type Platform = "linux/amd64" | "linux/arm64";

/** An image that the update builds with BuildKit and pushes to `ghcr.io/<owner>/<name>`. */
export interface ImageBuild {
  from: "build";
  /** Name of the package. @default the service's repository */
  name?: string | undefined;
  source: BuildSource;
  /** Path of the Dockerfile inside the source. @default "Dockerfile" */
  dockerfile: string;
  /** Stage of the Dockerfile to build. @default its last */
  target?: string | undefined;
  /** Names must be unique; more than one makes a multi-platform image. @default both */
  platforms: Platform[];
  /** Public values: they can be read from the image. */
  args: Record<string, string>;
  /** Mounted while building (`RUN --mount=type=secret,id=…`); never part of the image. */
  secrets: Record<string, ConfiguredSecret>;
  cache: BuildCache;
  /** Added to the labels that tie the package to its repository. */
  labels: Record<string, string>;
  /** Label `org.opencontainers.image.version` and a further tag. @default neither */
  version?: string | undefined;
}

export type BuildSource =
  | { kind: "folder"; /** Relative to the program's folder. */ path: string }
  | { kind: "git"; /** `https://…`, without credentials. */ url: string; /** 40 hexadecimal digits. */ commit: string; folder?: string | undefined };

/** `registry` keeps the layers under the tag `buildcache` of the same package, `actions` in GitHub Actions' cache. */
export type BuildCache = { kind: "registry" } | { kind: "actions"; scope: string } | { kind: "none" };
