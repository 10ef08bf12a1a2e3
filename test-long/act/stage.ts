import { spawn } from "node:child_process";
import { appendFileSync, chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import * as z from "zod";
import { pipelinesOf } from "../../components/workflows/families.ts";
import { renderWorkflow, scriptFiles } from "../../components/workflows/kit/index.ts";
import type { Repository } from "../../components/workflows/kit/index.ts";
import { workflows as schema } from "../../settings/schema/workflows/index.ts";
import { gitRepository } from "../../test/workflows/git-repository.ts";
import type { GitRepository } from "../../test/workflows/git-repository.ts";
import { repository as shop } from "../../test/workflows/repository.ts";
import { ensureJudges } from "../../toolchain/judges.ts";
import { gitHub } from "./github.ts";
import type { GitHub } from "./github.ts";
import type { State } from "./github-state.ts";
import type { Handlers } from "./github-api.ts";
import { readLog } from "./log.ts";
import type { Ran } from "./log.ts";
import { layOut } from "./stand-ins.ts";

export const TOKEN = "ghs_token-of-the-test";

export interface Scene {
  /** Options by family, as a stack's settings write them. */
  workflows: z.input<typeof schema>;
  /** Files of the repository besides, by path. */
  files?: Record<string, string>;
  repository?: Partial<Repository>;
  /** Further operations of GitHub's API, by operation id, or other answers than the usual. */
  handlers?: (state: State) => Handlers;
}

export interface Event {
  /** @default workflow_dispatch */
  event?: string;
  inputs?: Record<string, string | boolean | number>;
  /** Further fields of the event's payload. */
  payload?: Record<string, unknown>;
  secrets?: Record<string, string>;
  vars?: Record<string, string>;
  env?: Record<string, string>;
  /** What the run is for. @default refs/heads/main */
  ref?: string;
  /** What stand-ins answer, by action without its version: outputs, or why they fail. */
  actions?: Record<string, { outputs?: Record<string, string>; fails?: string }>;
  /** Other repositories that a job checks out, by `owner/name`. */
  repositories?: Record<string, GitRepository>;
}

export interface Stage {
  origin: GitRepository;
  github: GitHub;
  folder: string;
  /** Puts an executable before everything else on PATH; its text is the body of a bash script. */
  program(name: string, text: string): void;
  run(file: string, event?: Event): Promise<Ran>;
  /** The files of an artifact that the last run has left, by name. */
  artifact(name: string): string[];
}

const ends: (() => void)[] = [];
afterAll(() => ends.splice(0).forEach((end) => end()));

/** A repository with the files of some families, a GitHub for it, and act to run its workflows. Ends with the tests of the file. */
export async function stage({ workflows, files = {}, repository = {}, handlers }: Scene): Promise<Stage> {
  const [act] = await ensureJudges(["act"]);
  const folder = mkdtempSync(join(tmpdir(), "slipway-act-"));
  const [bin, actions, artifacts, home] = ["bin", "actions", "artifacts", "home"].map((name) => join(folder, name)) as [string, string, string, string];
  for (const each of [bin, actions, artifacts, home]) mkdirSync(each);
  const origin = gitRepository(join(folder, "origin"));
  const made = generated(workflows, shop(repository));
  origin.commit("chore: begin", { ...files, ...made });
  const github = await gitHub(origin, TOKEN, handlers);
  ends.push(() => (github.close(), rmSync(folder, { recursive: true, force: true })));
  const stands = layOut(Object.entries({ ...files, ...made }).filter(([path]) => path.endsWith(".yml")).map(([, text]) => text), actions);
  let runs = 0;
  return {
    origin,
    github,
    folder,
    program: (name, text) => {
      writeFileSync(join(bin, name), `#!/usr/bin/env bash\nset -euo pipefail\n${text}\n`);
      chmodSync(join(bin, name), 0o755);
    },
    artifact: (name) => (existsSync(join(artifacts, name)) ? readdirSync(join(artifacts, name), { recursive: true }).map(String).sort() : []),
    run: async (file, { event = "workflow_dispatch", inputs = {}, payload = {}, secrets = {}, vars = {}, env = {}, ref = "refs/heads/main", actions: answers = {}, repositories = {} } = {}) => {
      runs += 1;
      const room = join(folder, `run-${runs}`);
      const work = join(room, "work");
      const records = join(room, "records");
      mkdirSync(room);
      // Artifacts belong to a run: the next one finds none of them.
      rmSync(artifacts, { recursive: true });
      mkdirSync(artifacts);
      // What the workflow sees is what the stand-in of actions/checkout puts there: everything else is ignored here.
      origin.git("clone", "-q", "--no-hardlinks", origin.folder, work);
      origin.git("-C", work, "checkout", "-q", ...(ref.startsWith("refs/heads/") ? ["-B", ref.slice("refs/heads/".length)] : ["--detach"]), origin.git("rev-parse", `${ref}^{commit}`));
      origin.git("-C", work, "remote", "set-url", "origin", "https://github.com/acme/shop");
      writeFileSync(join(work, ".gitignore"), "*\n");
      writeFileSync(records, "");
      const full = { ref, inputs, repository: { name: "shop", full_name: "acme/shop", default_branch: "main", owner: { login: "acme" } }, sender: { login: "ada" }, ...payload };
      writeFileSync(join(room, "event.json"), JSON.stringify(full));
      writeFileSync(join(room, "secrets"), lines({ GITHUB_TOKEN: TOKEN, ...secrets }));
      writeFileSync(join(room, "vars"), lines(vars));
      const known = { "acme/shop": origin.folder, ...Object.fromEntries(Object.entries(repositories).map(([name, each]) => [name, each.folder])) };
      const environment = { GITHUB_API_URL: github.url, ACT_RECORDS: records, ACT_ANSWERS: JSON.stringify(answers), ACT_ARTIFACTS: artifacts, ACT_REPOSITORIES: JSON.stringify(known), GIT_CONFIG_GLOBAL: "/dev/null", ...env };
      writeFileSync(join(room, "env"), lines(environment));
      const args = [event, "-C", work, "-W", `.github/workflows/${file}`, "-e", join(room, "event.json"), "--secret-file", join(room, "secrets"), "--var-file", join(room, "vars"), "--env-file", join(room, "env"), "--actor", "ada"];
      const places = ["ubuntu-24.04", "ubuntu-latest", "ubuntu-24.04-arm", "macos-15", "windows-2025"].flatMap((name) => ["-P", `${name}=-self-hosted`]);
      const rest = [...stands.flatMap((stand) => ["--local-repository", stand]), "--no-skip-checkout", "--no-cache-server", "--action-cache-path", join(room, "cache"), "--json", "--concurrent-jobs", "2"];
      const path = [bin, dirname(process.execPath), process.env["PATH"]].join(delimiter);
      const ended = await output(act, [...args, ...places, ...rest], { PATH: path, HOME: home, LANG: "C.UTF-8" });
      appendFileSync(join(room, "log"), ended.text);
      const ran = readLog(ended.code, ended.text, readFileSync(records, "utf8"));
      if (github.problems.length > 0) throw new Error(`${github.problems.join("\n")}\n${ran.log}`);
      return ran;
    },
  };
}

/** Every file that the families make, by path. */
function generated(settings: z.input<typeof schema>, repository: Repository): Record<string, string> {
  const pipelines = pipelinesOf(schema.parse(settings), repository).map(([, pipeline]) => pipeline);
  const files = pipelines.flatMap((pipeline) => [
    ...pipeline.workflows.map((workflow): [string, string] => [`.github/workflows/${workflow.file}`, renderWorkflow(workflow)]),
    ...pipeline.workflows.flatMap(({ document }) => Object.entries(scriptFiles(document))),
    ...Object.entries(pipeline.files ?? {}),
  ]);
  return Object.fromEntries(files);
}

function lines(values: Record<string, string>): string {
  return Object.entries(values).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`).join("");
}

function output(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<{ code: number; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"], timeout: 10 * 60_000 });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
    child.stderr.setEncoding("utf8").on("data", (part: string) => (text += part));
    child.on("error", reject).on("close", (code) => resolve({ code: code ?? 1, text }));
  });
}
