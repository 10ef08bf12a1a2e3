#!/usr/bin/env node
// Runs the program of this platform, which is in the package: nothing is fetched, at installation or later.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

const name = basename(fileURLToPath(import.meta.url), ".mjs");
const platform = `${process.platform}-${process.arch}`;
const program = fileURLToPath(new URL(`./${platform}/${name}${process.platform === "win32" ? ".exe" : ""}`, import.meta.url));

if (!existsSync(program)) {
  console.error(`${name}: this package has no program for ${platform}; build it from its source`);
  process.exit(1);
}

// Before the program starts: a signal that came in between would end this process and leave the program behind.
let child;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child?.kill(signal));
child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
child.on("error", (error) => {
  console.error(`${name}: ${error.message}`);
  process.exit(1);
});
// A shell reports 128 and the signal's number for a program that a signal ended.
child.on("close", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
