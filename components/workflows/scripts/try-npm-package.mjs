// Installs a packed package without running anything of it, and asks its command for the version.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fail, input } from "./lib/actions.mjs";
import { PROGRAM } from "./lib/platforms.mjs";
import { output, run } from "./lib/process.mjs";

const tarball = input("TARBALL", /^[^-\p{Cc}][^\p{Cc}]*\.tgz$/u, "a packed package");
const program = input("PROGRAM", PROGRAM, "the name of a program");
const version = input("VERSION", /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, "a version");

const folder = mkdtempSync(join(process.env.RUNNER_TEMP || tmpdir(), "install-"));
run("npm", "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", resolve(tarball));
const said = output(join(folder, "node_modules", ".bin", program), "--version");
if (!said.includes(version)) fail(`${program}: says its version is ${JSON.stringify(said.slice(0, 200))}, not ${version}; see the build's messages`);
console.log(`${program} runs from the package and says that it is ${version}`);
