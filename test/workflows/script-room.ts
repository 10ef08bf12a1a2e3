import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gitRepository } from "./git-repository.ts";
import type { GitRepository } from "./git-repository.ts";

export { serve } from "./serve.ts";
export type { Answer, Recorded, Server } from "./serve.ts";

const SCRIPTS = fileURLToPath(new URL("../../components/workflows/scripts/", import.meta.url));
const LONGEST_MS = 60_000;

/** What a script did: the runner's files are read back into `outputs` and `summary`. */
export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
  outputs: Record<string, string>;
  summary: string;
}

export interface ScriptRoom {
  /** Where scripts run; empty at first. */
  folder: string;
  /** An absolute path in the room. */
  path(name: string): string;
  write(name: string, text: string): string;
  read(name: string): string;
  exists(name: string): boolean;
  /** Puts an executable on the PATH of the scripts; its text begins with `#!`, or is the body of a bash script. */
  program(name: string, text: string): void;
  /** A real repository in a folder of the room, the room itself by default. */
  repository(folder?: string): GitRepository;
  /** Runs a script by its name in components/workflows/scripts, or by an absolute path. Its environment is a runner's and nothing of ours. */
  run(script: string, env?: Record<string, string>, args?: readonly string[], options?: RunOptions): Promise<Ran>;
}

export interface RunOptions {
  /** @default the room */
  cwd?: string;
  /** What it reads from stdin. @default nothing */
  stdin?: string;
}

const folders: string[] = [];
afterAll(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A temporary folder with a runner's environment; removed after the tests of the file. */
export function scriptRoom(): ScriptRoom {
  const root = mkdtempSync(join(tmpdir(), "slipway-room-"));
  folders.push(root);
  const [folder, programs, runner] = [join(root, "work"), join(root, "bin"), join(root, "runner")];
  for (const each of [folder, programs, runner]) mkdirSync(each);
  const path = (name: string): string => join(folder, name);
  let runs = 0;
  return {
    folder,
    path,
    write: (name, text) => put(path(name), text),
    read: (name) => readFileSync(path(name), "utf8"),
    exists: (name) => existsSync(path(name)),
    program: (name, text) => chmodSync(put(join(programs, name), text.startsWith("#!") ? text : `#!/usr/bin/env bash\nset -euo pipefail\n${text}\n`), 0o755),
    repository: (name = ".") => gitRepository(path(name)),
    run: async (script, env = {}, args = [], { cwd = folder, stdin = "" } = {}) => {
      runs += 1;
      const [output, page] = [join(runner, `output-${runs}`), join(runner, `summary-${runs}`)];
      for (const file of [output, page]) writeFileSync(file, "");
      const file = script.startsWith("/") ? script : join(SCRIPTS, script);
      const environment = {
        PATH: [programs, dirname(process.execPath), process.env["PATH"]].join(delimiter),
        HOME: root,
        TMPDIR: runner,
        RUNNER_TEMP: runner,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: page,
        GITHUB_REPOSITORY: "acme/shop",
        GITHUB_SERVER_URL: "https://github.com",
        GIT_CONFIG_GLOBAL: "/dev/null",
        GIT_CONFIG_NOSYSTEM: "1",
        ...env,
      };
      const ended = await ending([...interpreter(file), file, ...args], { cwd, env: environment, stdin });
      return { ...ended, outputs: outputsOf(readFileSync(output, "utf8")), summary: readFileSync(page, "utf8") };
    },
  };
}

function put(file: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function interpreter(file: string): string[] {
  switch (extname(file)) {
    case ".mjs":
      return [process.execPath];
    case ".sh":
      return ["bash"];
    case ".py":
      return ["python3"];
    default:
      return [];
  }
}

function ending([command = "", ...args]: readonly string[], { cwd, env, stdin }: { cwd: string; env: Record<string, string>; stdin: string }): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, timeout: LONGEST_MS, killSignal: "SIGKILL" });
    const texts = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (texts.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (texts.stderr += text));
    child.stdin.on("error", () => undefined); // a script that ends without reading closes the pipe before us
    child.stdin.end(stdin);
    child.on("error", reject);
    child.on("close", (code, signal) => (code === null ? reject(new Error(`${command} was ended by ${signal}\n${texts.stdout}${texts.stderr}`)) : resolve({ code, ...texts })));
  });
}

/** As the runner reads the file: `name=value` lines, and `name<<end` blocks. */
export function outputsOf(text: string): Record<string, string> {
  const outputs = new Map<string, string>();
  const lines = text.split("\n");
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [, block, end = ""] = /^([^=]+?)<<(.+)$/.exec(line) ?? [];
    const [, name = "", value = ""] = /^([^=]+)=(.*)$/.exec(line) ?? [];
    if (block !== undefined) outputs.set(block, lines.splice(0, lines.indexOf(end) + 1).slice(0, -1).join("\n"));
    else if (name !== "") outputs.set(name, value);
  }
  return Object.fromEntries(outputs);
}
