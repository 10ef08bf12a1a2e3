import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import type { Faults } from "../sandbox/faults.ts";
import { startSandbox } from "../sandbox/server.ts";
import type { Sandbox } from "../sandbox/server.ts";
import { mendTornState } from "../toolchain/tornState.ts";

export interface Outcome {
  code: number;
  output: string;
}

/** A program whose engine a test kills must not outlive it. */
const GUARD = `import { endRunaway } from ${JSON.stringify(new URL("../components/runaway.ts", import.meta.url).href)};\nendRunaway();\n`;
const PROJECT = "name: slipway\nmain: index.ts\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n";

/** A program of its own with a stack in a file backend, run by the real engine against a sandbox. */
export class Workspace {
  readonly home: string;
  readonly cloud: string;
  private sandbox: Sandbox | undefined;

  private constructor(home: string) {
    this.home = home;
    this.cloud = join(home, "cloud");
  }

  static async make(program: string): Promise<Workspace> {
    const workspace = new Workspace(mkdtempSync(join(tmpdir(), "slipway-engine-")));
    mkdirSync(join(workspace.home, "state"));
    symlinkSync(resolve("node_modules"), join(workspace.home, "node_modules"));
    writeFileSync(join(workspace.home, "Pulumi.yaml"), PROJECT);
    writeFileSync(join(workspace.home, "package.json"), '{"name":"slipway","type":"module","main":"index.ts"}\n');
    workspace.program(program);
    await workspace.start();
    const made = await workspace.pulumi("stack", "init", "test");
    if (made.code !== 0) throw new Error(made.output);
    return workspace;
  }

  program(text: string): void {
    writeFileSync(join(this.home, "index.ts"), `${GUARD}${text}`);
  }

  /** Starts the sandbox, or starts it again with other faults. */
  async start(faults: Faults = {}, log: (line: string) => void = () => {}): Promise<void> {
    await this.sandbox?.close();
    this.sandbox = await startSandbox({ folder: this.cloud, faults, log });
  }

  pulumi(...args: string[]): Promise<Outcome> {
    return this.spawn(args).outcome;
  }

  /** Starts pulumi and leaves its end to the caller. */
  spawn(args: string[]): { outcome: Promise<Outcome>; kill: () => void } {
    // npm puts its own `pulumi`, the installer, first on the path: it is not the engine.
    const path = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => !folder.endsWith(join("node_modules", ".bin")));
    const engine = path.map((folder) => join(folder, "pulumi")).find((file) => existsSync(file)) ?? "pulumi";
    const child = spawn(engine, [...args, "--non-interactive", "--color", "never", ...(args[0] === "stack" ? [] : ["--stack", "test"])], {
      cwd: this.home,
      detached: true,
      env: {
        ...process.env,
        PATH: [resolve("node_modules/node/bin"), ...path].join(delimiter),
        NODE_OPTIONS: "",
        PULUMI_HOME: join(this.home, "home"),
        PULUMI_BACKEND_URL: `file://${join(this.home, "state")}?metadata=skip`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DEBUG_PROVIDERS: this.sandbox?.debugProviders,
      },
    });
    let output = "";
    child.stdout.on("data", (text) => (output += String(text)));
    child.stderr.on("data", (text) => (output += String(text)));
    const outcome = new Promise<Outcome>((done, fail) => {
      child.on("error", fail);
      child.on("close", (code) => done({ code: code ?? -1, output }));
    });
    return { outcome, kill: () => child.pid !== undefined && process.kill(-child.pid, "SIGKILL") };
  }

  /** Takes away the lock of an update that was killed, and what it left half written. */
  unlock(): void {
    rmSync(join(this.home, "state/.pulumi/locks"), { recursive: true, force: true });
    mendTornState(join(this.home, "state"), "test");
  }

  /** Every file below the workspace that holds a text, but for the program itself. */
  filesWith(text: string): string[] {
    return this.files(this.home).filter((file) => file !== join(this.home, "index.ts") && readFileSync(file, "utf8").includes(text));
  }

  documents(): string[] {
    return this.files(this.cloud).map((file) => file.slice(this.cloud.length + 1)).sort();
  }

  async remove(): Promise<void> {
    await this.sandbox?.close();
    rmSync(this.home, { recursive: true, force: true });
  }

  private files(folder: string): string[] {
    return readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))).filter((file) => !file.includes("node_modules") && statSync(file).isFile());
  }
}
