import type { ZodType } from "zod";
import { problemsOf } from "../../settings/issues.ts";
import { problemText } from "../../settings/problem.ts";
import { Problem } from "../../toolchain/problem.ts";
import { smallest } from "./smallest.ts";
import type { Unmanaged } from "./types.ts";

/** Sections whose entries stand for themselves: one that the schema does not take is left out alone. */
const BY_NAME = new Set(["environments", "rulesets", "webhooks", "autolinks", "secrets", "variables", "dependabotSecrets"]);

const STAYS = "a stack cannot declare it, so it stays as it is";
const CHANGES = "a stack cannot declare it; the first update sets what the reference says where nothing is said";

/**
 * Settings read from what is there, as short as they can be. What is there and the schema forbids is left out and named: a stack cannot
 * declare it. @throws Problem where nothing is left that the schema takes
 */
export function fitting(schema: ZodType, settings: Readonly<Record<string, unknown>>, root: readonly string[]): { settings: Record<string, unknown>; unmanaged: Unmanaged[] } {
  const first = schema.safeParse(settings);
  if (first.success) return { settings: smallest(schema, settings), unmanaged: [] };
  const rest: Record<string, unknown> = structuredClone(settings);
  for (const { path } of first.error.issues) take(rest, path);
  const second = schema.safeParse(rest);
  if (!second.success) throw new Problem(problemsOf(second.error.issues, root, rest).map(problemText).join("\n"));
  const unmanaged = first.error.issues.flatMap((issue) => problemsOf([issue], [], settings).map(({ path, wrong }) => ({ path, what: wrong, todo: standsAlone(issue.path) ? STAYS : CHANGES })));
  return { settings: smallest(schema, rest), unmanaged };
}

function standsAlone([section, name]: readonly PropertyKey[]): boolean {
  return name !== undefined && BY_NAME.has(String(section));
}

/** Takes an entry of a section that has names, or the whole section. */
function take(settings: Record<string, unknown>, path: readonly PropertyKey[]): void {
  const [section, name] = path;
  const part = settings[String(section)];
  if (standsAlone(path) && isRecord(part)) delete part[String(name)];
  else delete settings[String(section)];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
