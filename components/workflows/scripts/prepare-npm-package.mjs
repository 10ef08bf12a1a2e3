// Lays the programs of all platforms out in an npm package and packs it: nothing is fetched when it is installed or run.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fail, input, setOutput, summary } from "./lib/actions.mjs";
import { plain } from "./lib/markdown.mjs";
import { bundled, installScripts, placesOf } from "./lib/npm-layout.mjs";
import { PLATFORM, PROGRAM } from "./lib/platforms.mjs";
import { output } from "./lib/process.mjs";
import { sumOf } from "./lib/sums.mjs";

const EXECUTABLE = 0o111;
const folder = input("DIRECTORY", /^(\.|[\w@-][\w@./-]*)$/, "the folder of package.json");
const binaries = input("BINARIES", /^[^-\p{Cc}][^\p{Cc}]*$/u, "a folder");
const out = input("OUT", /^[^-\p{Cc}][^\p{Cc}]*$/u, "a folder");
const program = input("PROGRAM", PROGRAM, "the name of a program");
const version = input("VERSION", /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, "a version").replace(/^v/, "");
const platforms = input("PLATFORMS", /^\S+$/, "a list of platforms").split(",");
const wrapper = input("WRAPPER", /^[^-\p{Cc}][^\p{Cc}]*$/u, "the path of the wrapper");

const unknown = platforms.find((platform) => !PLATFORM.test(platform));
if (unknown !== undefined) fail(`PLATFORMS: has one that is not known, got ${JSON.stringify(unknown.slice(0, 80))}; correct it and run again`);

const file = join(folder, "package.json");
const manifest = JSON.parse(readFileSync(file, "utf8"));
const scripts = installScripts(manifest);
if (scripts.length > 0) fail(`${file}: runs ${scripts.join(", ")} on the machines of others; remove it, the package has its programs in it`);

rmSync(join(folder, "bin"), { recursive: true, force: true });
const places = placesOf(program, platforms);
for (const { asset, path } of places) {
  if (!existsSync(join(binaries, asset))) fail(`${asset}: was not built; see the build of its platform`);
  put(join(binaries, asset), path);
}
put(wrapper, `bin/${program}.mjs`);
writeFileSync(file, `${JSON.stringify(bundled(manifest, { program, version, platforms }), undefined, 2)}\n`);

const [packed] = JSON.parse(output("npm", "pack", resolve(folder), "--json", "--ignore-scripts", "--pack-destination", resolve(made(out))));
const modes = new Map(packed.files.map(({ path, mode }) => [path, mode]));
const lost = places.find(({ path }) => ((modes.get(path) ?? 0) & EXECUTABLE) === 0);
if (lost !== undefined) fail(`${lost.path}: is not in the package as a program; look at files and .npmignore`);

const tarball = basename(packed.filename);
writeFileSync(join(out, "SHA256SUMS"), `${sumOf(join(out, tarball))}  ${tarball}\n`);
setOutput("tarball", join(out, tarball));
setOutput("version", version);
summary(`${plain(tarball)} has programs for ${platforms.length} platforms, ${(packed.size / 1e6).toFixed(1)} MB.`);

/** Artifacts come back without their permissions. */
function put(from, path) {
  const to = join(folder, path);
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  chmodSync(to, 0o755);
}

function made(path) {
  mkdirSync(path, { recursive: true });
  return path;
}
