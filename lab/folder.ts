import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { sandboxFolders } from "../toolchain/paths.ts";
import { Problem } from "../toolchain/problem.ts";
import { freePorts } from "./ports.ts";
import type { Ports } from "./ports.ts";

/** What a lab keeps between one command and the next: where it listens, and the word that opens its API server. */
export interface Lab {
  folder: string;
  ports: Ports;
  token: string;
  /** Processes of one ReplicaSet at most; its further pods share the fate of the first. */
  processes: number;
}

/** What may be wished for when a lab is made. */
export interface LabWishes {
  /** @default free ports */
  ports?: Partial<Ports>;
  /** @default 2: a machine for a lab is small */
  processes?: number;
}

/** `lab` beside the sandbox's cloud, or the folder that is named. */
export function labFolder(named: string | undefined, environment: NodeJS.ProcessEnv = process.env): string {
  return named === undefined ? join(sandboxFolders(environment).base, "lab") : resolve(named);
}

/** The lab of a folder, or undefined where none was ever started. @throws Problem when its description cannot be read */
export function readLab(folder: string): Lab | undefined {
  const path = join(folder, "lab.json");
  if (!existsSync(path)) return undefined;
  try {
    const described: Omit<Lab, "folder"> = JSON.parse(readFileSync(path, "utf8"));
    return { folder, ...described };
  } catch (error) {
    throw new Problem(`${path}: cannot be read, got "${error instanceof Error ? error.message : String(error)}"; run slipway lab down and remove ${folder}`);
  }
}

/** The lab of a folder as it was described first; wishes come too late for one that is there. */
export async function openLab(folder: string, { ports = {}, processes = 2 }: LabWishes = {}): Promise<Lab> {
  const kept = readLab(folder);
  if (kept !== undefined) return kept;
  const described = { ports: { ...(await freePorts()), ...ports }, token: randomBytes(24).toString("base64url"), processes };
  for (const name of ["log", "run", "data", "knobs", "rules"]) mkdirSync(join(folder, name), { recursive: true });
  const path = join(folder, "lab.json");
  writeFileSync(`${path}.new`, `${JSON.stringify(described, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
  return { folder, ...described };
}

/** @throws Problem where no lab was started */
export function requireLab(folder: string): Lab {
  const lab = readLab(folder);
  if (lab === undefined) throw new Problem(`${folder}: no lab is here, got no lab.json; run slipway lab up`);
  return lab;
}

/** The API server's own authority; the server writes it when it starts for the first time. */
export function authorityFile(folder: string): string {
  return join(folder, "data/certificates/apiserver.crt");
}

/** How every Kubernetes client finds the lab. */
export function kubeconfigFile(folder: string): string {
  return join(folder, "kubeconfig");
}
