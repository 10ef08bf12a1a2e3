/** A line such as `import { a, b } from "./c.ts";`, whose names and file count. */
const IMPORT = /^import \{ ([\w, ]+) \} from "\.\/([\w-]+)\.ts";$/gm;
const EXPORT = /^export (?=(?:async )?(?:function|const|class) (\w+))/gm;

/**
 * Modules in plain JavaScript, by name, as one classic script that calls `start` of the entry with the data of the page: browsers load no
 * module from a folder. Each module keeps its own names. @throws Error for an import or export of another form
 */
export function linked(modules: Readonly<Record<string, string>>, entry: string, data: string): string {
  const ordered: string[] = [];
  const visit = (name: string, from: readonly string[]): void => {
    if (ordered.includes(name)) return;
    if (from.includes(name)) throw new Error(`page: ${[...from, name].join(" → ")} import each other; take one of these imports away`);
    for (const [, , imported = ""] of textOf(modules, name).matchAll(IMPORT)) visit(imported, [...from, name]);
    ordered.push(name);
  };
  visit(entry, []);
  const parts = ordered.map((name) => `modules["${name}"] = (() => {\n${body(name, textOf(modules, name))}\n})();`);
  return `"use strict";\n(() => {\nconst modules = {};\n${parts.join("\n")}\nmodules["${entry}"].start(${data});\n})();\n`;
}

function body(name: string, text: string): string {
  const exported = [...text.matchAll(EXPORT)].map(([, each = ""]) => each);
  const plain = text.replace(IMPORT, (_, names: string, from: string) => `const { ${names} } = modules["${from}"];`).replace(EXPORT, "");
  const [left] = /^(?:import|export)\b.*/m.exec(plain) ?? [];
  if (left !== undefined) throw new Error(`page/${name}.ts: has a line that the page's linker does not know, got "${left}"; import { names } from "./file.ts" on one line, export function, const or class`);
  return `${plain.replace(/\s+$/gm, "")}\nreturn { ${exported.join(", ")} };`;
}

function textOf(modules: Readonly<Record<string, string>>, name: string): string {
  const text = Object.hasOwn(modules, name) ? modules[name] : undefined;
  if (text === undefined) throw new Error(`page/${name}.ts: is imported and is not there; add it`);
  return text;
}
