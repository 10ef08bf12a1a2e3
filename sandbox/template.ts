import { isProperties } from "./values.ts";
import type { Properties, Value } from "./values.ts";

const HOLE = /\{([^}]+)\}/g;

/** Fills `{input}`, `{input|fallback}`, `{nested.input}`; `{@owner}` and the like come from `extra`. */
export function fill(template: string, inputs: Properties, extra: Record<string, string> = {}): string {
  return template.replace(HOLE, (_, hole: string) => {
    const [name = "", ...fallbacks] = hole.split("|");
    for (const candidate of [name, ...fallbacks]) {
      const value = extra[candidate] ?? scalar(nested(inputs, candidate));
      if (value !== undefined && value !== "") return value;
    }
    return fallbacks.at(-1) ?? "_";
  });
}

/** The same for a path of the cloud: no value leaves its place in the folder, whatever it holds. */
export function fillPath(template: string, inputs: Properties, extra: Record<string, string> = {}): string {
  return template.split("/").map((segment) => {
    const filled = fill(segment, inputs, extra);
    return filled.split("/").map(encodeSegment).join("/");
  }).join("/");
}

/** Reads the values of a template's holes back from a text; undefined where it has another form. */
export function unfill(template: string, text: string): Record<string, string> | undefined {
  const names: string[] = [];
  const pattern = template.split(HOLE).map((part, index) => {
    if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    names.push(part.split("|")[0] ?? part);
    return "(.+?)";
  }).join("");
  const match = new RegExp(`^${pattern}$`).exec(text);
  if (match === null) return undefined;
  return Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? ""]));
}

function nested(inputs: Properties, path: string): Value | undefined {
  let current: Value | undefined = inputs;
  for (const key of path.split(".")) current = isProperties(current) ? current[key] : undefined;
  return current;
}

function scalar(value: Value | undefined): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

function encodeSegment(segment: string): string {
  if (segment === "" || segment === "." || segment === "..") return `%2E${segment.length}`;
  // Half of a character of four bytes cannot be encoded: whole ones are taken, and a half that stands alone is replaced.
  return segment.toWellFormed().replace(/[^A-Za-z0-9._@+~ -]/gu, (character) => encodeURIComponent(character).replaceAll("*", "%2A").replaceAll("'", "%27"));
}
