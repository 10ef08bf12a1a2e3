import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { join } from "node:path";
import { command } from "./command.ts";
import { reportLines } from "./coverageReport.ts";
import { root, toolPath } from "./paths.ts";
import { duration, say } from "./progress.ts";
import { ensurePulumi } from "./pulumi.ts";
import { countJest } from "./tally.ts";
import type { Tally } from "./tally.ts";
import { onTerminal } from "./terminal.ts";

export interface TestOptions {
  /** Run the long suites of test-long/ and nothing else. */
  long?: boolean;
  /** Measure which lines the tests run, which takes twice the time. @default true in CI */
  coverage?: boolean;
  /** What to pass to jest, e.g. a file; without any, every test runs. */
  jest?: string[];
}

/** The folders whose code is ours to cover. */
const folders = ["components", "settings", "operations", "policy", "sandbox", "toolchain", "lab"];

/** Runs in a browser, whose types are others. */
const page = "operations/dashboards/page";

/** Where results go, for `.ci/run` to add up; not part of the repository. */
const results = join(root, "coverage");

function tool(name: string): string {
  return join(root, "node_modules", ".bin", name);
}

/** A judge that answers yes or no. What it says is shown only when it says no. */
async function judge(title: string, name: string, args: string[], bin: string): Promise<boolean> {
  const began = performance.now();
  const done = await command(tool(name), args, { folder: root, environment: { ...process.env, PATH: toolPath(bin) } });
  say(`${title}: ${done.code === 0 ? "fine" : "failed"}, ${duration(performance.now() - began)}`);
  if (done.code !== 0) say(`${done.stdout}${done.stderr}`.trimEnd());
  return done.code === 0;
}

/** Where the processes that tests start leave what they ran. */
const processes = join(results, "processes");

/** Coverage is of use only when every test runs. */
function measured({ coverage = Boolean(process.env["CI"]), jest, long }: TestOptions): boolean {
  return coverage && !long && !jest?.length;
}

function jestArguments(options: TestOptions, output: string): string[] {
  const report = ["--json", `--outputFile=${output}`, ...(options.jest ?? [])];
  // A process that a test killed may leave a handle open; it must not keep the run from ending.
  if (options.long) return ["--config", "jest.long.config.json", "--forceExit", ...report];
  if (!measured(options)) return report;
  const coverage = ["--coverage", "--coverageProvider=v8", "--coverageReporters=json"];
  return [...report, ...coverage, ...folders.map((folder) => `--collectCoverageFrom=${folder}/**/*.ts`), "--collectCoverageFrom=!**/*.d.ts"];
}

function readReport(path: string): Tally {
  try {
    return countJest(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** Types, those of the browser's page apart, and import rules, side by side; each counts as one test. */
async function judgements(bin: string): Promise<Tally> {
  const cruised = [...folders, "index.ts"].filter((path) => existsSync(join(root, path)));
  const fine = await Promise.all([
    judge("types", "tsc", [], bin),
    ...(existsSync(join(root, page)) ? [judge("types of the page", "tsc", ["-p", page], bin)] : []),
    judge("import rules", "depcruise", ["--config", ".dependency-cruiser.cjs", "--output-type", "err", ...cruised], bin),
  ]);
  const passed = fine.filter(Boolean).length;
  return { passed, failed: fine.length - passed };
}

async function jest(options: TestOptions, bin: string, output: string): Promise<Tally> {
  const environment = {
    ...process.env,
    PATH: toolPath(bin),
    NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim(),
    ...(measured(options) ? { SLIPWAY_COVERAGE: processes } : {}),
  };
  rmSync(output, { force: true });
  rmSync(processes, { recursive: true, force: true });
  mkdirSync(processes, { recursive: true });
  const code = await onTerminal(tool("jest"), jestArguments(options, output), { folder: root, environment });
  const tally = readReport(output);
  if (measured(options) && existsSync(join(results, "coverage-final.json"))) say(`lines covered: ${reportLines(results, processes, root)} %`);
  return { passed: tally.passed, failed: code === 0 ? tally.failed : Math.max(tally.failed, 1) };
}

/**
 * `slipway test`: types, import rules, then jest. Each runs even when an earlier one failed. The counts go to
 * coverage/tally.json (tally-long.json for the long suites). Returns the exit code.
 */
export async function test(options: TestOptions = {}): Promise<number> {
  const { bin } = await ensurePulumi();
  mkdirSync(results, { recursive: true });
  const judged = options.long ? { passed: 0, failed: 0 } : await judgements(bin);
  const ran = await jest(options, bin, join(results, options.long ? "jest-long.json" : "jest.json"));
  const total: Tally = { passed: judged.passed + ran.passed, failed: judged.failed + ran.failed };
  writeFileSync(join(results, options.long ? "tally-long.json" : "tally.json"), `${JSON.stringify(total)}\n`);
  return total.failed === 0 ? 0 : 1;
}
