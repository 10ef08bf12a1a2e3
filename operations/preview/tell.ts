import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../toolchain/paths.ts";
import { Problem } from "../../toolchain/problem.ts";
import { say } from "../../toolchain/progress.ts";
import { githubClient } from "../github/client.ts";
import type { GitHubClient } from "../github/client.ts";
import { checkOf } from "./check.ts";
import type { Check } from "./check.ts";
import { keepComments } from "./comment.ts";
import { partsOf } from "./parts.ts";
import { linesOf } from "./stack-lines.ts";
import type { Summary } from "./summary.ts";
import { targetOf } from "./target.ts";
import type { Target, TargetOptions } from "./target.ts";

export interface TellOptions extends TargetOptions {
  comment?: boolean | undefined;
  check?: boolean | undefined;
}

/** Annotations that GitHub takes in one request. */
const PAGE = 50;

/** Where to tell a preview, found before it runs: a slip of the pen costs no minute. @throws Problem */
export function teller(options: TellOptions, environment: NodeJS.ProcessEnv): (summary: Summary) => Promise<void> {
  if (options.comment !== true && options.check !== true) return async () => {};
  const target = targetOf(options, environment);
  const problems = [
    ...(options.comment === true && target.number === undefined ? ["--comment: there is no pull request to comment on, got an event without one; name it by --pull-request"] : []),
    ...(options.check === true && target.commit === undefined ? ["--check: there is no commit to check, got neither an event nor GITHUB_SHA; name it by --commit"] : []),
  ];
  if (problems.length > 0) throw new Problem(problems.join("\n"));
  const client = githubClient({ environment, wait: say });
  return async (summary) => {
    if (options.comment === true) await keepComments(client, target, summary.stack, partsOf(summary));
    if (options.check === true) await tellCheck(client, target, checkOf(summary, lineFinder(summary.stack)));
  };
}

/** One check run; GitHub takes its annotations in several requests. */
export async function tellCheck(client: GitHubClient, { commit = "", owner, repo }: Target, { annotations, conclusion, name, summary, text, title }: Check): Promise<void> {
  const output = (from: number) => ({ title, summary, ...(text === "" ? {} : { text }), annotations: annotations.slice(from, from + PAGE) });
  const { data: { id } } = await client.request("POST /repos/{owner}/{repo}/check-runs", { owner, repo, name, head_sha: commit, status: "completed", conclusion, output: output(0) });
  for (let from = PAGE; from < annotations.length; from += PAGE) {
    await client.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", { owner, repo, check_run_id: id, output: output(from) });
  }
}

function lineFinder(stack: string): ReturnType<typeof linesOf> {
  const file = join(root, `Pulumi.${stack}.yaml`);
  return linesOf(existsSync(file) ? readFileSync(file, "utf8") : "");
}
