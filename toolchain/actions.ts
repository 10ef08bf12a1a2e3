import { readFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command.ts";
import { root } from "./paths.ts";
import { Problem } from "./problem.ts";
import { say } from "./progress.ts";

/** An action as the table has it. */
export interface Pin {
  /** `owner/name`. */
  action: string;
  version: string;
  sha: string;
}

/** What upstream says of a pin: the commit that its tag names now, undefined where there is no such tag, or why nobody could say. */
export type Upstream = { commit: string | undefined } | { unreachable: string };

const tablePath = "components/workflows/kit/actions-table.ts";
const line = /^ {2}"([\w.-]+\/[\w.-]+)": \{ version: "([^"]+)", sha: "([0-9a-f]{40})" \},$/;

/** How many are asked at a time, and for how long at most. */
const atOnce = 6;
const limit = 30_000;

/** Reads the table as text, since the toolchain works where the program does not. @throws Problem at a line that it does not understand. */
export function readPins(text: string): Pin[] {
  const [, body = ""] = /export const table = \{\n([^]*?)^\} as const;/m.exec(text) ?? [];
  const pins = body.split("\n").filter((each) => each.trim() !== "").map((each) => {
    const [, action, version, sha] = line.exec(each) ?? [];
    if (action === undefined || version === undefined || sha === undefined) throw new Problem(`${tablePath}: is not an action with version and sha, got "${each.trim()}"; write it as the other lines`);
    return { action, version, sha };
  });
  if (pins.length === 0) throw new Problem(`${tablePath}: has no actions, got no line between "export const table = {" and "} as const;"; see whether the table has moved`);
  return pins;
}

/** Asks the action's repository for the tag. An annotated tag is a thing of its own: its commit is what `^{}` names. */
export async function askUpstream({ action, version }: Pin, host: string): Promise<Upstream> {
  const tag = `refs/tags/${version}`;
  const environment = { ...process.env, GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
  const done = await command("git", ["ls-remote", `${host}/${action}`, tag, `${tag}^{}`], { environment, limit });
  if (done.code === 124) return { unreachable: `no answer in ${limit / 1000} s` };
  if (done.code !== 0) return { unreachable: done.stderr.trim().split("\n")[0] || `exit code ${done.code}` };
  const refs = new Map(done.stdout.trim().split("\n").map((each) => each.split("\t")).map(([sha = "", ref = ""]) => [ref, sha]));
  return { commit: refs.get(`${tag}^{}`) ?? refs.get(tag) };
}

/** What is wrong with a pin, in one sentence; undefined where upstream agrees. */
export function verdict({ action, version, sha }: Pin, upstream: Upstream): string | undefined {
  if ("unreachable" in upstream) return `${action}: upstream cannot be asked, got "${upstream.unreachable}"; run this where it can be reached`;
  if (upstream.commit === undefined) return `${action}: has no tag ${version} upstream, got none; choose a release that is there`;
  if (upstream.commit !== sha) return `${action}: tag ${version} is not the commit of the table, got ${upstream.commit}; find out why it moved before you write it instead of ${sha}`;
  return undefined;
}

export interface ActionsOptions {
  json?: boolean;
  /** Where the actions' repositories are. @default https://github.com */
  host?: string;
  /** The table's text. @default the table of this project */
  table?: string;
}

/** `slipway actions`: 0 when every pin is what upstream says, 2 when one differs, 1 when one cannot be asked. */
export async function actions({ json = false, host = "https://github.com", table = readFileSync(join(root, tablePath), "utf8") }: ActionsOptions): Promise<number> {
  const waiting = readPins(table).entries();
  const results: { pin: Pin; upstream: Upstream; problem: string | undefined }[] = [];
  const worker = async () => {
    for (const [at, pin] of waiting) {
      const upstream = await askUpstream(pin, host.replace(/\/+$/, ""));
      results[at] = { pin, upstream, problem: verdict(pin, upstream) };
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const problems = results.flatMap(({ problem }) => problem ?? []);
  if (json) process.stdout.write(`${JSON.stringify(results.map(({ pin, upstream, problem }) => ({ ...pin, ...upstream, ...(problem !== undefined && { problem }) })), undefined, 2)}\n`);
  else problems.forEach(say);
  const differ = results.filter(({ upstream, problem }) => problem !== undefined && "commit" in upstream).length;
  const unknown = problems.length - differ;
  if (!json) say(`${results.length} actions: ${results.length - problems.length} as upstream has them, ${differ} not, ${unknown} not asked`);
  return differ > 0 ? 2 : unknown > 0 ? 1 : 0;
}
