import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { ensureJudges } from "../../toolchain/judges.ts";
import { freePort } from "../free-port.ts";

export interface NpmRegistry {
  /** Ends with a slash. */
  url: string;
  /** May publish everything. */
  token: string;
  /** Publishes an almost empty package. */
  publish(name: string, version: string, tag?: string, files?: Record<string, string>): Promise<void>;
  /** Channel → version. */
  tags(name: string): Promise<Record<string, string>>;
  /** What people read when they install it; undefined where the version is fine. */
  deprecated(name: string, version: string): Promise<string | undefined>;
}

const ends: (() => void)[] = [];
afterAll(() => ends.splice(0).forEach((end) => end()));

/** A real npm registry on loopback: verdaccio, with no other registry behind it. Ends with the tests of the file. */
export async function npmRegistry(): Promise<NpmRegistry> {
  const [program] = await ensureJudges(["verdaccio"]);
  const folder = mkdtempSync(join(tmpdir(), "slipway-npm-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  writeFileSync(join(folder, "config.yaml"), config(folder));
  const child = spawn(process.execPath, [program, "--config", join(folder, "config.yaml"), "--listen", `127.0.0.1:${port}`], { stdio: "ignore", env: { PATH: process.env["PATH"], HOME: folder } });
  ends.push(() => (child.kill("SIGKILL"), rmSync(folder, { recursive: true, force: true })));
  await answers(`${url}-/ping`);
  const made = await fetch(`${url}-/user/org.couchdb.user:ci`, { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify({ name: "ci", password: "of-the-test" }) });
  const { token }: { token: string } = JSON.parse(await made.text());
  const manifest = async (name: string): Promise<{ "dist-tags"?: Record<string, string>; versions?: Record<string, { deprecated?: string }> }> => JSON.parse(await (await fetch(`${url}${name.replace("/", "%2F")}`)).text());
  let count = 0;
  return {
    url,
    token,
    tags: async (name) => (await manifest(name))["dist-tags"] ?? {},
    deprecated: async (name, version) => (await manifest(name)).versions?.[version]?.deprecated,
    publish: async (name, version, tag = "latest", files = {}) => {
      const home = join(folder, `package-${(count += 1)}`);
      const all = { "package.json": JSON.stringify({ name, version }), ".npmrc": `//127.0.0.1:${port}/:_authToken=${token}\n`, ...files };
      for (const [path, text] of Object.entries(all)) {
        mkdirSync(dirname(join(home, path)), { recursive: true });
        writeFileSync(join(home, path), text);
      }
      await promisify(execFile)("npm", ["publish", "--registry", url, "--tag", tag], { cwd: home, env: { PATH: process.env["PATH"], HOME: folder } });
    },
  };
}

function config(folder: string): string {
  return `storage: ${join(folder, "storage")}
auth: {htpasswd: {file: ${join(folder, "htpasswd")}, max_users: 10}}
uplinks: {}
packages: {"@*/*": {access: $all, publish: $authenticated, unpublish: $authenticated}, "**": {access: $all, publish: $authenticated, unpublish: $authenticated}}
log: {type: stdout, format: json, level: error}
`;
}

/** Waits until a server answers at all, half a minute at most. */
export async function answers(url: string): Promise<void> {
  for (let left = 300; left > 0; left -= 1) {
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`${url}: no answer in half a minute`);
}
