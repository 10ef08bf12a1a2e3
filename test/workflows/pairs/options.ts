import * as z from "zod";
import type { Assignment, Chosen, Factor } from "./pairwise.ts";
import { textFor } from "./strings.ts";

/** What a schema says of itself; only what the kit's schemas use. */
export interface Node {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Node>;
  required?: string[];
  anyOf?: Node[];
  oneOf?: Node[];
  items?: Node;
  prefixItems?: Node[];
  propertyNames?: Node;
  additionalProperties?: Node | false;
}

/** Makes a value out of a row. */
type Make = (row: Assignment) => unknown;

export interface Options {
  factors: Factor[];
  make: Make;
}

export function nodeOf(schema: z.ZodType): Node {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Node;
}

/** The choices that a schema leaves, and how a row of them becomes options. Throws where a text has no sample. */
export function optionsOf(node: Node, name: string): Options {
  const factors: Factor[] = [];
  return { factors, make: compile(node, { path: name, name, when: [], nth: 0, factors, fixed: false }) };
}

interface Place {
  path: string;
  /** Of the option, for its text. */
  name: string;
  when: readonly Chosen[];
  /** Which of the texts: lists hold no text twice. */
  nth: number;
  factors: Factor[];
  /** No choices of its own: the second of a list is there to be second. */
  fixed: boolean;
}

function compile(node: Node, place: Place): Make {
  const members = node.oneOf ?? node.anyOf;
  if (members !== undefined) return branch(place, members.map((member, at) => [kindOf(member, at), member]));
  if (node.const !== undefined) return () => node.const;
  if (node.enum !== undefined) return choice(place, node.enum.map((value) => [String(value), () => value]));
  switch (node.type) {
    case "boolean":
      return choice(place, [["false", () => false], ["true", () => true]]);
    case "integer":
    case "number":
      return () => node.default ?? Math.min(Math.max(node.minimum ?? 10, 10), node.maximum ?? 10);
    case "string": {
      const text = textFor(place.name, node.pattern, place.nth);
      if (text === undefined) throw new Error(`${place.path}: no sample fits ${node.pattern}; add one to test/workflows/pairs/strings.ts`);
      return () => text;
    }
    case "array":
      return list(node, place);
    case "object":
      return node.propertyNames === undefined ? object(node, place) : record(node, node.propertyNames, place);
    default:
      return () => "anything";
  }
}

function kindOf({ const: constant, enum: values, type, properties }: Node, at: number): string {
  const kind = Object.values(properties ?? {}).find((property) => property.const !== undefined)?.const;
  return String(kind ?? constant ?? values?.join("/") ?? `${type}${at}`);
}

/** Adds a factor and goes into what its levels hold. */
function branch(place: Place, levels: readonly (readonly [name: string, node: Node])[]): Make {
  return factor(place, levels.map(([name]) => name), (level, inside) => compile(levels[level]?.[1] ?? {}, { ...inside, path: `${place.path}|${levels[level]?.[0]}` }));
}

function choice(place: Place, levels: readonly (readonly [name: string, make: Make])[]): Make {
  return factor(place, levels.map(([name]) => name), (level) => levels[level]?.[1] ?? (() => undefined));
}

function factor<T>(place: Place, names: readonly string[], inside: (level: number, place: Place) => (row: Assignment) => T): (row: Assignment) => T | undefined {
  if (names.length === 1) return inside(0, place);
  if (place.fixed) return inside((place.nth + names.length - 1) % names.length, place);
  const at = place.factors.length;
  place.factors.push({ path: place.path, levels: names, when: place.when });
  const makes = names.map((_, level) => inside(level, { ...place, when: [...place.when, [at, level]] }));
  return (row) => makes[row[at] ?? 0]?.(row);
}

const absent: Make = () => undefined;

function object({ properties = {}, required = [] }: Node, place: Place): Make {
  const makes = Object.entries(properties).map(([name, node]): [string, Make] => {
    const inner = { ...place, path: `${place.path}.${name}`, name };
    const decided = node.enum !== undefined || node.type === "boolean";
    if (required.includes(name) || (decided && node.default !== undefined)) return [name, compile(node, inner)];
    // A default that is a plain number or text is the sample.
    if (node.default !== undefined && typeof node.default !== "object") return [name, absent];
    return [name, factor({ ...inner, path: `${inner.path}?` }, ["absent", "present"], (level, at) => (level === 0 ? absent : compile(node, { ...at, path: inner.path })))];
  });
  return (row) => Object.fromEntries(makes.map(([name, make]) => [name, make(row)] as const).filter(([, value]) => value !== undefined));
}

function list(node: Node, place: Place): Make {
  const item = node.items ?? node.prefixItems?.[0] ?? {};
  return some({ ...place, path: `${place.path}[]` }, node.minItems ?? 0, node.maxItems ?? 2, (nth, inside) => compile(item, { ...inside, path: `${place.path}[${nth}]` }));
}

function record(node: Node, names: Node, place: Place): Make {
  const entry = (nth: number, inside: Place): ((row: Assignment) => [string, unknown]) => {
    const key = names.enum === undefined ? compile(names, { ...inside, name: `${place.name}{key}`, fixed: true }) : () => names.enum?.[nth];
    const value = compile(node.additionalProperties || {}, { ...inside, path: `${place.path}{${nth}}` });
    return (row) => [String(key(row)), value(row)];
  };
  const made = some({ ...place, path: `${place.path}{}` }, 0, names.enum?.length ?? 2, entry);
  return (row) => Object.fromEntries(made(row));
}

/** None, one or two of something, as far as the schema lets it; the first has its own choices, the second is there to be second. */
function some<T>(place: Place, least: number, most: number, item: (nth: number, place: Place) => (row: Assignment) => T): (row: Assignment) => T[] {
  const more = (inside: Place): ((row: Assignment) => T[]) => {
    const first = item(0, { ...inside, nth: 0 });
    const second = (at: Place) => item(1, { ...at, nth: 1, fixed: true });
    const rest = factor({ ...inside, path: `${place.path}+` }, [...(least < 2 ? ["one"] : []), ...(most > 1 ? ["several"] : [])], (level, at) => (level === 1 || least > 1 ? listed(second(at)) : () => []));
    return (row) => [first(row), ...(rest(row) ?? [])];
  };
  if (least > 0) return more(place);
  const made = factor(place, ["none", "some"], (level, inside) => (level === 0 ? () => [] : more(inside)));
  return (row) => made(row) ?? [];
}

function listed<T>(make: (row: Assignment) => T): (row: Assignment) => T[] {
  return (row) => [make(row)];
}
