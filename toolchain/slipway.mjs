#!/usr/bin/env node
/** The slipway command: installs the packages when they are missing or old, then hands over to cli.ts under Node 24. */
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./lock.mjs";
import { outdated } from "./packages.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function say(line) {
  process.stderr.write(`${line}\n`);
}

/** Runs a child on this terminal. A terminal's Ctrl-C reaches the child by itself; other signals are passed on. */
function run(command, args, environment) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit", env: environment });
    const terminal = process.stdin.isTTY || process.stdout.isTTY;
    process.on("SIGINT", () => terminal || child.kill("SIGINT"));
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    process.on("SIGHUP", () => child.kill("SIGHUP"));
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

async function install(reason) {
  say(`${reason}: installing the packages of package-lock.json`);
  const began = Date.now();
  const ticker = process.stderr.isTTY ? undefined : setInterval(() => say(`installing packages: ${Math.round((Date.now() - began) / 1000)} s`), 10_000);
  try {
    const code = await run("npm", ["ci", "--prefix", root, "--no-fund", "--no-audit", "--loglevel=error", "--fetch-retry-mintimeout=1000"], process.env);
    if (code !== 0) throw new Error(`node_modules: npm ci failed, got exit code ${code}; read npm's message above, then run this again`);
  } finally {
    clearInterval(ticker);
  }
  const wrong = outdated(root);
  if (wrong) throw new Error(`node_modules: still not as package-lock.json says, got "${wrong}"; run npm ci --ignore-scripts=false`);
  say(`packages installed in ${Math.round((Date.now() - began) / 1000)} s`);
}

async function main() {
  if (Number(process.versions.node.split(".")[0]) < 20) throw new Error(`node: too old, got ${process.versions.node}; install Node 20 or newer from https://nodejs.org`);
  if (outdated(root)) {
    const waiting = (pid) => say(`process ${pid} is installing the packages: waiting for it`);
    await withLock(join(root, ".sandbox", "locks", "packages"), async () => {
      const reason = outdated(root);
      if (reason) await install(reason);
    }, { waiting });
  }
  const proxied = process.env.HTTPS_PROXY || process.env.https_proxy ? { NODE_USE_ENV_PROXY: "1" } : {};
  return run(join(root, "node_modules", ".bin", "node"), [join(root, "toolchain", "cli.ts"), ...process.argv.slice(2)], { ...process.env, ...proxied });
}

try {
  process.exitCode = await main();
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}
