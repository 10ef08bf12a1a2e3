import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PROJECT } from "../../settings/section.ts";
import { command } from "../../toolchain/command.ts";
import { root, toolPath } from "../../toolchain/paths.ts";
import { Problem } from "../../toolchain/problem.ts";
import { ensurePulumi } from "../../toolchain/pulumi.ts";
import { openSandbox } from "../../toolchain/sandbox.ts";
import { cacheFolder } from "../../toolchain/search.ts";
import { record } from "../unknown.ts";
import { RecordCache } from "./recordCache.ts";
import type { Update } from "./releaseRuns.ts";
import { exportedRecord, filedUpdates, toldUpdates } from "./updateHistory.ts";
import type { Capture } from "./updateHistory.ts";

/** Where a stack's outputs and history are. */
export interface StackReader {
  outputs(stack: string): Promise<Record<string, unknown>>;
  /** Oldest first. */
  updates(stack: string): Promise<Update[]>;
  close(): Promise<void>;
}

/** Reads from the backend that pulumi is logged in to, or from the sandbox's. */
export async function openReader(sandboxed: boolean): Promise<StackReader> {
  return sandboxed ? sandboxReader() : backendReader();
}

async function sandboxReader(): Promise<StackReader> {
  const sandbox = await openSandbox();
  const { state, base } = sandbox.folders;
  return {
    outputs: (stack) => readOutputs((args) => sandbox.capture(args), stack),
    updates: (stack) => kept(join(base, "metrics", `${stack}.json`), (cache) => filedUpdates(state, PROJECT, stack, cache)),
    close: () => sandbox.close(),
  };
}

async function backendReader(): Promise<StackReader> {
  const { bin } = await ensurePulumi();
  const environment = { ...process.env, PATH: toolPath(bin), PULUMI_SKIP_UPDATE_CHECK: "true" };
  const capture: Capture = (args) => command(join(bin, "pulumi"), [...args, "--non-interactive"], { folder: root, environment });
  const backend = await backendOf(capture);
  return {
    outputs: (stack) => readOutputs(capture, stack),
    updates: (stack) => kept(cacheFile(backend, stack), (cache) => (
      backend.startsWith("file://")
        ? filedUpdates(fileURLToPath(backend.replace(/\?.*$/, "")), PROJECT, stack.split("/").at(-1) ?? stack, cache)
        : toldUpdates(capture, stack, exportedRecord(capture, stack, cache))
    )),
    close: async () => {},
  };
}

async function backendOf(capture: Capture): Promise<string> {
  const told = await capture(["whoami", "--json"]);
  if (told.code !== 0) throw new Problem(`pulumi: is not logged in, got "${told.stderr.trim()}"; run pulumi login, or add --sandbox`);
  return String(record(JSON.parse(told.stdout))["url"]);
}

async function readOutputs(capture: Capture, stack: string): Promise<Record<string, unknown>> {
  const told = await capture(["stack", "output", "--json", "--stack", stack]);
  if (told.code !== 0) throw new Problem(`stack ${stack}: its outputs cannot be read, got "${told.stderr.trim()}"; bring it up first, or name another by --stack`);
  return record(JSON.parse(told.stdout));
}

async function kept(file: string, read: (cache: RecordCache) => Promise<Update[]>): Promise<Update[]> {
  const cache = new RecordCache(file);
  try {
    return await read(cache);
  } finally {
    cache.save();
  }
}

function cacheFile(backend: string, stack: string): string {
  return join(dirname(cacheFolder()), "metrics", `${createHash("sha256").update(`${backend}\n${stack}`).digest("hex").slice(0, 32)}.json`);
}
