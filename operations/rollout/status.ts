import Table from "cli-table3";
import { existsSync, readFileSync } from "node:fs";
import { Problem } from "../../toolchain/problem.ts";
import { brokenLines } from "../audit/log.ts";
import { appliedWeights } from "./applied.ts";
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
  return inSession([service], options, async ({ ports: { stack, commandLine } }) => {
    const release = (await stack.releases())[service];
    if (release === undefined) throw new Problem(`${service}: has no release in stack ${options.stack} yet; run pulumi up first`);
    const found = statusOf(standingOf(release), appliedWeights(await stack.exported(), service));
    console.log(options.json === true ? JSON.stringify(found) : forPeople(service, found, commandLine("rollout", service)));
    return found.inCluster ? 0 : 2;
  });
}

function forPeople(service: string, { asked, candidate, held, inCluster, rejected, since, stable, stage }: Status, next: string): string {
  const table = new Table({ head: [service, "revision", "image", "recorded", "in the cluster"], style: process.stdout.isTTY ? {} : { head: [], border: [] } });
  for (const [role, shown] of [["stable", stable], ["candidate", candidate]] as const) {
    if (shown !== null) table.push([role, shown.revision, shown.image, `${shown.weight} %`, shown.applied === null ? "no route" : `${shown.applied} %`]);
  }
  return [
    table.toString(),
    `${stage} since ${since}${held === null ? "" : `, held: ${held}`}`,
    ...(asked === null ? [] : [`asked for by a command, instead of what the stack's file names: ${asked}`]),
    ...rejected.slice(0, 3).map(({ at, reason, revision }) => `rejected ${at}: ${revision}, ${reason}`),
    ...(inCluster ? [] : [`the cluster does not have what is recorded: a plain update brings it there (${next})`]),
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
