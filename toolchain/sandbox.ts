import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { readFaults } from "../sandbox/faults.ts";
import type { Counted } from "../sandbox/github-api/requests.ts";
import { PROVIDERS, startSandbox } from "../sandbox/server.ts";
import type { ProviderName } from "../sandbox/server.ts";
import { command } from "./command.ts";
import type { Finished } from "./command.ts";
import { knownSecrets } from "./knownSecrets.ts";
import { endLeftovers, markVariable } from "./leftovers.ts";
import { Mask } from "./mask.ts";
import { root, sandboxFolders, toolPath } from "./paths.ts";
import type { SandboxFolders } from "./paths.ts";
import { Problem } from "./problem.ts";
import { defaultStack, prepareStack } from "./prepare.ts";
import { ensurePulumi } from "./pulumi.ts";
import { pulumiCommand } from "./pulumiArguments.ts";
import type { PulumiCommand } from "./pulumiArguments.ts";
import { attended, onTerminal } from "./terminal.ts";
import { isVerbose, logsToStderr } from "./verbose.ts";

export interface Sandbox {
  folders: SandboxFolders;
  /** What a command about the cloud needs around it: pulumi's, and the address and token of the cloud's own GitHub. */
  environment: NodeJS.ProcessEnv;
  /** How often the cloud's GitHub was asked; undefined where GitHub is the real one. */
  requests: Readonly<Counted> | undefined;
  /**
   * Makes the stack of a pulumi command when it is not there, clears what a killed run left in its way, and learns the stack's
   * secrets where the command asks for the engine's log.
   */
  prepare(pulumi: PulumiCommand): Promise<void>;
  /** Runs pulumi on this terminal. Returns its exit code. */
  run(args: string[]): Promise<number>;
  /**
   * Runs pulumi without a terminal and collects what it says. Only the lines handed over are masked, not what is collected. `more` is added
   * to its environment.
   */
  capture(args: string[], line?: (text: string) => void, more?: NodeJS.ProcessEnv): Promise<Finished>;
  close(): Promise<void>;
}

/** What pulumi needs around it to work in an embedded cloud. `whole`: no provider was left out. */
export function pulumiEnvironment(folders: SandboxFolders, bin: string, debugProviders: string, whole: boolean): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: toolPath(bin),
    PULUMI_HOME: folders.home,
    // Without a checksum file beside the state: one write less after each resource, and none that a kill can leave half done.
    PULUMI_BACKEND_URL: `file://${folders.state}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: process.env["PULUMI_CONFIG_PASSPHRASE"] ?? "slipway-sandbox",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Half of the time before the first registration is Node compiling modules.
    NODE_COMPILE_CACHE: join(folders.home, "compile-cache"),
    PULUMI_SUPPRESS_NEO_LINK: "true",
    PULUMI_LOG_ROTATION_MAX_TOTAL_MB: "20",
    // A provider that was left out is to be downloaded; with none left out, a download would only cost seconds.
    ...(whole ? { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" } : {}),
    PULUMI_DEBUG_PROVIDERS: debugProviders,
    [markVariable]: `${process.pid}-${Date.now()}`,
  };
}

/** A log that cannot be masked is not written. */
function inLog(args: string[]): string[] {
  return isVerbose(args) ? logsToStderr(args) : args;
}

function maskedBy(mask: Mask, line: (text: string) => void): (text: string) => void {
  return (text) => line(mask.line(text));
}

/**
 * Starts the embedded cloud in this process, ready for pulumi to attach to. Close it when done. `cluster` is the kubeconfig of a cluster
 * in which Kubernetes objects are made for real. @default what SLIPWAY_SANDBOX_CLUSTER names, or none
 */
export async function openSandbox(without: readonly ProviderName[] = [], cluster: string | undefined = process.env["SLIPWAY_SANDBOX_CLUSTER"]): Promise<Sandbox> {
  const { bin } = await ensurePulumi();
  const folders = sandboxFolders();
  for (const folder of [folders.cloud, folders.state, folders.home]) mkdirSync(folder, { recursive: true });
  const { faults, problems } = readFaults(folders.cloud, process.env);
  if (problems.length > 0) throw new Problem(problems.join("\n"));
  const providers = PROVIDERS.filter((name) => !without.includes(name));
  // Made by the first command that asks for the engine's log: no other pays for it.
  let mask: Mask | undefined;
  const server = await startSandbox({ folder: folders.cloud, providers, faults, cluster: cluster === "" ? undefined : cluster, onSecret: (value) => mask?.add(value) });
  const environment = pulumiEnvironment(folders, bin, server.debugProviders, without.length === 0);
  const capture: Sandbox["capture"] = (args, line, more = {}) => {
    const told = line === undefined || mask === undefined ? line : maskedBy(mask, line);
    return command(join(bin, "pulumi"), inLog(args), { folder: root, environment: { ...environment, ...more }, ...(told === undefined ? {} : { line: told }) });
  };

  async function prepare(pulumi: PulumiCommand): Promise<void> {
    await prepareStack(pulumi, { folders, served: providers, capture });
    if (!isVerbose(pulumi.arguments)) return;
    const known = await knownSecrets(pulumi, capture);
    mask ??= new Mask();
    for (const value of known) mask.add(value);
  }

  async function run(line: string[]): Promise<number> {
    const pulumi = pulumiCommand(line, { stack: defaultStack, terminal: attended() });
    await prepare(pulumi);
    // What a killed pulumi started would hold a masked output open.
    const exited = (code: number) => void (code > 128 && endLeftovers(environment[markVariable] ?? ""));
    return onTerminal(join(bin, "pulumi"), inLog(pulumi.arguments), { folder: root, environment, exited, ...(mask === undefined ? {} : { mask }) });
  }

  // Not among pulumi's: a provider would keep the token of this one run in the state.
  const github = server.githubApi === undefined ? {} : { GITHUB_API_URL: server.githubApi.url, GITHUB_TOKEN: server.githubApi.token };
  return { folders, environment: { ...environment, ...github }, requests: server.githubApi?.requests, prepare, run, capture, close: () => server.close() };
}

/** The names given to `--without`, checked. */
export function parseProviders(names: readonly string[]): ProviderName[] {
  return names.map((name) => {
    const found = PROVIDERS.find((each) => each === name);
    if (found === undefined) throw new Problem(`--without: no such provider in the sandbox, got "${name}"; use one of ${PROVIDERS.join(", ")}`);
    return found;
  });
}

/** `slipway sandbox <any pulumi command>`: pulumi's exit code. */
export async function sandbox(line: string[], without: readonly ProviderName[] = [], cluster?: string): Promise<number> {
  const opened = await openSandbox(without, cluster);
  try {
    return await opened.run(line);
  } finally {
    await opened.close();
  }
}
