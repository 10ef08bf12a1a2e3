import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { stringsOf } from "./strings.ts";
import type { WorkflowInputs } from "./types.ts";

/** Where scripts lie in a repository; steps call them by this path. */
export const SCRIPTS = ".github/scripts";

const source = new URL("../scripts/", import.meta.url);

/** `run` of a step that runs one of the scripts: the interpreter follows from the name's end. */
export function script(name: string, ...args: readonly string[]): string {
  return [interpreterOf(name), `${SCRIPTS}/${name}`, ...args].join(" ");
}

function interpreterOf(name: string): string {
  const end = posix.extname(name);
  switch (end) {
    case ".mjs":
      return "node";
    case ".sh":
      return "bash";
    case ".ps1":
      return "pwsh";
    case ".py":
      return "python";
    default:
      throw new Error(`no interpreter for ${name}`);
  }
}

/** The scripts that a workflow's steps call, with what those import, by path in the repository. */
export function scriptFiles({ jobs }: WorkflowInputs): Record<string, string> {
  const called = stringsOf(jobs).flatMap((text) => [...text.matchAll(/\.github\/scripts\/([\w./-]+\.(?:mjs|sh|ps1|py))/g)].map(([, name = ""]) => name));
  const files = new Map<string, string>();
  for (let names = called; names.length > 0; ) {
    names = names.filter((name) => !files.has(name)).flatMap((name) => {
      const { text, imports } = read(name);
      files.set(name, text);
      return imports;
    });
  }
  return Object.fromEntries([...files].map(([name, text]) => [`${SCRIPTS}/${name}`, text]));
}

/** Scripts that were read already: many workflows of many repositories call the same. */
const known = new Map<string, { text: string; imports: string[] }>();

function read(name: string): { text: string; imports: string[] } {
  const found = known.get(name);
  if (found) return found;
  const text = readFileSync(new URL(name, source), "utf8");
  const script = { text, imports: importsOf(name, text) };
  known.set(name, script);
  return script;
}

function importsOf(name: string, text: string): string[] {
  const folder = posix.dirname(name);
  const from = [...text.matchAll(/(?:from|import) "(\.{1,2}\/[\w./-]+)"/g)];
  const sourced = [...text.matchAll(/^\s*(?:source|\.) "\$\(dirname "\$0"\)\/([\w./-]+)"/gm)];
  return [...from, ...sourced].map(([, path = ""]) => posix.normalize(posix.join(folder, path)));
}
