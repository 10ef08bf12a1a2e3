import { createHash } from "node:crypto";
import { isRecord } from "../unknown.ts";
import { canonical } from "./values.ts";
import type { EngineStep, Events } from "./events.ts";

/** What a digest is of, told apart so that a refusal can say which part differs. */
const PARTS = ["configuration", "state", "plan"] as const;
type Part = (typeof PARTS)[number];

/** What an update reports as it goes, not what it does. */
const PASSING = new Set(["refresh", "read-discard"]);

export interface DigestInputs {
  events: Events;
  /** The text of the stack's file, parsed: of a secret value its encrypted form counts. */
  file: unknown;
  /** What `pulumi stack export` printed: of a secret value its encrypted form counts. */
  exported: unknown;
  /** The moment that the preview was told to take for now, which no two previews share. */
  plannedAt: string;
}

/**
 * Binds what was reviewed to what is applied: SHA-256 over every operation with its inputs, the configuration and the state, then eight
 * digits of each part. Two previews of the same have the same; whatever changed, it differs.
 */
export function digestOf({ events, exported, file, plannedAt }: DigestInputs): string {
  const timeless = (value: unknown): string => canonical(value).replaceAll(plannedAt, "now");
  const texts: Record<Part, string> = {
    configuration: timeless([events.config, [...encrypted(file, "secure", [])]]),
    state: timeless([...encrypted(resourcesOf(exported), "ciphertext", [])].sort()),
    plan: timeless(events.steps.filter(({ op }) => !PASSING.has(op)).map(essence).sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))),
  };
  const short = PARTS.map((part) => sha256(texts[part]).slice(0, 8));
  return [sha256(canonical(texts)), ...short].join("-");
}

/** The parts in which two digests differ; nothing where one of them has no parts. */
export function differingParts(one: string, other: string): Part[] {
  const [first, second] = [one.split("-").slice(1), other.split("-").slice(1)];
  if (first.length !== PARTS.length || second.length !== PARTS.length) return [];
  return PARTS.filter((_, index) => first[index] !== second[index]);
}

export function isDigest(text: string): boolean {
  return /^[0-9a-f]{64}(-[0-9a-f]{8}){3}$/.test(text);
}

/** What an operation does. Outputs are what providers say of a resource, and change by themselves; the stack's own hold its records. */
function essence({ detailed, new: after, old: before, op, type, urn }: EngineStep): object {
  const outputs = type === "pulumi:pulumi:Stack" ? { before: before?.outputs, after: after?.outputs } : {};
  const side = (state: typeof before): object | undefined => state && { inputs: state.inputs, parent: state.parent, protect: state.protect, retain: state.retain };
  return { op, urn, before: op === "same" ? before?.protect : side(before), after: side(after), fields: Object.entries(detailed).sort(), ...outputs };
}

function keyOf(value: object): string {
  return "urn" in value && "op" in value ? `${String(value.urn)} ${String(value.op)}` : "";
}

/** Where encrypted values stand, and what they are: they stay the same until somebody writes them again. */
function* encrypted(value: unknown, mark: string, path: readonly string[]): Generator<string> {
  if (Array.isArray(value)) {
    for (const [at, inner] of value.entries()) yield* encrypted(inner, mark, [...path, nameOf(inner) ?? String(at)]);
  } else if (isRecord(value)) {
    for (const [key, inner] of Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) {
      if (key === mark && typeof inner === "string") yield `${path.join("/")} ${sha256(inner)}`;
      else yield* encrypted(inner, mark, [...path, key]);
    }
  }
}

/** A resource of the state; their order is the engine's whim. */
function nameOf(value: unknown): string | undefined {
  return isRecord(value) && typeof value["urn"] === "string" ? value["urn"] : undefined;
}

function resourcesOf(exported: unknown): unknown {
  const deployment = isRecord(exported) ? exported["deployment"] : undefined;
  return isRecord(deployment) ? deployment["resources"] : [];
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
