import { clipped, oneLine } from "../rollout/notify/escape.ts";
import type { Danger } from "./danger.ts";
import type { Field } from "./fields.ts";
import { kindText, placeText } from "./place.ts";
import type { Kind, Step } from "./step.ts";
import { KNOWN_LATER, SECRET } from "./values.ts";

/** Characters of one value that are shown, of one resource's fields, and fields of one resource. */
const LONGEST_VALUE = 160;
const MOST_FIELDS = 30;

export const SIGNS: Readonly<Record<Kind, string>> = { create: "+", import: "=", change: "~", replace: "±", delete: "-", forget: "?", same: " " };
const WORDS: Readonly<Record<Kind, string>> = { create: "create", import: "take over", change: "change", replace: "replace", delete: "delete", forget: "forget", same: "keep" };

/** `replace RepositoryEnvironment continuum-environment-production`. */
export function stepText({ kind, name, type }: Step): string {
  return `${WORDS[kind]} ${kindText(type)} ${cut(name)}`;
}

/** One line of at most `longest` UTF-16 units. */
export function cut(text: string, longest = 200): string {
  return clipped(oneLine(text), longest);
}

/** What a danger is about, and why, as texts for themselves; `why` is this house's own with names in it. */
export function dangerTexts({ also, does, name, place, type, why }: Danger): { what: string; where: string; why: string } {
  const others = Object.entries(also).map(([kind, count]) => `${count} ${kind}`);
  return { what: `${does === "opens" ? "adds" : does} ${kindText(type)} ${cut(name)}`, where: placeText(place), why: `${cut(why, 400)}${others.length === 0 ? "" : `; with it ${others.join(", ")}`}` };
}

/** One line: where, then what ends and why it matters, or why it matters and what weakens it. */
export function dangerText(danger: Danger, quote: (text: string) => string = (text) => text, say: (text: string) => string = (text) => text): string {
  const { what, where, why } = dangerTexts(danger);
  const ends = danger.does === "deletes" || danger.does === "replaces";
  return ends ? `${quote(where)}: ${quote(what)}: ${say(why)}` : `${quote(where)}: ${say(why)} (${quote(what)})`;
}

export interface FieldText {
  path: string;
  /** Absent where there is none. */
  before?: string;
  after?: string;
  replaces: boolean;
}

/** Fields as texts of one line each, and how many more there are. */
export function fieldTexts({ fields }: Step): { fields: FieldText[]; more: number } {
  return { fields: fields.slice(0, MOST_FIELDS).map(fieldText), more: Math.max(0, fields.length - MOST_FIELDS) };
}

function fieldText({ after, before, path, replaces }: Field): FieldText {
  return { path: cut(path), replaces, ...(before === undefined ? {} : { before: valueText(before) }), ...(after === undefined ? {} : { after: valueText(after, before) }) };
}

/** A long text that changes is shown from where it differs. */
function valueText(value: unknown, other?: unknown): string {
  if (value === SECRET) return other === SECRET ? `${SECRET} (another one)` : SECRET;
  if (value === KNOWN_LATER) return KNOWN_LATER;
  const text = typeof value === "string" && typeof other === "string" ? aroundDifference(value, other) : value;
  const json = JSON.stringify(text) ?? "nothing";
  return cut(json, LONGEST_VALUE);
}

function aroundDifference(text: string, other: string): string {
  let at = 0;
  while (at < text.length && at < other.length && text[at] === other[at]) at += 1;
  return at < LONGEST_VALUE / 2 ? text : `…${text.slice(at - 20)}`;
}
