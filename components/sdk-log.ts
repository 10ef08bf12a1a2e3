import { createRequire } from "node:module";

/**
 * Keeps what the SDK tells of its own work to itself. It sends five or six messages a resource, each after the answer to the one before, which
 * is a fifth of a preview's time, and the engine throws them away unless `--debug` is given. Warnings, errors and the program's own messages
 * of other levels are sent as ever.
 */
export function quietSdkLog({ log = false }: { log?: boolean | undefined } = {}): void {
  if (log) return;
  const sdk: { debug(message: string): Promise<void> } = createRequire(import.meta.url)("@pulumi/pulumi/log/index.js");
  sdk.debug = () => Promise.resolve();
}
