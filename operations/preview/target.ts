import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { Problem } from "../../toolchain/problem.ts";

export interface TargetOptions {
  /** `owner/name`. @default GITHUB_REPOSITORY */
  repository?: string | undefined;
  /** The pull request's number. @default the one of the event that started the workflow */
  pullRequest?: string | undefined;
  /** The commit that a check run is about. @default the pull request's last, or GITHUB_SHA */
  commit?: string | undefined;
}

/** Where a preview is told. */
export interface Target {
  owner: string;
  repo: string;
  /** Of the pull request. */
  number?: number | undefined;
  commit?: string | undefined;
}

const head = z.object({ number: z.int(), head: z.object({ sha: z.string() }).optional() });
const event = z.object({ pull_request: head.optional(), issue: z.object({ number: z.int(), pull_request: z.unknown().optional() }).optional() });

/** What the command line says, else what the workflow's event says. @throws Problem with everything that is wrong */
export function targetOf(options: TargetOptions, environment: NodeJS.ProcessEnv): Target {
  const given = options.repository ?? environment["GITHUB_REPOSITORY"] ?? "";
  const [, owner, repo] = /^([A-Za-z0-9_.-]+)\/([A-Za-z0-9_.-]+)$/.exec(given) ?? [];
  const { commit, number } = eventOf(environment);
  const asked = options.pullRequest;
  const problems = [
    ...(owner === undefined ? [`--repository: is no repository of GitHub, got "${given}"; write owner/name`] : []),
    ...(asked !== undefined && !/^[1-9]\d{0,9}$/.test(asked) ? [`--pull-request: is no number, got "${asked}"; write the pull request's number`] : []),
    ...(options.commit !== undefined && !/^[0-9a-f]{40}$/.test(options.commit) ? [`--commit: is no commit, got "${options.commit}"; write its 40 digits`] : []),
  ];
  if (problems.length > 0 || owner === undefined || repo === undefined) throw new Problem(problems.join("\n"));
  return { owner, repo, number: asked === undefined ? number : Number(asked), commit: options.commit ?? commit };
}

/** A workflow's merge commit is in nobody's branch: the check belongs to the pull request's own last commit. */
function eventOf(environment: NodeJS.ProcessEnv): { number?: number | undefined; commit?: string | undefined } {
  const file = environment["GITHUB_EVENT_PATH"] ?? "";
  const fallback = environment["GITHUB_SHA"] || undefined;
  if (file === "" || !existsSync(file)) return { commit: fallback };
  const parsed = event.safeParse(readJson(file));
  if (!parsed.success) throw new Problem(`GITHUB_EVENT_PATH: is no event of GitHub, got ${file}; name the pull request by --pull-request`);
  const { issue, pull_request: pull } = parsed.data;
  return { number: pull?.number ?? (issue?.pull_request === undefined ? undefined : issue.number), commit: pull?.head?.sha ?? fallback };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
