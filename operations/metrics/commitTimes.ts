import { command } from "../../toolchain/command.ts";

const AT_ONCE = 500;

/** When commits were made, seconds since 1970. What the repository in the folder does not know is left out; so is all where there is none. */
export async function commitTimes(folder: string, commits: readonly string[]): Promise<Map<string, number>> {
  const asked = [...new Set(commits)].filter((commit) => /^[0-9a-f]{40,64}$/.test(commit));
  const times = new Map<string, number>();
  for (let at = 0; at < asked.length; at += AT_ONCE) {
    const { code, stdout } = await command("git", ["log", "--no-walk=unsorted", "--ignore-missing", "--format=%H %ct", ...asked.slice(at, at + AT_ONCE), "--"], { folder });
    if (code !== 0) return times;
    for (const line of stdout.split("\n")) {
      const [commit = "", made] = line.split(" ");
      if (asked.includes(commit)) times.set(commit, Number(made));
    }
  }
  return times;
}
