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

const LONGEST_VALUE = 60;

/** `<path>: <what is wrong>, got <value>; <what to do>`, always one line. */
export function problemText({ path, wrong, got, todo }: Problem): string {
  return `${path}: ${wrong}${got === undefined ? "" : `, got ${shown(got)}`}; ${todo}`;
}

/** `["repositories", "a.b", "topics", 0]` → `repositories["a.b"].topics[0]`. */
export function pathText(parts: readonly PropertyKey[]): string {
  return parts.map((part, at) => segment(part, at)).join("");
}

function segment(part: PropertyKey, at: number): string {
  if (typeof part === "number") return `[${part}]`;
  const key = String(part);
  if (!/^[\p{L}\p{N}_$/-]+$/u.test(key)) return `[${json(key)}]`;
  return at === 0 ? key : `.${key}`;
}

function shown(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = json(value);
  const characters = [...text];
  return characters.length <= LONGEST_VALUE ? text : `${characters.slice(0, LONGEST_VALUE - 1).join("")}…`;
}

// JSON leaves U+2028, U+0085 and the like as they are, and a terminal would break the line there.
function json(value: unknown): string {
  return JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}
