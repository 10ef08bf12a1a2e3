import type { Schema } from "./schema.ts";

const INTEGERS: Record<string, [number, number]> = { int32: [-(2 ** 31), 2 ** 31 - 1], uint32: [0, 2 ** 32 - 1], int64: [-(2 ** 63), 2 ** 63] };
const patterns = new Map<string, RegExp>();

function matches(pattern: string, value: string): boolean {
  const known = patterns.get(pattern) ?? new RegExp(pattern);
  patterns.set(pattern, known);
  return known.test(value);
}

/** A schema's bounds on one value. `bound` undefined or kept: no breach. */
interface Bound<T> {
  breaks: (value: T, schema: Schema) => boolean;
  detail: (schema: Schema) => string;
}
const bound = <T>(breaks: Bound<T>["breaks"], detail: Bound<T>["detail"]): Bound<T> => ({ breaks, detail });
const under = (value: number, least: number | undefined): boolean => least !== undefined && value < least;
const over = (value: number, most: number | undefined): boolean => most !== undefined && value > most;

const NUMBERS = [
  bound<number>((value, { minimum, exclusiveMinimum }) => under(value, minimum) || (exclusiveMinimum === true && value === minimum),
    ({ minimum, exclusiveMinimum }) => `should be greater than ${exclusiveMinimum === true ? "" : "or equal to "}${minimum}`),
  bound<number>((value, { maximum, exclusiveMaximum }) => over(value, maximum) || (exclusiveMaximum === true && value === maximum),
    ({ maximum, exclusiveMaximum }) => `should be less than ${exclusiveMaximum === true ? "" : "or equal to "}${maximum}`),
];
const STRINGS = [
  bound<string>((value, { minLength }) => under([...value].length, minLength), ({ minLength }) => `should be at least ${minLength} chars long`),
  bound<string>((value, { pattern }) => pattern !== undefined && !matches(pattern, value), ({ pattern }) => `should match '${pattern}'`),
];
const LISTS = [
  bound<unknown[]>((value, { minItems }) => under(value.length, minItems), ({ minItems }) => `should have at least ${minItems} items`),
];

const broken = <T>(bounds: Bound<T>[], value: T, schema: Schema): string[] =>
  bounds.filter(({ breaks }) => breaks(value, schema)).map(({ detail }) => detail(schema));

const MAPS = [
  bound<object>((value, { minProperties }) => under(Object.keys(value).length, minProperties), ({ minProperties }) => `should have at least ${minProperties} properties`),
];

/** What the value breaks of its schema's bounds, in the words that follow "<path> in body". */
export function boundProblems(value: unknown, schema: Schema): string[] {
  if (typeof value === "number") return broken(NUMBERS, value, schema);
  if (typeof value === "string") return broken(STRINGS, value, schema);
  if (Array.isArray(value)) return broken(LISTS, value, schema);
  return typeof value === "object" && value !== null ? broken(MAPS, value, schema) : [];
}

/** True when a number lies outside its integer format. */
export function overflows(value: unknown, { format }: Schema): boolean {
  const [least, most] = INTEGERS[format ?? ""] ?? [-Infinity, Infinity];
  return typeof value === "number" && (value < least || value > most);
}

/** "Too long" and "too many" have a form of their own. */
export function excess(value: unknown, { maxLength, maxItems, maxProperties }: Schema): string | undefined {
  if (typeof value === "string" && over([...value].length, maxLength)) return `Too long: may not be more than ${maxLength} bytes`;
  if (Array.isArray(value) && over(value.length, maxItems)) return `Too many: ${value.length}: must have at most ${maxItems} items`;
  const size = typeof value === "object" && value !== null ? Object.keys(value).length : 0;
  return over(size, maxProperties) ? `Too many: ${size}: must have at most ${maxProperties} items` : undefined;
}
