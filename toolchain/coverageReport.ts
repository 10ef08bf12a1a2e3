import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addLines, jestLines, percentage, ranLines } from "./lineCoverage.ts";
import type { JestCoverage, Script } from "./lineCoverage.ts";

/** Where a file of a copied project lies in this one: tests run the commands in small clones. */
function original(path: string, root: string): string {
  const inside = /\/((?:components|settings|operations|policy|sandbox|toolchain|lab)\/.+)$/.exec(path)?.[1] ?? "";
  return join(root, inside);
}

/** Beginnings of the lines at the margin of a file that only describes types. */
const TYPES = /^(import type|export type|export interface|interface|type|[})\]]|\/\*\*|\/\/|\s|$)/;

/** Whether anything of a file can run: one that only describes types has no line to cover. */
export function hasCode(text: string): boolean {
  return text.split("\n").some((line) => !TYPES.test(line));
}

/**
 * Adds the lines that the tests' own processes ran to those that jest saw, writes the share of each file to lines.json, and
 * returns the share of all lines in percent. `results` is jest's coverage folder.
 */
export function reportLines(results: string, processes: string, root: string): number {
  const coverage: JestCoverage = JSON.parse(readFileSync(join(results, "coverage-final.json"), "utf8"));
  const files = new Map([...jestLines(coverage)].filter(([path]) => hasCode(readFileSync(path, "utf8"))));
  const recorded = existsSync(processes) ? readdirSync(processes).filter((name) => name.endsWith(".json")) : [];
  for (const name of recorded) {
    const scripts: Script[] = JSON.parse(readFileSync(join(processes, name), "utf8"));
    for (const script of scripts) {
      const path = original(script.path, root);
      const lines = files.get(path);
      if (lines !== undefined) addLines(lines, ranLines(readFileSync(path, "utf8"), script));
    }
  }
  const shares = [...files].map(([path, lines]) => [path.slice(root.length + 1), percentage([lines])]);
  writeFileSync(join(results, "lines.json"), `${JSON.stringify(Object.fromEntries(shares), undefined, 2)}\n`);
  return percentage(files.values());
}
