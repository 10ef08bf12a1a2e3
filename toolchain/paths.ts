import { dirname, join, resolve } from "node:path";

/** The repository. */
export const root = dirname(import.meta.dirname);

/** Where a sandbox keeps everything: its cloud, Pulumi's state and Pulumi's home. */
export interface SandboxFolders {
  base: string;
  cloud: string;
  state: string;
  home: string;
}

/** `.sandbox` in the repository, or the folder that SLIPWAY_SANDBOX_DIR names. */
export function sandboxFolders(environment: NodeJS.ProcessEnv = process.env): SandboxFolders {
  const base = resolve(root, environment["SLIPWAY_SANDBOX_DIR"] || ".sandbox");
  return { base, cloud: join(base, "cloud"), state: join(base, "state"), home: join(base, "home") };
}
