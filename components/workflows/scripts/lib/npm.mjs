// The npm registry: what it says of a package, and npm itself with a token that is on no disk.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fail, stopCommands } from "./actions.mjs";
import { request } from "./http.mjs";
import { run } from "./process.mjs";

// A package with thousands of canaries has a long list of versions.
const LONGEST = 64_000_000;

/** What a name of a package looks like; npm knows a few that begin with a dash, and none of them is an argument here. */
export const PACKAGE = /^(@[a-z0-9][a-z0-9._~-]*\/)?[a-z0-9][a-z0-9._~-]*$/;

/** A version as npm writes it. */
export const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** Where packages come from and go to, with a slash at its end. */
export function registry() {
  return `${(process.env.NPM_CONFIG_REGISTRY || "https://registry.npmjs.org").replace(/\/+$/, "")}/`;
}

/** `{ tags, versions }` as the registry has them now; a package that nobody has published has none. */
export async function packageOf(name) {
  const headers = { accept: "application/vnd.npm.install-v1+json", "cache-control": "no-cache" };
  const url = `${registry()}${name.replace("/", "%2F")}`;
  const { status, text } = await request(url, { headers, longest: LONGEST, timeoutMs: 30_000 }, "the npm registry").catch(({ message }) => fail(`${message}; run again when it is there`));
  if (status === 404) return { tags: {}, versions: {} };
  if (status !== 200) fail(`the npm registry answered ${status} for ${name}; run again when it is there`);
  const { "dist-tags": tags = {}, versions = {} } = JSON.parse(text);
  return { tags, versions };
}

/** Runs npm, with NODE_AUTH_TOKEN where it is set: its configuration names the variable and not what is in it. */
export function npm(...args) {
  const folder = mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), "npm-"));
  const userconfig = join(folder, "npmrc");
  const { host, pathname } = new URL(registry());
  writeFileSync(userconfig, process.env.NODE_AUTH_TOKEN ? `//${host}${pathname}:_authToken=\${NODE_AUTH_TOKEN}\n` : "");
  const resume = stopCommands();
  const status = statusOf(() => run("npm", ...args, `--userconfig=${userconfig}`, `--registry=${registry()}`));
  resume();
  rmSync(folder, { recursive: true });
  if (status !== 0) fail(`npm ${args[0]} ended with ${status}; what it said is above`);
}

/** Publishes a packed package. Its path is absolute, because npm takes `folder/package.tgz` for a repository on GitHub. */
export function publish(tarball, channel) {
  npm("publish", resolve(tarball), "--tag", channel, "--ignore-scripts");
}

function statusOf(action) {
  try {
    action();
    return 0;
  } catch (error) {
    if (error.status === undefined) throw error;
    return error.status ?? error.signal ?? error.code;
  }
}
