import { readFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { parse } from "yaml";
import { parseReleases, RECORD } from "../../components/delivery/record-format.ts";
import { repositoryName } from "../../components/delivery/service-settings.ts";
import type { Sections } from "../../settings/index.ts";
import { PLANNED_AT } from "../../settings/planned-at.ts";
import { root } from "../../toolchain/paths.ts";
import { Problem } from "../../toolchain/problem.ts";
import { say, ticking } from "../../toolchain/progress.ts";
import { policyResults } from "../policy/results.ts";
import type { OpenStack } from "../stacks/open.ts";
import { stackSettings } from "../stacks/stackSettings.ts";
import { isRecord } from "../unknown.ts";
import { digestOf } from "./digest.ts";
import { parseEvents } from "./events.ts";
import type { Events, PolicyResult } from "./events.ts";
import { releaseViews } from "./release-view.ts";
import { stepsOf } from "./step.ts";
import { summarize } from "./summary.ts";
import type { Summary } from "./summary.ts";
import { shown } from "./values.ts";

export interface PreviewOptions {
  stack: string;
  sandbox?: boolean | undefined;
  refresh?: boolean | undefined;
  policyPack?: string[] | undefined;
}

/** What the engine needs besides: the moment of the plan, so that two runs of it write the same, and what starts a pack's language. */
export function planEnvironment({ environment }: OpenStack, { policyPack = [] }: PreviewOptions, plannedAt: string): NodeJS.ProcessEnv {
  const path = [...policyPack.map((folder) => resolve(folder)), environment["PATH"] ?? ""].join(delimiter);
  return { [PLANNED_AT]: plannedAt, PATH: path, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true", PULUMI_EXPERIMENTAL: "true" };
}

/** Arguments that a preview and its update share. */
export function sharedArguments({ policyPack = [], refresh = false, stack }: PreviewOptions): string[] {
  return ["--stack", stack, "--non-interactive", ...(refresh ? ["--refresh"] : []), ...policyPack.flatMap((folder) => ["--policy-pack", resolve(folder)])];
}

/** Runs the engine's preview and sums it up; `plan` is a file for its plan. What fails is part of the summary. */
export async function runPreview(opened: OpenStack, options: PreviewOptions, { plan, plannedAt }: { plan?: string | undefined; plannedAt: string }): Promise<Summary> {
  const { stack } = options;
  const settings = readSettings(stack);
  if (Array.isArray(settings)) return failed(stack, settings);
  const args = ["preview", "--json", ...sharedArguments(options), ...(plan === undefined ? [] : ["--save-plan", plan])];
  const { code, stderr, stdout } = await ticking(say, () => `previewing ${stack}`, () => opened.run(args, planEnvironment(opened, options, plannedAt)));
  const events = parseEvents(stdout);
  const policies = options.policyPack === undefined ? judged(events, new Date(plannedAt)) : events.policies;
  const isFailed = code !== 0 || events.result !== "succeeded" || policies.some(({ level }) => level === "mandatory");
  const digest = isFailed ? undefined : digestOf({ events, plannedAt, file: parse(readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8")), exported: await opened.exported() });
  return summarize({
    stack, digest, policies,
    warnings: events.warnings,
    errors: isFailed ? reasons({ ...events, policies }, stderr) : [],
    steps: stepsOf(events.steps),
    known: { repositories: Object.fromEntries(Object.entries(settings.services).map(([service, each]) => [service, repositoryName(each)])) },
    releases: releases(events, settings, new Date(plannedAt)),
  });
}

function failed(stack: string, errors: string[]): Summary {
  return summarize({ stack, errors, steps: [], known: { repositories: {} }, releases: [], policies: [], warnings: [] });
}

/** The stack's file, or what is wrong with it. */
function readSettings(stack: string): Sections | string[] {
  try {
    return stackSettings(stack);
  } catch (error) {
    if (error instanceof Problem) return error.message.split("\n");
    throw error;
  }
}

function releases({ result, steps }: Events, { services }: Sections, now: Date): Summary["releases"] {
  const stack = steps.find(({ op, type }) => type === "pulumi:pulumi:Stack" && op !== "refresh");
  if (stack === undefined || result !== "succeeded") return [];
  const [before, after] = [stack.old, stack.new].map((state) => shown(state?.outputs ?? {}, stack.type)[RECORD]);
  return isRecord(after) ? releaseViews(parseReleases(before), parseReleases(after), services, now) : [];
}

/** What the house's own policies say where no pack was asked for; the engine judges nothing then. */
function judged({ config, result, steps }: Events, now: Date): PolicyResult[] {
  if (result !== "succeeded") return [];
  const { findings } = policyResults({ config, steps: steps.filter(({ op }) => op !== "refresh") }, now);
  return findings.map(({ message, policy, resource, severity, urn }) => ({ pack: "slipway", policy, level: severity, urn, message: `${resource}: ${message}` }));
}

/** The engine's words, or its last ones where it had no time for an event. */
function reasons({ errors, policies }: Events, stderr: string): string[] {
  const said = stderr.split("\n").filter((line) => /^error: /.test(line)).map((line) => line.slice("error: ".length));
  const found = [...new Set([...errors, ...said])];
  if (found.length > 0) return found;
  if (policies.some(({ level }) => level === "mandatory")) return ["a policy does not allow it"];
  return [stderr.trim().split("\n").at(-1) || "the engine gave no reason; run pulumi preview to see more"];
}
