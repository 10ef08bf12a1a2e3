import { quoted, shown } from "./shown.ts";

/** One thing that is wrong with the settings, in the parts of which its line is made. */
export interface Problem {
  /** Where, without the project's namespace: `repositories.continuum.environments.production.waitTimer`. */
  path: string;
  /** Lower case, no final period: `is not a whole number from 0 to 43200`. */
  wrong: string;
  /** The value that is there; leave it out when there is none and when it may be a secret. */
  got?: unknown;
  /** What the reader does about it, lower case, no final period. */
  todo: string;
}

/** `<path>: <what is wrong>, got <value>; <what to do>`, always one line; the value is JSON of at most 60 characters. */
export function problemText({ path, wrong, got, todo }: Problem): string {
  return `${path}: ${wrong}${got === undefined ? "" : `, got ${shown(got)}`}; ${todo}`;
}

/** `["repositories", "a.b", "topics", 0]` → `repositories["a.b"].topics[0]`. */
export function pathText(parts: readonly PropertyKey[]): string {
  return parts.map(segment).join("");
}

function segment(part: PropertyKey, at: number): string {
  if (typeof part === "number") return `[${part}]`;
  const key = String(part);
  if (!/^[\p{L}\p{N}_$/-]+$/u.test(key)) return `[${quoted(key)}]`;
  return at === 0 ? key : `.${key}`;
}
