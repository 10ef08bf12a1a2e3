import * as z from "zod";
import { nearest } from "./nearest.ts";

/** The place of a union's own message where it has none: its branches speak instead. */
export const BRANCHES_SPEAK = "";

const MANY = 12;

const TYPES: Readonly<Record<string, string>> = {
  string: "is not a text; write a text, in quotes where it looks like a number",
  number: "is not a number; write a number without quotes",
  int: "is not a whole number; write a whole number without quotes",
  boolean: "is not true or false; write true or false without quotes",
  object: "is not a map; write one key and its value a line",
  record: "is not a map; write one name and its value a line",
  array: "is not a list; write one item a line, each after a dash",
};

/** `<what is wrong>; <what to do>` for the issues whose schema has no message of its own. */
export function messageOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? `is not of the type ${issue.expected}; write one`;
    case "invalid_value":
      return noneOf(issue.values.map(String), issue.input);
    case "invalid_union":
      return issue.errors.length > 0 ? BRANCHES_SPEAK : noneOf(optionsOf(issue.options), discriminatorOf(issue));
    case "unrecognized_keys":
      return knownKeys(issue.inst).join(" ");
    case "too_small":
      return bound(issue.origin, "fewer", "below", Number(issue.minimum), "least");
    case "too_big":
      return bound(issue.origin, "more", "above", Number(issue.maximum), "most");
    case "invalid_format":
      return `does not have the form ${String(issue.pattern ?? issue.format)}; write it in that form`;
    default:
      return "is not accepted; see its row in docs/reference/settings.md";
  }
}

/** What to do about a key that nobody reads. */
export function unknownKey(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  if (near !== undefined) return `write ${near} instead`;
  if (known.length === 0 || known.length > MANY) return "remove it, or look its name up in docs/reference/settings.md";
  return `remove it, or use one of ${known.join(", ")}`;
}

function noneOf(options: readonly string[], value: unknown): string {
  const [only] = options;
  if (options.length === 1) return `is not ${only}; write ${only}`;
  const near = typeof value === "string" ? nearest(value, options) : undefined;
  return `is none of ${options.join(", ")}; write ${near ?? "one of them"}`;
}

function optionsOf(options: unknown): string[] {
  return Array.isArray(options) ? options.filter((option) => option !== undefined).map(String) : [];
}

function discriminatorOf({ input, discriminator }: { input?: unknown; discriminator?: unknown }): unknown {
  if (typeof input !== "object" || input === null || typeof discriminator !== "string") return undefined;
  return Object.getOwnPropertyDescriptor(input, discriminator)?.value;
}

function knownKeys(schema: unknown): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function bound(origin: string, count: string, side: string, limit: number, end: string): string {
  switch (origin) {
    case "string":
      return `has ${count} than ${limit} characters; write at ${end} ${limit}`;
    case "array":
      return `has ${count} than ${limit} items; write at ${end} ${limit}`;
    case "number":
    case "int":
    case "bigint":
      return `is ${side} ${limit}; write at ${end} ${limit}`;
    default:
      return `has ${count} than ${limit} entries; write at ${end} ${limit}`;
  }
}
