// Measures two versions of a Python package: each in a fresh virtual environment, in turns, so that a machine that grows slow
// during the run slows both.
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fail, input, optional, setOutput } from "./lib/actions.mjs";
import { normalVersion, parsePython } from "./lib/pep440.mjs";
import { run } from "./lib/process.mjs";
import { indexUrl, releasesOf, stable } from "./lib/python-index.mjs";

const [measure = fail("the measuring script is not named; give its path as the argument")] = process.argv.slice(2);
const { PATH: systemPath } = process.env;
const folder = mkdtempSync(join(tmpdir(), "measure-"));

const project = input("PROJECT", /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/, "the name of a project");
const rounds = Number(input("ROUNDS", /^([4-9]|[1-9]\d{1,2})$/, "a number of rounds from 4 to 999"));
const file = input("MEASUREMENTS", /^[\w./-]+\.json$/, "the name of a file");
const current = version("CURRENT_VERSION");
const baseline = optional("BASELINE_VERSION").trim() === "" ? await before(current) : version("BASELINE_VERSION");
if (current === baseline) fail(`${project} ${current} is both versions; compare two different ones`);

const pythons = { baseline: install(baseline), current: install(current) };
const samples = { baseline: {}, current: {} };
for (let round = 0; round <= rounds; round++) {
  const order = round % 2 === 0 ? ["baseline", "current"] : ["current", "baseline"];
  for (const side of order) keep(side, measured(pythons[side]), round);
}
writeFileSync(file, JSON.stringify({ project, versions: { baseline, current }, samples }));
setOutput("current", current);
setOutput("baseline", baseline);

// The first round fills caches and byte code, and counts for nothing.
function keep(side, figures, round) {
  console.log(`${round === 0 ? "Warm-up" : `Round ${round} of ${rounds}`}: ${side} ${JSON.stringify(figures)}`);
  if (round === 0) return;
  for (const [metric, figure] of Object.entries(figures)) (samples[side][metric] ??= []).push(figure);
}

function measured(python) {
  const result = join(folder, "figures.json");
  process.env.PATH = `${dirname(python)}:${systemPath}`;
  run(python, measure, result);
  return JSON.parse(readFileSync(result, "utf8"));
}

function install(version) {
  const environment = join(folder, version);
  run("python", "-m", "venv", "--without-pip", environment);
  const python = join(environment, "bin", "python");
  run("python", "-m", "pip", "--python", python, "install", "--quiet", "--no-cache-dir", "--disable-pip-version-check", `${project}==${version}`);
  return python;
}

async function before(version) {
  const releases = await releasesOf(indexUrl(), project);
  const at = releases.findIndex((release) => release.version === version);
  if (at === -1) fail(`${project} ${version} is not in the index; compare a published version`);
  return stable(releases.slice(at + 1))[0]?.version ?? fail(`${project} has no stable release before ${version}; name a baseline`);
}

function version(name) {
  const text = optional(name).trim();
  if (!parsePython(text)) fail(`${name}: is not a version of a Python package, got ${JSON.stringify(text.slice(0, 80))}; write one such as 1.2.3`);
  return normalVersion(text);
}
