import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Sections } from "../../settings/index.ts";
import { command } from "../../toolchain/command.ts";
import { Problem } from "../../toolchain/problem.ts";
import { say } from "../../toolchain/progress.ts";

export const HISTORY_FILE = "release-metrics.jsonl";

/**
 * Text of the history that each repository's workflow `releaseMetrics` keeps, by repository, read from the checkouts `<folder>/<repository>`.
 * A checkout that lacks it is told of and left out: the others are worth having.
 * @throws Problem when no repository has such a workflow, or the folder is not there
 */
export async function packageHistories(folder: string, { repositories }: Sections, tell: (line: string) => void = say): Promise<Record<string, string>> {
  const branches = Object.entries(repositories).flatMap(([name, settings]) => {
    const branch = "workflows" in settings ? settings.workflows?.releaseMetrics?.branch : undefined;
    return branch === undefined ? [] : [[name, branch] as const];
  });
  if (branches.length === 0) throw new Problem("--checkouts: no repository of the stack collects such figures; declare workflows.releaseMetrics for one, or leave the option out");
  if (!existsSync(folder)) throw new Problem(`--checkouts: there is no such folder, got "${folder}"; name the folder that holds ${branches.map(([name]) => name).join(", ")}`);
  const histories: Record<string, string> = {};
  for (const [name, branch] of branches) {
    const text = await historyIn(join(folder, name), branch);
    if (text === undefined) tell(`${name}: has no ${HISTORY_FILE} on branch ${branch} in ${join(folder, name)}; run git fetch origin ${branch} there`);
    else histories[name] = text;
  }
  return histories;
}

/** The remote's branch before the local one, which nobody updates. */
async function historyIn(folder: string, branch: string): Promise<string | undefined> {
  if (!existsSync(folder)) return undefined;
  for (const reference of [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`]) {
    const { code, stdout } = await command("git", ["show", `${reference}:${HISTORY_FILE}`], { folder });
    if (code === 0) return stdout;
  }
  return undefined;
}
