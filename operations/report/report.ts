import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { serviceLevel } from "../../components/delivery/service-level.ts";
import type { Sections } from "../../settings/index.ts";
import { root } from "../../toolchain/paths.ts";
import { Problem } from "../../toolchain/problem.ts";
import { parseAuditLog } from "../audit/events.ts";
import { brokenLines } from "../audit/log.ts";
import { commitTimes } from "../metrics/commitTimes.ts";
import type { Update } from "../metrics/releaseRuns.ts";
import { openReader } from "../metrics/stackReader.ts";
import { writeWhole } from "../metrics/writeWhole.ts";
import { prometheus } from "../rollout/prometheus.ts";
import { auditFile } from "../rollout/session.ts";
import { openPulumi } from "../stacks/open.ts";
import { stackSettings } from "../stacks/stackSettings.ts";
import { askLevels } from "./askLevels.ts";
import { readFindings } from "./findings.ts";
import { reportModel } from "./model.ts";
import type { ReportInputs } from "./model.ts";
import { page } from "./page/page.ts";
import { count } from "./page/words.ts";
import type { FindingsReport, Looked, ReportModel } from "./types.ts";

export interface ReportOptions {
  stack: string;
  /** Of the embedded cloud. @default false */
  sandbox?: boolean;
  /** Where the page goes. @default report.html; no page where only JSON is asked for */
  out?: string;
  /** The report as JSON on standard output. @default false */
  json?: boolean;
  /** Web address of Prometheus. @default the stack's setting */
  prometheus?: string;
  /** Rollouts' audit log. @default where drivers of this machine write it */
  audit?: string;
  /** What `slipway drift --json` printed. @default drift is not looked at */
  drift?: string;
  /** What `slipway policy --json` printed. @default policies are not looked at */
  policy?: string;
}

const OUT = "report.html";

/** `slipway report`: everything about a stack on one page. Returns the exit code. */
export async function report(options: ReportOptions): Promise<number> {
  const { json = false, out } = options;
  const model = checked(await gather(options));
  if (json) process.stdout.write(`${JSON.stringify(model, undefined, 2)}\n`);
  if (json && out === undefined) return 0;
  const file = resolve(out ?? OUT);
  writeWhole(file, page(model, readFileSync(join(import.meta.dirname, "page", "page.css"), "utf8")));
  if (!json) console.log(`${file}: ${count(model.services.length, "service")}, ${count(model.systems.length, "repository", "repositories")}; ${needing(model.attention.length)}`);
  return 0;
}

function needing(matters: number): string {
  return matters === 0 ? "nothing needs anybody" : `${count(matters, "matter needs", "matters need")} somebody`;
}

async function gather(options: ReportOptions): Promise<ReportInputs> {
  const { policy, sandbox = false, stack } = options;
  const name = stack.split("/").at(-1) ?? stack;
  const own = `--stack ${stack}${sandbox ? " --sandbox" : ""}`;
  const drift = findingsOf({ option: "--drift", file: options.drift, stack: name }, `run slipway drift ${own} --json > drift.json and name the file by --drift`);
  const policies = findingsOf({ option: "--policy", file: policy, stack: name }, `run slipway policy ${own} --json > policy.json and name the file by --policy`);
  const audit = auditOf(auditFile({ ...options, stack: name }), options.audit !== undefined);
  const settings = stackSettings(name);
  const now = Math.floor(Date.now() / 1000);
  const exported = await exportedOf(stack, sandbox);
  const updates = await updatesOf(stack, sandbox);
  const commits = updates.kind === "found" ? updates.value.flatMap(({ commit }) => commit ?? []) : [];
  return {
    stack: name, now, exported, settings, updates, audit, drift, policy: policies,
    commitTimes: await commitTimes(root, commits),
    answers: await answersOf(settings, options.prometheus ?? settings.prometheus?.url, now),
  };
}

async function exportedOf(stack: string, sandbox: boolean): Promise<unknown> {
  const opened = await openPulumi(stack, { sandbox });
  try {
    return await opened.exported();
  } finally {
    await opened.close();
  }
}

/** A history that cannot be read takes only the figures from the report. */
async function updatesOf(stack: string, sandbox: boolean): Promise<Looked<readonly Update[]>> {
  const reader = await openReader(sandbox);
  try {
    return { kind: "found", value: await reader.updates(stack) };
  } catch (error) {
    if (error instanceof Problem) return { kind: "unknown", why: error.message };
    throw error;
  } finally {
    await reader.close();
  }
}

async function answersOf({ services }: Sections, url: string | undefined, now: number): Promise<ReportInputs["answers"]> {
  if (url === undefined) return { kind: "unknown", why: "name a Prometheus by --prometheus <url>, or in the stack's file as slipway:prometheus" };
  const levels = Object.entries(services).map(([name, service]) => serviceLevel(name, service));
  return askLevels(levels, prometheus({ url, token: process.env["SLIPWAY_PROMETHEUS_TOKEN"] }), now);
}

function auditOf(file: string, named: boolean): ReportInputs["audit"] {
  if (existsSync(file)) {
    const text = readFileSync(file, "utf8");
    return { kind: "found", value: { events: parseAuditLog(text), brokenLines: brokenLines(text) } };
  }
  if (named) throw new Problem(`--audit: there is no such file, got "${file}"; leave the option out where no rollout has run yet`);
  return { kind: "unknown", why: "no driver of this machine has written an audit log; name one by --audit" };
}

interface FindingsFile {
  option: string;
  file: string | undefined;
  stack: string;
}

function findingsOf({ file, option, stack }: FindingsFile, why: string): Looked<FindingsReport> {
  if (file === undefined) return { kind: "unknown", why };
  if (!existsSync(file)) throw new Problem(`${option}: there is no such file, got "${file}"; ${why}`);
  const found = readFindings(jsonIn(option, file));
  if (found === undefined) throw new Problem(`${option}: holds no list of findings, got "${file}"; ${why}`);
  const { stack: about = stack, ...value } = found;
  if (about.split("/").at(-1) !== stack) throw new Problem(`${option}: is about another stack than ${stack}, got "${about}"; ${why}`);
  return { kind: "found", value };
}

function jsonIn(option: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Problem(`${option}: is no JSON, got "${file}"; write it with --json`);
    throw error;
  }
}

function checked(inputs: ReportInputs): ReportModel {
  try {
    return reportModel(inputs);
  } catch (error) {
    throw error instanceof RangeError ? new Problem(error.message) : error;
  }
}
