// pip-audit-sarif.mjs <report of pip-audit> <SARIF to write>: shows known vulnerabilities and fails where there is one.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fail, summary, warn } from "./lib/actions.mjs";
import { table } from "./lib/markdown.mjs";
import { sarif } from "./lib/sarif.mjs";

const [report, target] = process.argv.slice(2);
if (!existsSync(report)) fail(`${report}: is missing; pip-audit ended before it had an answer, its step says why`);
const { dependencies } = JSON.parse(readFileSync(report, "utf8"));
const skipped = dependencies.filter(({ skip_reason: reason }) => reason !== undefined);
if (skipped.length > 0 && skipped.length === dependencies.length) fail(`pip-audit could read the advisories of none of ${skipped.length} dependencies; look at its step and run it again`);
if (skipped.length > 0) warn(`without advisories: ${skipped.map(({ name }) => name).join(", ")}`);
const found = dependencies.flatMap(({ name, version, vulns = [] }) => vulns.map((vulnerability) => ({ name, version, ...vulnerability })));
const manifest = ["pyproject.toml", "requirements.txt", "setup.cfg", "setup.py"].find((path) => existsSync(path)) ?? "pyproject.toml";
const lines = existsSync(manifest) ? readFileSync(manifest, "utf8").split("\n") : [];

writeFileSync(target, JSON.stringify(sarif("pip-audit", "https://pypi.org/project/pip-audit/", found.map(finding))));
if (found.length > 0) {
  summary(`### Known vulnerabilities\n\n${table(["Package", "Version", "Vulnerability", "Mended in"], found.map(({ name, version, id, fix_versions: fixed }) => [name, version, id, fixed.join(", ") || "nothing yet"]))}`);
  fail(`${found.length} known ${found.length === 1 ? "vulnerability" : "vulnerabilities"} in the dependencies: ${found.map(({ name, id }) => `${name} (${id})`).join(", ")}`);
}

function finding({ name, version, id, description, fix_versions: fixed }) {
  const mended = fixed.length > 0 ? `mended in ${fixed.join(", ")}` : "mended in no version yet";
  // The advisories of PyPI carry no score; a known vulnerability counts as high.
  return { rule: id, title: `${id} in ${name}`, help: description, message: `${name} ${version}: ${id}, ${mended}`, path: manifest, line: lineOf(name), severity: 7 };
}

/** The line that asks for the package; a dependency of a dependency stands in none, and the first line has to do. */
function lineOf(name) {
  const pattern = new RegExp(String.raw`(^|["'\s])${name.replace(/[-_.]+/g, "[-_.]+")}($|["'\s<>=!~;\[(,])`, "i");
  return Math.max(lines.findIndex((line) => pattern.test(line)), 0) + 1;
}
