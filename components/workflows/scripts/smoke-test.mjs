// Smoke-tests a target of .github/smoke-tests.json in one of four depths. Ends with 0 (passed), 1 (could not run) or 2 (failed).
import { readFileSync, writeFileSync } from "node:fs";
import { fail, input, optional, setOutput, summary } from "./lib/actions.mjs";
import { plain, table } from "./lib/markdown.mjs";
import { DEPTHS } from "./lib/smoke/plan.mjs";
import { smoke } from "./lib/smoke/run.mjs";

const settings = JSON.parse(readFileSync(optional("SMOKE_SETTINGS") || ".github/smoke-tests.json", "utf8"));
const version = input("VERSION", /^[0-9A-Za-z][0-9A-Za-z.+-]{0,99}$/, "a version").replace(/^v(?=\d)/, "");
const depth = input("DEPTH", /^[a-z]+$/, `one of ${DEPTHS.join(", ")}`);
const environment = input("ENVIRONMENT", /^[\w][\w ./-]{0,254}$/, "the name of a target");
if (!DEPTHS.includes(depth)) fail(`DEPTH: is not one of ${DEPTHS.join(", ")}, got ${JSON.stringify(depth)}; correct it and run again`);
if (!Object.hasOwn(settings.targets, environment)) fail(`ENVIRONMENT: is not one of ${Object.keys(settings.targets).join(", ")}, got ${JSON.stringify(environment)}; correct it and run again`);

const onCheck = ({ ok, name, value, limit }) => console.log(`${ok ? "ok    " : "FAILED"} ${name}: ${value} (limit ${limit})`);
const started = new Date();
const { passed, checks, skipped } = await smoke({ settings, environment, depth, version, onCheck, ...(optional("TIMEOUT_MS") && { timeoutMs: Number(optional("TIMEOUT_MS")) }) });

const loads = checks.flatMap(({ measured }) => (measured ? [measured] : []));
const worst = (pick, of, digits) => (loads.length === 0 ? "" : pick(...loads.map(of)).toFixed(digits));
const report = { version, environment, depth, passed, started: started.toISOString(), seconds: (Date.now() - started) / 1000, url: settings.targets[environment].url, skipped, checks };
const markdown = [
  `## Smoke test of ${plain(version)} on ${plain(environment)}: ${passed ? "passed" : "failed"}`,
  "",
  `Depth ${depth}, ${checks.length} checks in ${report.seconds.toFixed(1)} s${skipped > 0 ? `, ${skipped} not run because the target does not answer` : ""}.`,
  "",
  table(["", "Check", "Value", "Limit", "Detail"], checks.map(({ ok, name, value, limit, detail }) => [ok ? "✅" : "❌", name, value, limit, detail ?? ""])),
].join("\n");

writeFileSync("smoke-report.json", `${JSON.stringify(report, null, 2)}\n`);
writeFileSync("smoke-report.md", `${markdown}\n`);
summary(markdown);
setOutput("result", passed ? "passed" : "failed");
setOutput("failed", checks.filter(({ ok }) => !ok).map(({ name }) => name.replace(/[\r\n]/g, " ")).join(", "));
setOutput("success_rate", worst(Math.min, ({ successRate }) => successRate, 2));
setOutput("p95_ms", worst(Math.max, ({ p95 }) => p95, 0));
process.exitCode = passed ? 0 : 2;
