import { pinned } from "../kit/index.ts";
import type { Step } from "../kit/index.ts";

export type Platform = "linux/amd64" | "linux/arm64";

/** Other processors by emulation; nothing of it comes from a cache. */
export function emulation(platforms: string): Step {
  return { name: "Set up QEMU", uses: pinned("docker/setup-qemu-action"), with: { platforms, "cache-image": false } };
}

export function buildx(): Step {
  return { name: "Set up Buildx", uses: pinned("docker/setup-buildx-action"), with: { "cache-binary": false } };
}

/** Builds for each platform and pushes, with SBOM and provenance; the step `names` has said tags and labels. Nothing comes from a cache. */
export function buildAndPush(source: { context: string; file: string }, platforms: readonly Platform[]): Step {
  return {
    name: "Build and push",
    id: "build",
    uses: pinned("docker/build-push-action"),
    with: {
      ...source,
      platforms: platforms.join(","),
      push: true,
      tags: "${{ steps.names.outputs.tags }}",
      labels: "${{ steps.names.outputs.labels }}",
      provenance: "mode=max",
      sbom: true,
    },
  };
}

/** Logs in at GHCR with the job's own token. */
export function login(level: "read" | "write", condition?: string): Step {
  return {
    name: "Log in at GHCR",
    ...(condition !== undefined && { if: condition }),
    uses: pinned("docker/login-action"),
    with: { registry: "ghcr.io", username: "${{ github.actor }}", password: "${{ github.token }}" },
    grants: { packages: [level, level === "write" ? "push the image" : "pull the image"] },
  };
}
