import { existsSync } from "node:fs";
import { table } from "../../components/workflows/kit/actions-table.ts";

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Job {
  name?: string;
  needs?: string | string[];
  if?: string;
  uses?: string;
  secrets?: unknown;
  environment?: unknown;
  permissions?: Record<string, string> | null;
  concurrency?: { "cancel-in-progress"?: unknown };
  "runs-on"?: unknown;
  "timeout-minutes"?: number;
  strategy?: { matrix?: Record<string, unknown> };
  steps?: Step[];
}

/** A workflow's file as GitHub reads it. */
export interface Document {
  on?: unknown;
  permissions?: unknown;
  concurrency?: { "cancel-in-progress"?: unknown };
  jobs: Record<string, Job>;
}

/** Says what breaks the law, one text each; none: nothing does. */
type Law = (document: Document, text: string) => string[];

const versions = new Map<string, { version: string; sha: string }>(Object.entries(table));
const scripts = new URL("../../components/workflows/scripts/", import.meta.url);
const writes = ["contents", "packages", "id-token"];

/** What holds for every workflow that the kit makes. */
export const laws: Record<string, Law> = {
  "every action is pinned to the commit of the table, with its version beside it": (_, text) =>
    [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, use = ""]) => use).filter((use) => !use.startsWith("./") && !pinned(use)),

  "the workflow's own token may do nothing": ({ permissions }) => (JSON.stringify(permissions) === "{}" ? [] : [`permissions: ${JSON.stringify(permissions)}`]),

  "every job says what its token may do": ({ jobs }) => named(jobs).filter(([, { permissions }]) => typeof permissions !== "object").map(([id]) => id),

  "every job ends by itself": ({ jobs }) => named(jobs).filter(([, job]) => job.steps && !(Number(job["timeout-minutes"]) > 0 && Number(job["timeout-minutes"]) <= 360)).map(([id]) => id),

  "no expression stands inside a command": ({ jobs }) => steps(jobs).filter(([, { run }]) => run?.includes("${{")).map(([id, { run }]) => `${id}: ${run}`),

  "no checkout leaves its token behind": ({ jobs }) => steps(jobs).filter(([, step]) => isCheckout(step) && step.with?.["persist-credentials"] !== false).map(([id, { name }]) => `${id}: ${name}`),

  "a job that calls a script has checked out before": ({ jobs }) =>
    named(jobs).flatMap(([id, { steps: all = [] }]) => {
      const first = all.findIndex(({ run }) => run?.includes(".github/scripts/"));
      return first !== -1 && !all.slice(0, first).some(isCheckout) ? [id] : [];
    }),

  "every script that is called is there": (_, text) => [...text.matchAll(/\.github\/scripts\/([\w./-]+\.(?:mjs|sh|ps1|py))/g)].map(([, name = ""]) => name).filter((name) => !existsSync(new URL(name, scripts))),

  "nothing that publishes or deploys is cancelled half way": ({ concurrency, jobs }) =>
    named(jobs).flatMap(([id, job]) => {
      const changes = job.environment !== undefined || writes.some((scope) => job.permissions?.[scope] === "write");
      const cancels = [concurrency, job.concurrency].map((each) => each?.["cancel-in-progress"]);
      return changes && cancels.some((each) => each === true || (typeof each === "string" && !onlyPullRequests(each, job))) ? [id] : [];
    }),

  "every workflow queues or cancels in a group": ({ concurrency }) => (concurrency === undefined ? ["no concurrency"] : []),

  "secrets are handed on one by one": ({ jobs }) => named(jobs).filter(([, { secrets }]) => typeof secrets === "string").map(([id]) => id),

  "every runner is GitHub's own": ({ jobs }) =>
    named(jobs).flatMap(([id, job]) => {
      const matrix = Object.values(job.strategy?.matrix ?? {}).flat().flatMap((value) => (typeof value === "string" ? [value] : Object.values(value ?? {}).map(String)));
      const places = String(job["runs-on"] ?? "ubuntu-24.04").startsWith("${{") ? matrix.filter((each) => /self-hosted/.test(each)) : [job["runs-on"] ?? "ubuntu-24.04"].flat().filter((each) => !/^(ubuntu|macos|windows)-/.test(String(each)));
      return places.map((place) => `${id}: ${place}`);
    }),

  "every job and every step has a name": ({ jobs }) => [...named(jobs).filter(([, { name }]) => !name).map(([id]) => id), ...steps(jobs).filter(([, { name }]) => !name).map(([id, { run, uses }]) => `${id}: ${run ?? uses}`)],

  "a job waits for jobs that are there": ({ jobs }) => named(jobs).flatMap(([id, { needs = [] }]) => [needs].flat().filter((need) => !(need in jobs)).map((need) => `${id} needs ${need}`)),

  "a secret is in the one step that needs it": ({ jobs }) =>
    named(jobs).flatMap(([id, { steps: _, secrets: __, ...job }]) => (JSON.stringify(job).includes("secrets.") ? [id] : [])),
};

function pinned(use: string): boolean {
  const [, action = "", sha = "", version = ""] = /^([\w.-]+\/[\w.-]+)(?:\/[\w./-]+)?@([0-9a-f]{40}) # (\S+)$/.exec(use) ?? [];
  const known = versions.get(action);
  return known !== undefined && known.sha === sha && known.version === version;
}

function onlyPullRequests(expression: string, { if: condition = "" }: Job): boolean {
  return expression === "${{ github.event_name == 'pull_request' }}" && /event_name|github\.ref|\bref_type|inputs\.|needs\./.test(condition);
}

function isCheckout({ uses = "" }: Step): boolean {
  return uses.startsWith("actions/checkout@");
}

function named(jobs: Document["jobs"]): [string, Job][] {
  return Object.entries(jobs);
}

function steps(jobs: Document["jobs"]): [string, Step][] {
  return named(jobs).flatMap(([id, job]) => (job.steps ?? []).map((step): [string, Step] => [id, step]));
}
