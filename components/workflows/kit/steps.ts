import { pinned } from "./actions.ts";
import type { ActionStep, RunStep } from "./types.ts";
import { SCRIPTS, script } from "./scripts.ts";

interface CheckoutOptions {
  /** What to check out. @default the commit that the run is for */
  ref?: string;
  /** 0 for the whole history with tags. @default 1 */
  fetchDepth?: number;
  /** Nothing but the scripts, for jobs that need no code. @default false */
  scriptsOnly?: boolean;
  /** Folder for it, where a job needs two commits. @default the workspace itself */
  path?: string;
}

/** Checks the repository out; the token does not stay behind in .git/config. */
export function checkout({ ref, fetchDepth, scriptsOnly = false, path }: CheckoutOptions = {}): ActionStep {
  return {
    name: scriptsOnly ? "Check out the scripts" : "Check out",
    uses: pinned("actions/checkout"),
    with: {
      ...(ref !== undefined && { ref }),
      ...(fetchDepth !== undefined && { "fetch-depth": fetchDepth }),
      ...(scriptsOnly && { "sparse-checkout": SCRIPTS }),
      ...(path !== undefined && { path }),
      "persist-credentials": false,
    },
    grants: { contents: ["read", "check out"] },
  };
}

/** A step that runs a script of `components/workflows/scripts/`. */
export function runScript(name: string, step: Omit<RunStep, "run">, ...args: readonly string[]): RunStep {
  return { ...step, run: script(name, ...args) };
}
