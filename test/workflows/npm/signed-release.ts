import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { scriptRoom } from "../script-room.ts";
import type { Ran, ScriptRoom } from "../script-room.ts";

/** Both verify scripts, as a release gets them. */
export const VERIFY = ["verify.sh", "verify.ps1"].map((name) => fileURLToPath(new URL(`../../../components/workflows/scripts/${name}`, import.meta.url)));
export const PROGRAM = "tool-linux-amd64";
export const ADDRESS = "https://github.com/acme/shop/releases/download/v1.2.3";

export interface Key {
  secret: string;
  fingerprint: string;
}

const homes: string[] = [];
afterAll(() => homes.forEach((home) => rmSync(home, { recursive: true, force: true })));

/** A real key of its own keyring. */
export function key(passphrase = ""): Key {
  const home = mkdtempSync(join(tmpdir(), "gpg-"));
  homes.push(home);
  const gpg = (...args: string[]): string => execFileSync("gpg", ["--homedir", home, "--batch", "--pinentry-mode", "loopback", "--passphrase", passphrase, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  gpg("--quick-generate-key", "Releases <releases@example.com>", "ed25519", "sign", "never");
  const secret = gpg("--armor", "--export-secret-keys");
  const [, fingerprint = ""] = /^fpr:+([0-9A-F]{40}):/m.exec(gpg("--with-colons", "--list-secret-keys")) ?? [];
  execFileSync("gpgconf", ["--homedir", home, "--kill", "all"]);
  return { secret, fingerprint };
}

export const ours = key();

/** A room with two programs to release. */
export function room(): ScriptRoom {
  const made = scriptRoom();
  made.write(`dist/${PROGRAM}`, "the program\n");
  made.write("dist/tool-windows-amd64.exe", "the other program\n");
  return made;
}

export function sign(made: ScriptRoom, env: Record<string, string> = {}): Promise<Ran> {
  return made.run("sign-release.sh", { TAG: "v1.2.3", GPG_PRIVATE_KEY: ours.secret, ...env }, ["dist", ...VERIFY]);
}

/** What a release has. */
export async function signed(): Promise<ScriptRoom> {
  const made = room();
  const { code, stderr } = await sign(made);
  if (code !== 0) throw new Error(stderr);
  return made;
}

export function verify(made: ScriptRoom, ...files: string[]): Promise<Ran> {
  return made.run(made.path("dist/verify.sh"), {}, files, { cwd: made.path("dist") });
}
