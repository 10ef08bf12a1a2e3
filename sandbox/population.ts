import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { numberOf } from "./identity.ts";

/** Who and what exists before the program runs, in every organisation and registry of the cloud. */
export interface Population {
  teams: string[];
  users: string[];
  /** `owner/name` of repositories that no program made; they have no document, and a program may still take one over by declaring it. */
  repositories: string[];
  /** Namespaces of the cluster that no program made. */
  namespaces: string[];
  /** Published images: references without tag, `*` for any characters. Every tag of them resolves. */
  images: string[];
}

const KEYS = ["teams", "users", "repositories", "namespaces", "images"] as const;

/** Reads `population.yaml` beside the cloud, or the one that the sandbox brings. Throws one error that names every problem. */
export function readPopulation(folder: string): Population {
  const own = join(dirname(folder), "population.yaml");
  const file = existsSync(own) ? own : fileURLToPath(new URL("population.yaml", import.meta.url));
  const content: unknown = parse(readFileSync(file, "utf8")) ?? {};
  const problems: string[] = [];
  const lists: Record<string, unknown> = typeof content === "object" && content !== null && !Array.isArray(content) ? { ...content } : {};
  if (Object.keys(lists).length === 0 && content !== null && JSON.stringify(content) !== "{}") problems.push(`must be a mapping, got ${JSON.stringify(content)}; give ${KEYS.join(", ")}`);
  for (const key of Object.keys(lists)) {
    if (!KEYS.some((known) => known === key)) problems.push(`${key}: is no list of the population, got ${JSON.stringify(lists[key])}; use one of ${KEYS.join(", ")}`);
  }
  const names = (key: (typeof KEYS)[number]): string[] => {
    const value = lists[key] ?? [];
    if (Array.isArray(value) && value.every((item): item is string => typeof item === "string")) return value;
    problems.push(`${key}: must be a list of names, got ${JSON.stringify(value)}; give strings`);
    return [];
  };
  const population: Population = { teams: names("teams"), users: names("users"), repositories: names("repositories"), namespaces: names("namespaces"), images: names("images") };
  if (problems.length > 0) throw new Error(problems.map((text) => `${file}: ${text}`).join("\n"));
  return population;
}

/** GitHub's number of a team or a user. */
export function idOf(kind: "team" | "user", name: string): number {
  return numberOf(`${kind}:${name.toLowerCase()}`);
}
