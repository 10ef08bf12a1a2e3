import { cpSync, existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { launch, node, put, room, until } from "./room.ts";
import type { Run, Running } from "./room.ts";

const root = join(import.meta.dirname, "../..");

/** A small project of its own with the project's toolchain and sandbox, so that the real engine runs a program in seconds. */
export class Clone {
  readonly folder = room();

  constructor(program: string, stacks: Record<string, string>, folders: string[] = ["toolchain", "sandbox"]) {
    for (const name of [...folders, "policy", "package.json", "package-lock.json", "Pulumi.yaml"]) cpSync(join(root, name), join(this.folder, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    put(join(this.folder, "index.ts"), program);
    for (const [stack, text] of Object.entries(stacks)) put(join(this.folder, `Pulumi.${stack}.yaml`), text);
  }

  launch(args: string[], environment: NodeJS.ProcessEnv = {}): Running {
    return launch(node, [join(this.folder, "toolchain/cli.ts"), ...args], { ...process.env, SLIPWAY_SANDBOX_DIR: "", ...environment }, this.folder);
  }

  run(...args: string[]): Promise<Run> {
    return this.launch(args).done;
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  read(...parts: string[]): string {
    return readFileSync(this.path(...parts), "utf8");
  }

  /** Resolves when the file is there and holds the text. */
  holds(text: string, ...parts: string[]): Promise<void> {
    return until(() => existsSync(this.path(...parts)) && this.read(...parts).includes(text));
  }
}

/** The processes that a process started. */
export function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
}
