import { readFileSync } from "node:fs";
import * as z from "zod";
import { json } from "./json.ts";
import type { Sections } from "./schema/settings.ts";

/** The environment variable in which a driver says which services its update is about: it names them as targets of the engine besides. */
export const TARGETED = "SLIPWAY_TARGETED";

const said = z.strictObject({ /** Process id of the driver. */ by: z.int().positive(), services: z.array(z.string()).min(1).readonly() });

/** What a driver that is process `by` puts into the variable. */
export function targetedText(by: number, services: readonly string[]): string {
  return JSON.stringify({ by, services } satisfies z.infer<typeof said>);
}

/**
 * The services that this update is about; undefined for all. In an update without targets whatever is not declared is removed, so nobody is
 * believed but a driver that runs this very program: the variable may have got anywhere. A service whose name begins with one of
 * them is among its targets.
 */
export function targetedServices(text: string | undefined, declared: ReadonlySet<string>, ancestors: () => ReadonlySet<number>): ReadonlySet<string> | undefined {
  const told = said.safeParse(json(text ?? "")).data;
  if (told === undefined || !ancestors().has(told.by) || !told.services.every((name) => declared.has(name))) return undefined;
  return new Set([...declared].filter((name) => told.services.some((each) => name === each || name.startsWith(`${each}-`))));
}

/** What these services need, and nothing else of the stack: a thousand resources that no target names would only be looked at. */
export function narrowed(sections: Sections, names: ReadonlySet<string>): Sections {
  const services = Object.fromEntries(Object.entries(sections.services).filter(([name]) => names.has(name)));
  const used = new Set(Object.values(services).map(({ namespace }) => namespace));
  const namespaces = Object.fromEntries(Object.entries(sections.namespaces).filter(([name]) => used.has(name)));
  return { ...sections, repositories: {}, namespaces, services };
}

/** Process ids of those by whom this process was started, as far as the system says: none where there is no /proc. */
export function ancestors(): ReadonlySet<number> {
  const found = new Set<number>();
  for (let pid = process.ppid; pid > 1 && !found.has(pid); pid = parentOf(pid)) found.add(pid);
  return found;
}

function parentOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0;
  }
}
