import { delimiter, dirname, join, resolve } from "node:path";

/** The repository. */
export const root = dirname(import.meta.dirname);

/**
 * The PATH for everything that this project starts: its own Node first (a machine's pulumi may lie beside an older one), then
 * the Pulumi CLI in `bin`, then the packages' commands, whose `pulumi` is only the installer.
 */
export function toolPath(bin: string): string {
  return [dirname(process.execPath), bin, join(root, "node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter);
}

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
