import type { Lab } from "../folder.ts";
import type { Command } from "../processes.ts";

export const PARTS = ["etcd", "api-server", "controllers", "discovery", "gateway", "prometheus", "agent"] as const;

export type PartName = (typeof PARTS)[number];

/** One process of the lab. */
export interface Part {
  command: Command;
  /** What is written beside it before it starts, by path in the lab's folder. */
  files: Record<string, string>;
  /** What answers 200 once it works; undefined where it listens nowhere. */
  ready: string | undefined;
}

/** How a part is made for a lab, given where its program lies. */
export type MakePart = (lab: Lab, program: string) => Part;

/** An address on loopback. */
export function local(port: number, path = ""): string {
  return `http://127.0.0.1:${port}${path}`;
}
