import { performance } from "node:perf_hooks";
import { Problem } from "../toolchain/problem.ts";
import { duration, say } from "../toolchain/progress.ts";
import { down } from "./down.ts";
import { kubeconfigFile, labFolder, requireLab } from "./folder.ts";
import type { Lab } from "./folder.ts";
import { local } from "./parts/part.ts";
import { parsePorts } from "./ports.ts";
import { status } from "./status.ts";
import { up } from "./up.ts";

interface Where {
  folder?: string;
}

/** Where a person or a script finds the lab. */
function addresses({ folder, ports }: Lab): Record<string, string> {
  return { folder, kubeconfig: kubeconfigFile(folder), gateway: local(ports.http), prometheus: local(ports.prometheus), envoy: local(ports.gatewayAdmin) };
}

export async function upCommand({ folder, json, port = [], processes }: Where & { port?: string[]; processes?: string; json?: boolean }): Promise<number> {
  const wishes = { ports: parsePorts(port), ...(processes !== undefined && { processes: parseProcesses(processes) }) };
  const began = performance.now();
  const found = addresses(await up(labFolder(folder), wishes));
  say(`lab: up after ${duration(performance.now() - began)}`);
  process.stdout.write(json ? `${JSON.stringify(found, undefined, 2)}\n` : Object.entries(found).map(([name, value]) => `${name.padEnd(12)}${value}\n`).join(""));
  return 0;
}

function parseProcesses(text: string): number {
  const processes = Number(text);
  if (!Number.isInteger(processes) || processes < 1) throw new Problem(`--processes: not a number of processes, got "${text}"; give a whole number from 1`);
  return processes;
}

export async function downCommand({ folder, keep = false }: Where & { keep?: boolean }): Promise<number> {
  const stopped = await down(labFolder(folder), { keep });
  say(stopped === 0 ? "lab: nothing was running" : `lab: ${stopped} parts stopped`);
  return 0;
}

export function statusCommand({ folder, ...options }: Where & { json?: boolean }): Promise<number> {
  return status(labFolder(folder), options);
}

export function environmentCommand({ folder }: Where): number {
  process.stdout.write(`export KUBECONFIG='${kubeconfigFile(requireLab(labFolder(folder)).folder)}'\n`);
  return 0;
}
