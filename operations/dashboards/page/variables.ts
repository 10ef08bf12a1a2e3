import type { VariableDocument } from "./documents.ts";

/** What the reader chose for each variable; `$__all` stands for everything. */
export type Choices = Readonly<Record<string, readonly string[]>>;

/** What a variable is while the page is open. */
export interface Variable {
  name: string;
  label: string;
  /** Chosen values, or what stands for all of them. */
  values: readonly string[];
  /** Whether several values, or all, can be chosen: then they are a regular expression. */
  many: boolean;
  /** Put into queries as it is when all are chosen. */
  allValue?: string | undefined;
  options: readonly string[];
}

export const ALL = "$__all";

const REFERENCE = /\$(\w+)|\$\{(\w+)(?::(\w+))?\}|\[\[(\w+)(?::(\w+))?\]\]/g;

/** A query of the kind `label_values(metric{…}, label)` or `label_values(label)`; undefined for any other. */
export function labelValues(query: string): { match?: string; label: string } | undefined {
  const [whole, match, label = ""] = /^label_values\(\s*(?:(.*),\s*)?([a-zA-Z_]\w*)\s*\)$/s.exec(query.trim()) ?? [];
  if (whole === undefined) return undefined;
  return match === undefined ? { label } : { match, label };
}

/** The text of a variable's query, wherever this version of Grafana keeps it. */
export function queryText({ query, definition }: VariableDocument): string {
  return (typeof query === "string" ? query : query?.query) ?? definition ?? "";
}

/** The values in the order that the variable asks for, those its regular expression leaves; a group in it names the part that counts. */
export function optionsOf(found: readonly string[], { regex = "", sort = 0 }: Pick<VariableDocument, "regex" | "sort">): string[] {
  const pattern = regex === "" ? undefined : new RegExp(regex.replace(/^\/(.*)\/[a-z]*$/s, "$1"));
  const kept = found.flatMap((value) => {
    const match = pattern?.exec(value);
    if (pattern === undefined) return [value];
    return match ? [match[1] ?? match[0]] : [];
  });
  const unique = [...new Set(kept)];
  if (sort === 0) return unique;
  const order = sort <= 2 ? (left: string, right: string) => (left < right ? -1 : 1) : (left: string, right: string) => left.localeCompare(right, "en", { numeric: sort <= 4, sensitivity: "base" });
  return unique.sort(sort % 2 === 1 ? order : (left, right) => order(right, left));
}

/** What a variable holds: what was chosen as far as it still exists, else everything where that can be chosen, else the first value. */
export function chosen(document: VariableDocument, options: readonly string[], choice: readonly string[] | undefined): Variable {
  const { allValue, includeAll = false, multi = false, name, label = name } = document;
  const stored = [document.current?.value ?? []].flat();
  const still = (choice ?? stored).filter((value) => options.includes(value) || (includeAll && value === ALL));
  const [first] = options;
  const usual = includeAll ? [ALL] : first === undefined ? [] : [first];
  return { name, label, many: multi || includeAll, values: still.length > 0 ? (multi ? still : still.slice(0, 1)) : usual, options, ...(allValue ? { allValue } : {}) };
}

/** The text with every variable in its place. `built` are Grafana's own (`__interval` and its like). A name that nobody knows stays as it is. */
export function interpolate(text: string, variables: readonly Variable[], built: Readonly<Record<string, string>> = {}): string {
  return text.replace(REFERENCE, (whole, plain?: string, braced?: string, format?: string, square?: string, old?: string) => {
    const name = plain ?? braced ?? square ?? "";
    if (Object.hasOwn(built, name)) return built[name] ?? "";
    const variable = variables.find((each) => each.name === name);
    return variable === undefined ? whole : written(variable, format ?? old);
  });
}

function written(variable: Variable, format: string | undefined): string {
  const everything = variable.values.includes(ALL);
  if (everything && variable.allValue !== undefined) return variable.allValue;
  const values = everything ? variable.options : variable.values;
  switch (format) {
    case "raw":
    case "csv":
      return values.join(",");
    case "pipe":
      return values.join("|");
    case "queryparam":
      return variable.values.map((value) => `var-${encodeURIComponent(variable.name)}=${encodeURIComponent(value)}`).join("&");
    case "regex":
    case undefined:
      return matching(variable.many, values);
    default:
      throw new RangeError(`variable ${variable.name}: has a format that this page does not know, got "${format}"; use regex, pipe, csv, raw or queryparam`);
  }
}

/** Values within a matcher's quotes: a regular expression where there may be several, else the text itself. */
function matching(many: boolean, values: readonly string[]): string {
  const [only = ""] = values;
  if (!many) return only.replace(/\\/g, "\\\\").replace(/"/g, '\\"');
  // Two backslashes: one for the quotes of PromQL, one for the regular expression.
  const quoted = values.map((value) => value.replace(/[\\^$*+?.()|[\]{}]/g, (sign) => (sign === "\\" ? "\\\\\\\\" : `\\\\${sign}`)).replace(/"/g, '\\"'));
  return quoted.length === 1 ? (quoted[0] ?? "") : `(${quoted.join("|")})`;
}
