import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "../../toolchain/paths.ts";
import { Problem } from "../../toolchain/problem.ts";
import { parseAuditLog } from "../audit/events.ts";
import type { AuditEvent } from "../audit/events.ts";
import { stackSettings } from "../stacks/stackSettings.ts";
import { commitTimes } from "./commitTimes.ts";
import { deliverySamples } from "./deliverySamples.ts";
import { exposition } from "./exposition.ts";
import type { Sample } from "./exposition.ts";
import { packageHistories } from "./packageHistories.ts";
import { packageSamples } from "./packageSamples.ts";
import { push } from "./push.ts";
import { openReader } from "./stackReader.ts";
import { namespacesIn, releasesIn } from "./stackState.ts";
import type { RecordedReleases } from "./stackState.ts";
import { writeWhole } from "./writeWhole.ts";

export interface MetricsOptions {
  stack: string;
  /** File for node_exporter's textfile collector. @default standard output */
  out?: string;
  /** Address of a Pushgateway. @default not pushed */
  push?: string;
  /** Rollouts' audit log, JSON lines. @default none */
  audit?: string;
  /** Folder with checkouts of the repositories that collect release metrics. @default none */
  checkouts?: string;
  /** Read the embedded cloud's stack. @default false */
  sandbox?: boolean;
  /** The samples as JSON on standard output. @default Prometheus' text format */
  json?: boolean;
}

/** `slipway metrics`: what the stack knows of its releases, for Prometheus. Returns the exit code. */
export async function metrics(options: MetricsOptions): Promise<number> {
  const { stack, out, json = false } = options;
  const name = stack.split("/").at(-1) ?? stack;
  if (out !== undefined && !out.endsWith(".prom")) throw new Problem(`--out: the collector reads only files whose name ends in .prom, got "${out}"; write ${out}.prom`);
  const samples = [...await deliveryOf(name, options), ...await packagesOf(name, options)];
  const text = exposition(samples);
  if (out !== undefined) writeWhole(resolve(out), text);
  if (options.push !== undefined) await push(options.push, name, text);
  if (json) process.stdout.write(`${JSON.stringify(samples, undefined, 2)}\n`);
  else if (out === undefined && options.push === undefined) process.stdout.write(text);
  return 0;
}

async function deliveryOf(name: string, { stack, sandbox = false, audit }: MetricsOptions): Promise<Sample[]> {
  const events = auditEvents(audit);
  const reader = await openReader(sandbox);
  try {
    const [outputs, updates] = [await reader.outputs(stack), await reader.updates(stack)];
    return deliverySamples({
      stack: name,
      releases: recordIn(outputs),
      namespaces: namespacesIn(outputs),
      updates,
      commitTimes: await commitTimes(root, updates.flatMap(({ commit }) => commit ?? [])),
      audit: events,
      now: Math.floor(Date.now() / 1000),
    });
  } finally {
    await reader.close();
  }
}

async function packagesOf(name: string, { checkouts }: MetricsOptions): Promise<Sample[]> {
  if (checkouts === undefined) return [];
  const histories = await packageHistories(resolve(checkouts), stackSettings(name));
  return Object.entries(histories).flatMap(([repository, text]) => packageSamples(name, repository, text));
}

function auditEvents(file: string | undefined): AuditEvent[] {
  if (file === undefined) return [];
  if (!existsSync(file)) throw new Problem(`--audit: there is no such file, got "${file}"; leave the option out where no rollout has run yet`);
  return parseAuditLog(readFileSync(file, "utf8"));
}

function recordIn(outputs: Readonly<Record<string, unknown>>): RecordedReleases {
  try {
    return releasesIn(outputs);
  } catch (error) {
    throw error instanceof RangeError ? new Problem(error.message) : error;
  }
}
