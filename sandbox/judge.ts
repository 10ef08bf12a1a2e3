import { formatPath } from "./paths.ts";
import { resolveType } from "./schema.ts";
import type { ObjectType, Schema, Specification } from "./schema.ts";
import { isProperties, isSecret, UNKNOWN } from "./values.ts";
import type { Path, Properties, Revealed, Value } from "./values.ts";

/** One thing wrong with an input; `reason` is the whole text in the house format. */
export interface Problem {
  property: string;
  reason: string;
}

interface Judgement {
  schema: Schema;
  secrets: readonly Path[];
  problems: Problem[];
}

const NOUNS: Record<string, string> = {
  string: "a string", boolean: "true or false", integer: "a whole number", number: "a number", array: "a list", object: "a mapping",
};

/** Judges inputs by a published schema: unknown properties, missing ones, types and enumerations, all at once. */
export function judge(schema: Schema, type: { inputProperties?: Record<string, Specification>; requiredInputs?: string[] }, inputs: Revealed, owner: string): Problem[] {
  const judgement: Judgement = { schema, secrets: inputs.secrets, problems: [] };
  judgeObject(judgement, { properties: type.inputProperties ?? {}, required: type.requiredInputs ?? [] }, inputs.plain, [], owner);
  return judgement.problems;
}

/** `<path>: <what is wrong>, got <value>; <what to do>`; a secret's value is never told. */
export function problem(path: Path, wrong: string, value: Value | undefined, advice: string, secret = false): Problem {
  const property = formatPath(path);
  return { property, reason: `${property}: ${wrong}, got ${describe(value, secret)}; ${advice}` };
}

export function describe(value: Value | undefined, secret: boolean): string {
  if (value === undefined) return "nothing";
  if (secret) return "a secret";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isProperties(value)) return "a mapping";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…"` : text;
}

function judgeObject(judgement: Judgement, type: ObjectType, value: Properties, path: Path, owner: string): void {
  const known = type.properties ?? {};
  for (const name of type.required ?? []) {
    if (value[name] !== undefined && value[name] !== null) continue;
    judgement.problems.push(problem([...path, name], "is required", undefined, `give ${noun(judgement.schema, known[name])}`));
  }
  for (const [name, child] of Object.entries(value)) {
    const specification = known[name];
    const here = [...path, name];
    if (specification !== undefined) judgeValue(judgement, specification, child, here, owner);
    else if (!name.startsWith("__")) judgement.problems.push(problem(here, `is no property of ${owner}`, child, suggest(name, Object.keys(known)), isSecret(here, judgement.secrets)));
  }
}

function judgeValue(judgement: Judgement, specification: Specification, value: Value, path: Path, owner: string): void {
  if (value === null || value === UNKNOWN) return;
  const secret = specification.secret === true || isSecret(path, judgement.secrets);
  if (specification.$ref !== undefined) return judgeReference(judgement, specification.$ref, value, path, secret);
  if (specification.type !== undefined && !hasType(value, specification.type)) {
    const expected = noun(judgement.schema, specification);
    judgement.problems.push(problem(path, `must be ${expected}`, value, `give ${expected}`, secret));
  } else if (Array.isArray(value) && specification.items !== undefined) {
    for (const [index, item] of value.entries()) judgeValue(judgement, specification.items, item, [...path, index], owner);
  } else if (isProperties(value) && specification.additionalProperties !== undefined) {
    for (const [key, child] of Object.entries(value)) judgeValue(judgement, specification.additionalProperties, child, [...path, key], owner);
  }
}

function judgeReference(judgement: Judgement, reference: string, value: Value, path: Path, secret: boolean): void {
  const type = resolveType(judgement.schema, reference);
  if (type === undefined) return;
  if (type.enum !== undefined) {
    const allowed = type.enum.map((item) => item.value);
    if (!allowed.some((item) => item === value)) {
      judgement.problems.push(problem(path, `must be one of ${allowed.join(", ")}`, value, "choose one of them", secret));
    }
  } else if (isProperties(value)) {
    judgeObject(judgement, type, value, path, reference.slice(reference.lastIndexOf(":") + 1));
  } else {
    judgement.problems.push(problem(path, "must be a mapping", value, "give a mapping", secret));
  }
}

function hasType(value: Value, type: string): boolean {
  switch (type) {
    case "integer": return Number.isInteger(value);
    case "array": return Array.isArray(value);
    case "object": return isProperties(value);
    default: return typeof value === type;
  }
}

function noun(schema: Schema, specification: Specification | undefined): string {
  if (specification?.$ref === undefined) return NOUNS[specification?.type ?? ""] ?? "a value";
  const type = resolveType(schema, specification.$ref);
  return type?.enum === undefined ? "a mapping" : `one of ${type.enum.map((item) => item.value).join(", ")}`;
}

/** Names the closest property, or all of them where none is close. */
function suggest(name: string, known: string[]): string {
  const lower = name.toLowerCase();
  const close = known.find((candidate) => candidate.toLowerCase().startsWith(lower.slice(0, 5)) || lower.startsWith(candidate.toLowerCase()));
  if (close !== undefined) return `remove it, or did you mean ${close}`;
  return known.length === 0 ? "remove it" : `remove it, or use one of ${[...known].sort().join(", ")}`;
}
