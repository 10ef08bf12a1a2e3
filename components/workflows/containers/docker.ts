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
