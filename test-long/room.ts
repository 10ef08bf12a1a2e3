import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = dirname(dirname(fileURLToPath(import.meta.url)));

export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

/**
 * For updates that nobody kills: the state is written once, at their end. Otherwise the engine writes it twice a resource, 5 MB each time in
 * the stack `sandbox`, which is most of what an `up` of it takes.
 */
export const ONE_CHECKPOINT = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

/** A sandbox of its own in a temporary folder: a cloud, a state and a Pulumi home that no other test sees. */
export class Room {
  readonly folder = mkdtempSync(join(tmpdir(), "slipway-room-"));
  private readonly environment: Record<string, string>;

  /** @param environment added to that of every command */
  constructor(environment: Record<string, string> = {}) {
    this.environment = environment;
  }

  get cloud(): string {
    return join(this.folder, "cloud");
  }

  start(args: string[], environment: Record<string, string> = {}): { child: ChildProcess; outcome: Promise<Outcome> } {
    const child = spawn(process.execPath, [join(repository, "toolchain", "slipway.mjs"), "sandbox", ...args], {
      cwd: repository,
      detached: true,
      env: { ...withoutJest(process.env), SLIPWAY_SANDBOX_DIR: this.folder, ...this.environment, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout?.on("data", (chunk: Buffer) => (output += chunk));
    child.stderr?.on("data", (chunk: Buffer) => (output += chunk));
    const outcome = new Promise<Outcome>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => resolve({ code, signal, output }));
    });
    return { child, outcome };
  }

  run(args: string[], environment: Record<string, string> = {}): Promise<Outcome> {
    return this.start(args, environment).outcome;
  }

  /** Every document of the cloud, by its path within it. */
  documents(): Map<string, string> {
    const found = new Map<string, string>();
    if (!existsSync(this.cloud)) return found;
    for (const entry of readdirSync(this.cloud, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith(".yaml")) continue;
      const path = join(entry.parentPath, entry.name);
      found.set(path.slice(this.cloud.length + 1), readFileSync(path, "utf8"));
    }
    return found;
  }

  /** Every file under the room, for searches that must find nothing. */
  files(): string[] {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  }

  leave(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Jest's own settings must not reach the Node processes under test. */
function withoutJest(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, JEST_WORKER_ID: _worker, NODE_ENV: _node, ...rest } = environment;
  return rest;
}
