import type * as z from "zod";
import { problemsOf } from "./issues.ts";
import { messageOf } from "./messages.ts";
import { pathText } from "./problem.ts";
import type { Problem } from "./problem.ts";
import type { SectionName, StructuredKey } from "./schema/settings.ts";
import { pathOf, walk } from "./walk.ts";

/** The config of a stack as the engine hands it over: full key → text, structured values as JSON, secrets left out. */
export type RawConfig = Readonly<Record<string, string>>;

export const PROJECT = "slipway";

/** One section of the config. */
export interface Section<T> {
  /** As the file has it, for those who look for names in entries that did not parse. */
  given: unknown;
  /** The entries without a problem. */
  entries: Record<string, T>;
  /** Every name in it; absent where the section is there and cannot be read. */
  declared: ReadonlySet<string> | undefined;
  problems: Problem[];
}

/** What a stack has one of, read whole. */
export interface Single<T> {
  /** As the file has it. */
  given: unknown;
  /** Absent where it is not there or has a problem. */
  value: T | undefined;
  problems: Problem[];
}

export function readSingle<T>(name: StructuredKey, schema: z.ZodType<T>, raw: RawConfig, secretKeys: ReadonlySet<string>): Single<T> {
  const key = `${PROJECT}:${name}`;
  if (secretKeys.has(key)) return { given: undefined, value: undefined, problems: [markedSecret(name)] };
  const text = raw[key];
  if (text === undefined) return { given: undefined, value: undefined, problems: [] };
  const given = parsed(text);
  const { data, error } = schema.safeParse(given, { error: messageOf, jitless: true });
  return { given, value: data, problems: problemsOf(error?.issues ?? [], [name], given) };
}

/** Reads a section entry by entry, so that a bad entry hides nothing that is wrong with the others. */
export function readSection<T>(
  name: SectionName,
  schema: z.ZodType<Record<string, T> | undefined>,
  raw: RawConfig,
  secretKeys: ReadonlySet<string>,
): Section<T> {
  const key = `${PROJECT}:${name}`;
  if (secretKeys.has(key)) return nothing([markedSecret(name)], undefined);
  const text = raw[key];
  if (text === undefined) return nothing([], new Set());
  const given = parsed(text);
  if (typeof given !== "object" || given === null || Array.isArray(given)) return nothing([notAMap(name, given)], undefined);
  return readEntries(name, schema, given);
}

function readEntries<T>(name: SectionName, schema: z.ZodType<Record<string, T> | undefined>, given: object): Section<T> {
  const section: Section<T> = { given, entries: {}, declared: new Set(Object.keys(given)), problems: prototypes(given, name) };
  for (const [entry, value] of Object.entries(given).filter(([key]) => key !== "__proto__")) {
    // A compiled parser pays off after a dozen entries, and few stacks have them.
    const result = schema.safeParse({ [entry]: value }, { error: messageOf, jitless: true });
    if (result.success) Object.assign(section.entries, result.data);
    else section.problems.push(...problemsOf(result.error.issues, [name], { [entry]: value }));
  }
  return section;
}

function nothing(problems: Problem[], declared: ReadonlySet<string> | undefined): Section<never> {
  return { given: undefined, entries: {}, declared, problems };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

// An object would take the key for its prototype, and everything under it would be lost without a word.
function prototypes(given: object, name: SectionName): Problem[] {
  return [...walk(given)]
    .filter(({ key }) => key === "__proto__")
    .map((found) => ({ path: pathText([name, ...pathOf(found)]), wrong: "is not a name that JavaScript can keep", todo: "choose another name" }));
}

// One encrypted value inside marks the whole section, and the engine would then hide or, worse, leak all of it.
function markedSecret(name: StructuredKey): Problem {
  return {
    path: name,
    wrong: "has an encrypted value in it",
    todo: `set that value with pulumi config set --secret ${PROJECT}:<key> and name it here as { secret: <key> }`,
  };
}

function notAMap(name: SectionName, given: unknown): Problem {
  return { path: name, wrong: "is not a map", got: given, todo: "write one name and its value a line, or remove the section" };
}
