import type { Environment, Repository } from "../kit/index.ts";

/** As release files name them: `tool-macos-arm64`. */
export const PLATFORMS = ["linux-amd64", "linux-arm64", "macos-amd64", "macos-arm64", "windows-amd64", "windows-arm64"] as const;
export type Platform = (typeof PLATFORMS)[number];

/** A program in Go that is built for several platforms. */
export interface GoTool {
  /** Name of the program and beginning of its files' names. @default the repository's name */
  program?: string | undefined;
  /** Go package of its `main`. @default ./cmd/<program> */
  source?: string | undefined;
  platforms: [Platform, ...Platform[]];
  /** Whether it links C code: then each platform is built on a machine of its own, else all are cross-compiled on Linux. */
  cgo: boolean;
  /** Build tags. */
  tags: string[];
  /** Go variable that gets the version. */
  versionVariable: string;
}

/** Machines that run what they build; GitHub hosts all of them. */
const NATIVE: Record<Platform, string> = {
  "linux-amd64": "ubuntu-24.04",
  "linux-arm64": "ubuntu-24.04-arm",
  "macos-amd64": "macos-15-intel",
  "macos-arm64": "macos-15",
  "windows-amd64": "windows-2025",
  "windows-arm64": "windows-11-arm",
};

export function programOf({ program }: Pick<GoTool, "program">, { name }: Repository): string {
  return program ?? name.toLowerCase();
}

export function sourceOf(tool: Pick<GoTool, "program" | "source">, repository: Repository): string {
  return tool.source ?? `./cmd/${programOf(tool, repository)}`;
}

/** The platforms with the machine that builds each. */
export function machines({ platforms, cgo }: GoTool): { platform: Platform; runner: string }[] {
  return platforms.map((platform) => ({ platform, runner: cgo ? NATIVE[platform] : NATIVE["linux-amd64"] }));
}

/** What build-go.mjs reads beside the platform and the version. */
export function buildEnvironment(tool: GoTool, repository: Repository): Environment {
  return {
    PROGRAM: programOf(tool, repository),
    SOURCE: sourceOf(tool, repository),
    VERSION_VARIABLE: tool.versionVariable,
    CGO_ENABLED: tool.cgo ? "1" : "0",
    ...(tool.tags.length > 0 && { TAGS: tool.tags.join(",") }),
  };
}
