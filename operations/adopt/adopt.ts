import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { root, sandboxFolders } from "../../toolchain/paths.ts";
import { Problem } from "../../toolchain/problem.ts";
import { githubClient } from "../github/client.ts";
import type { GitHubClient } from "../github/client.ts";
import { openPulumi } from "../stacks/open.ts";
import { stackSettings } from "../stacks/stackSettings.ts";
import { kubectlReader } from "./namespace/read-kubectl.ts";
import { sandboxReader } from "./namespace/read-sandbox.ts";
import { namespaceAdoption } from "./namespace/settings.ts";
import type { ClusterReader } from "./namespace/objects.ts";
import { readRepository } from "./repository/read.ts";
import { repositoryAdoption } from "./repository/settings.ts";
import { configurationText, declaredAlready, holdsKey, ownerIn, repositoriesIn, withEntries } from "./stack-yaml.ts";
import { takeIn } from "./state/take.ts";
import { adoptionText, takenText } from "./text.ts";
import { together } from "./together.ts";
import type { Adoption } from "./types.ts";

export interface AdoptOptions {
  stack: string;
  sandbox?: boolean;
  json?: boolean;
  /** Where the configuration goes. @default standard output */
  out?: string;
  /** Adds the entries to the stack's own file. */
  write?: boolean;
  kubeconfig?: string;
  context?: string;
}

const FOUND = 2;
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** `slipway adopt repository`: exit code 0, or 2 where something stays unmanaged. */
export async function adoptRepositories(names: readonly string[], options: AdoptOptions): Promise<number> {
  const { owner, text } = stackFile(options.stack);
  const places = names.map((name) => placeOf(name, owner));
  return withEnvironment(options, async (environment) => {
    const client = githubClient({ environment, wait: say });
    const adoptions = [];
    for (const place of places) adoptions.push(repositoryAdoption(await readRepository(client, place)));
    return finish(together(adoptions), text, options);
  });
}

/** `slipway adopt namespace`: exit code 0, or 2 where something stays unmanaged. */
export async function adoptNamespaces(names: readonly string[], options: AdoptOptions): Promise<number> {
  const { text } = stackFile(options.stack);
  const reader = clusterOf(options);
  const adoptions: Adoption[] = [];
  for (const name of names) {
    const live = await reader.read(name);
    if (live === undefined) throw new Problem(`namespace ${name}: the cluster has none of this name; look at kubectl get namespaces`);
    adoptions.push(namespaceAdoption(live, { repositories: repositoriesIn(text) }));
  }
  return finish(together(adoptions), text, options);
}

/** `slipway adopt import`: exit code 0 where the next update changes nothing, else 2. */
export async function adoptImport(options: AdoptOptions): Promise<number> {
  const settings = stackSettings(options.stack);
  const stack = await openPulumi(options.stack, { sandbox: options.sandbox });
  try {
    let client: GitHubClient | undefined;
    const github = (): GitHubClient => (client ??= githubClient({ environment: stack.environment, wait: say }));
    const sources = { repository: async (repo: string) => readRepository(github(), { owner: settings.owner, repo }), cluster: clusterOf(options) };
    const taken = await takeIn(stack, settings, sources, say);
    process.stdout.write(options.json === true ? `${JSON.stringify(taken, undefined, 2)}\n` : takenText(taken));
    return taken.remaining.length === 0 ? 0 : FOUND;
  } finally {
    await stack.close();
  }
}

function finish(adoption: Adoption, file: string, options: AdoptOptions): number {
  const configuration = configurationText(adoption.entries);
  const taken = options.write === true ? declaredAlready(file, adoption.entries) : [];
  if (taken.length > 0) throw new Problem(taken.map((path) => `${path}: the stack's file declares it already; take it out there first, or leave --write away`).join("\n"));
  if (options.write === true) writeFileSync(pathOf(options.stack), withEntries(file, adoption.entries));
  if (options.out !== undefined) writeFileSync(resolve(options.out), configuration);
  if (options.json === true) process.stdout.write(`${JSON.stringify(adoption, undefined, 2)}\n`);
  else {
    if (options.write !== true && options.out === undefined) process.stdout.write(configuration);
    say(adoptionText({ ...adoption, secrets: adoption.secrets.filter(({ key }) => !holdsKey(file, key)) }, options));
  }
  return adoption.unmanaged.length === 0 ? 0 : FOUND;
}

async function withEnvironment<T>({ sandbox, stack }: AdoptOptions, work: (environment: NodeJS.ProcessEnv) => Promise<T>): Promise<T> {
  if (sandbox !== true) return work(process.env);
  const opened = await openPulumi(stack, { sandbox });
  try {
    return await work(opened.environment);
  } finally {
    await opened.close();
  }
}

function clusterOf({ context, kubeconfig, sandbox }: AdoptOptions): ClusterReader {
  return sandbox === true ? sandboxReader(sandboxFolders().cloud) : kubectlReader({ context, kubeconfig, environment: process.env });
}

function placeOf(name: string, stackOwner: string | undefined): { owner: string; repo: string } {
  const [first = "", second] = name.split("/");
  const place = second === undefined ? { owner: stackOwner ?? "", repo: first } : { owner: first, repo: second };
  if (place.owner === "" || place.repo === "") throw new Problem(`repository: is not owner/name, got "${name}"; write one such as acme/shop`);
  if (stackOwner !== undefined && place.owner !== stackOwner) throw new Problem(`repository ${name}: is not the stack's owner's, got ${place.owner}; adopt it in a stack whose github:owner it is (this one's is ${stackOwner})`);
  return place;
}

function stackFile(stack: string): { owner: string | undefined; text: string } {
  if (!/^[A-Za-z0-9._-]+$/.test(stack)) throw new Problem(`--stack: is not the name of a stack, got "${stack}"; write one such as production`);
  const text = existsSync(pathOf(stack)) ? readFileSync(pathOf(stack), "utf8") : "config: {}\n";
  return { owner: ownerIn(text), text };
}

function pathOf(stack: string): string {
  return join(root, `Pulumi.${stack}.yaml`);
}
