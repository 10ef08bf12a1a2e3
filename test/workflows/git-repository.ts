import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface GitRepository {
  folder: string;
  git(...args: string[]): string;
  /** Writes the files and commits; answers the commit. Its time is a minute after the last one's. */
  commit(message: string, files?: Record<string, string>): string;
  tag(name: string): void;
}

/** A new repository with the branch main, no remote and no commit yet. */
export function gitRepository(folder: string): GitRepository {
  mkdirSync(folder, { recursive: true });
  let minute = 0;
  const git = (...args: string[]): string => execFileSync("git", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], env: environment(minute) }).trimEnd();
  git("init", "-q", "-b", "main");
  return {
    folder,
    git,
    commit: (message, files = {}) => {
      minute += 1;
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
      git("add", "--all");
      git("commit", "-q", "--allow-empty", "--no-gpg-sign", "-m", message);
      return git("rev-parse", "HEAD");
    },
    tag: (name) => void git("tag", "--no-sign", name),
  };
}

function environment(minute: number): NodeJS.ProcessEnv {
  const date = new Date(Date.UTC(2026, 0, 5, 8, minute)).toISOString();
  const person = { GIT_AUTHOR_NAME: "Ada", GIT_AUTHOR_EMAIL: "ada@example.com", GIT_COMMITTER_NAME: "Ada", GIT_COMMITTER_EMAIL: "ada@example.com" };
  return { PATH: process.env["PATH"], ...person, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
}
