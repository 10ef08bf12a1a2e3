import Table from "cli-table3";
import { existsSync, readFileSync } from "node:fs";
import { Problem } from "../../toolchain/problem.ts";
import { brokenLines } from "../audit/log.ts";
import { controllerOf } from "../../components/delivery/engine-settings.ts";
import { appliedWeights } from "./applied.ts";
import { flaggerLive } from "./flagger-live.ts";
import { flaggerStatus } from "./flagger-status.ts";
import type { RolloutStack } from "./stack.ts";
import { auditFile, inSession } from "./session.ts";
import type { SessionOptions } from "./session.ts";
import { standingOf } from "./standing.ts";
import type { Live, Standing } from "./standing.ts";

/** What `slipway status` prints as JSON. */
export interface Status {
  stable: Shown;
  candidate: Shown | null;
  /** `settled`, or the candidate's weight. */
  stage: string;
  /** Why the candidate may not rise; null where it may. */
  held: string | null;
  /** ISO 8601, UTC. */
  since: string;
  /** Image that a command asked for instead of the configuration's; null where the configuration decides. */
  asked: string | null;
  rejected: { revision: string; reason: string; at: string }[];
  /** Whether the cluster has the recorded weights, as far as the last update knows. */
  inCluster: boolean;
  /** What the controller says that owns the weights; absent where the stack owns them. */
  controller?: { phase: string; /** Per cent. */ weight: number; conditions: { type: string; status: string; reason: string; message: string }[] } | undefined;
}

interface Shown {
  revision: string;
  image: string;
  /** Per cent, as recorded. */
  weight: number;
  /** Per cent, as the last update gave it to the cluster; null where it has no route. */
  applied: number | null;
}

/** Pure. */
export function statusOf(standing: Standing, applied: Readonly<Record<string, number>>): Status {
  const { asked, candidate, held, rejected, since, stable } = standing;
  const shown = ({ id, image, weight }: Live): Shown => ({ revision: id, image, weight, applied: applied[id] ?? null });
  const live = [stable, ...(candidate === undefined ? [] : [candidate])];
  return {
    stable: shown(stable),
    candidate: candidate === undefined ? null : shown(candidate),
    stage: candidate === undefined ? "settled" : `${candidate.weight} %`,
    held: held ?? null,
    since: new Date(since * 1000).toISOString(),
    asked: asked?.image ?? null,
    rejected: rejected.map(({ at, id, reason }) => ({ revision: id, reason, at })),
    inCluster: live.every(({ id, weight }) => (applied[id] ?? 0) === weight),
  };
}

/** `slipway status`: where a release stands. Exit code 2 where record and cluster differ. */
export async function status(service: string, options: SessionOptions): Promise<number> {
  return inSession([service], options, async ({ settings, ports: { stack, commandLine } }) => {
    if (controllerOf(settings.services[service]?.rollout ?? {}) !== undefined) return told(service, await controlled(service, stack), options, "pulumi up");
    const release = (await stack.releases())[service];
    if (release === undefined) throw new Problem(`${service}: has no release in stack ${options.stack} yet; run pulumi up first`);
    const found = statusOf(standingOf(release), appliedWeights(await stack.exported(), service));
    return told(service, found, options, commandLine("rollout", service));
  });
}

function told(service: string, found: Status, { json }: SessionOptions, next: string): number {
  console.log(json === true ? JSON.stringify(found) : forPeople(service, found, next));
  return found.inCluster ? 0 : 2;
}

/** @throws Problem where Flagger's objects are not as Flagger writes them */
async function controlled(service: string, stack: RolloutStack): Promise<Status> {
  const objects = await flaggerLive(service, stack);
  try {
    return flaggerStatus(objects);
  } catch (error) {
    throw error instanceof RangeError ? new Problem(`${service}: ${error.message}`) : error;
  }
}

function forPeople(service: string, { asked, candidate, controller, held, inCluster, rejected, since, stable, stage }: Status, next: string): string {
  const table = new Table({ head: [service, "revision", "image", "recorded", "in the cluster"], style: process.stdout.isTTY ? {} : { head: [], border: [] } });
  for (const [role, shown] of [["stable", stable], ["candidate", candidate]] as const) {
    if (shown !== null) table.push([role, shown.revision, shown.image, `${shown.weight} %`, shown.applied === null ? "no route" : `${shown.applied} %`]);
  }
  return [
    table.toString(),
    `${stage} since ${since}${held === null ? "" : `, held: ${held}`}`,
    ...(controller === undefined ? [] : [`Flagger: ${controller.phase}, ${controller.weight} %`, ...controller.conditions.map(({ message, reason, status: state, type }) => `  ${type} ${state}, ${reason}: ${message}`)]),
    ...(asked === null ? [] : [`asked for by a command, instead of what the stack's file names: ${asked}`]),
    ...rejected.slice(0, 3).map(({ at, reason, revision }) => `rejected ${at}: ${revision}, ${reason}`),
    ...(inCluster ? [] : [controller === undefined ? `the cluster does not have what is recorded: a plain update brings it there (${next})` : "what the stack wants does not serve, and Flagger is not about to bring it there"]),
  ].join("\n");
}

/** `slipway history`: what drivers did, from the audit log. Exit code 2 where lines of it were changed or are missing. */
export async function history(service: string, options: SessionOptions): Promise<number> {
  const file = auditFile(options);
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const lines = text.split("\n").filter((line) => line !== "");
  const broken = brokenLines(text);
  for (const line of lines.filter((each) => each.includes(`"service":${JSON.stringify(service)}`))) console.log(options.json === true ? line : `${readable(line)}`);
  if (lines.length === 0) console.error(`${file}: no driver has written anything yet`);
  if (broken.length > 0) console.error(`${file}: was changed or lost lines before line ${broken.slice(0, 5).join(", ")}; compare it with a copy`);
  return broken.length > 0 ? 2 : 0;
}

function readable(line: string): string {
  const { at, event, service: _, before: __, indicators: ___, ...rest }: Record<string, unknown> = JSON.parse(line);
  return `${String(at)}  ${String(event).padEnd(11)}  ${Object.entries(rest).map(([key, value]) => `${key} ${typeof value === "string" ? value : JSON.stringify(value)}`).join(", ")}`;
}
