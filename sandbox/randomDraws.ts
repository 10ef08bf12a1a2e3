import { randomInt } from "node:crypto";
import type { Properties, Value } from "./values.ts";

const CLASSES = [
  { flag: "lower", minimum: "minLower", characters: "abcdefghijklmnopqrstuvwxyz" },
  { flag: "upper", minimum: "minUpper", characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
  { flag: "numeric", minimum: "minNumeric", characters: "0123456789" },
  { flag: "special", minimum: "minSpecial", characters: "!@#$%&*()-_=+[]{}<>:?" },
];

const ADJECTIVES = ["able", "calm", "eager", "fair", "glad", "keen", "kind", "neat", "quick", "wise"];
const ANIMALS = ["crab", "duck", "gull", "heron", "otter", "perch", "puffin", "seal", "tern", "whale"];

/** A string of `length` characters from the classes that are on, with at least each class's minimum. */
export function drawCharacters(inputs: Properties): string {
  const length = typeof inputs["length"] === "number" ? inputs["length"] : 0;
  const classes = CLASSES.filter(({ flag }) => inputs[flag] !== false && !(flag === "numeric" && inputs["number"] === false)).map((row) => ({
    minimum: Number(inputs[row.minimum] ?? 0),
    characters: row.flag === "special" && typeof inputs["overrideSpecial"] === "string" && inputs["overrideSpecial"] !== "" ? inputs["overrideSpecial"] : row.characters,
  }));
  const all = classes.map(({ characters }) => characters).join("");
  const required = classes.flatMap(({ minimum, characters }) => Array.from({ length: minimum }, () => pick(characters)));
  const others = Array.from({ length: Math.max(0, length - required.length) }, () => pick(all));
  return mix([...required, ...others]).join("");
}

export function drawPet(length: number, separator: string, prefix: string): string {
  const words = Array.from({ length: Math.max(1, length) }, (_, index) => pickWord(index === length - 1 ? ANIMALS : ADJECTIVES));
  return [...(prefix === "" ? [] : [prefix]), ...words].join(separator);
}

export function shuffle(inputs: Value | undefined, count: Value | undefined): Value[] {
  const mixed = mix(Array.isArray(inputs) ? inputs : []);
  return typeof count === "number" ? mixed.slice(0, count) : mixed;
}

function mix<T>(items: readonly T[]): T[] {
  return items.map((item) => ({ item, order: randomInt(2 ** 32) })).sort((left, right) => left.order - right.order).map(({ item }) => item);
}

function pick(characters: string): string {
  return characters === "" ? "" : (characters[randomInt(characters.length)] ?? "");
}

function pickWord(words: readonly string[]): string {
  return words[randomInt(words.length)] ?? "";
}
