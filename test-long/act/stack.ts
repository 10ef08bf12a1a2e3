import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitRepository } from "../../test/workflows/git-repository.ts";
import type { GitRepository } from "../../test/workflows/git-repository.ts";

/** What the commands say: lines of JSON, and the code that they end with. */
export interface Says {
  lines: readonly object[];
  /** @default 0 */
  exit?: number;
}

export interface Call {
  args: string[];
  passphrase?: string;
  /** The run's own token: the stack's commands are not to have it. */
  token?: string;
}

export interface FakeStack {
  repository: GitRepository;
  calls(): Call[];
}

const folders: string[] = [];
afterAll(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A stack's repository whose `slipway` speaks docs/rollout-contract.md, by command; a command that is not there fails. */
export function fakeStack(commands: Record<string, Says>): FakeStack {
  const folder = mkdtempSync(join(tmpdir(), "slipway-stack-"));
  folders.push(folder);
  const log = join(folder, "calls");
  const repository = gitRepository(join(folder, "stack"));
  const manifest = { name: "stack", version: "1.0.0", private: true, type: "module" };
  repository.commit("chore: begin", {
    "package.json": JSON.stringify({ ...manifest, scripts: { slipway: "node slipway.mjs" } }),
    "package-lock.json": JSON.stringify({ ...manifest, lockfileVersion: 3, requires: true, packages: { "": { name: "stack", version: "1.0.0" } } }),
    "slipway.mjs": `
      import { appendFileSync } from "node:fs";
      const args = process.argv.slice(2);
      appendFileSync(${JSON.stringify(log)}, JSON.stringify({ args, passphrase: process.env.PULUMI_CONFIG_PASSPHRASE, token: process.env.GITHUB_TOKEN }) + "\\n");
      const { lines = [], exit = 0 } = ${JSON.stringify(commands)}[args[0]] ?? { exit: 1 };
      for (const line of lines) console.log(JSON.stringify({ at: "2026-11-21T12:00:00Z", ...line }));
      process.exitCode = exit;
    `,
  });
  return { repository, calls: () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").map((line): Call => JSON.parse(line)) : []) };
}
