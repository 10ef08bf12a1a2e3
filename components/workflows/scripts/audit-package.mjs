// Known vulnerabilities in what a Python package installs: pip-audit finds them, this tells people.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fail, input, setOutput, summary } from "./lib/actions.mjs";
import { table } from "./lib/markdown.mjs";

const project = input("PROJECT", /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/, "the name of a project");
const version = input("VERSION", /^[\w.!+-]{1,100}$/, "a version");
const report = input("REPORT", /^[\w./-]+\.json$/, "the name of a file");

const requirements = join(mkdtempSync(join(tmpdir(), "audit-")), "requirements.txt");
writeFileSync(requirements, `${project}==${version}\n`);
const { status, error } = spawnSync("pip-audit", ["--requirement", requirements, "--format", "json", "--output", report, "--progress-spinner", "off"], { stdio: ["ignore", "inherit", "inherit"] });
// 1 stands for findings and for failures alike; only with findings there is a report.
const findings = status === 0 || status === 1 ? findingsOf(report) : undefined;
if (findings === undefined) fail(`pip-audit ended with ${error?.message ?? status} and left no report; see its messages above`);
setOutput("vulnerabilities", String(findings.length));
if (findings.length === 0) summary(`No known vulnerability in what ${project} ${version} installs.`);
else {
  summary(table(["Package", "Version", "Vulnerability", "Mended in"], findings));
  fail(`${findings.length} known ${findings.length === 1 ? "vulnerability" : "vulnerabilities"} in what ${project} ${version} installs; release with the mended versions`);
}

function findingsOf(file) {
  try {
    const { dependencies } = JSON.parse(readFileSync(file, "utf8"));
    return dependencies.flatMap(({ name, version, vulns = [] }) => vulns.map(({ id, fix_versions }) => [name, version, id, fix_versions.join(", ") || "nothing yet"]));
  } catch {
    return undefined;
  }
}
