import type { Configuration } from "../kinds.ts";
import { isProperties } from "../values.ts";
import type { Revealed, Value } from "../values.ts";
import { fillPath } from "./template.ts";

/** The account that a provider instance works on, as a folder's name. @default octocat */
export function ownerOf(configuration: Configuration): string {
  const owner = configuration["owner"] ?? configuration["organization"];
  return typeof owner === "string" && owner !== "" ? fillPath("{owner}", { owner }) : "octocat";
}

/** Nested provider configuration arrives as JSON text. */
export function parseNested({ plain, secrets }: Revealed): Revealed {
  const parsed = Object.entries(plain).map(([key, value]): [string, Value] => [key, typeof value === "string" && /^[{[]|^(true|false|\d+)$/.test(value) ? parseOr(value) : value]);
  return { plain: Object.fromEntries(parsed.filter(([, value]) => value !== null || isProperties(value))), secrets };
}

function parseOr(text: string): Value {
  try {
    return JSON.parse(text);
  } catch {
    // A token may begin with a digit or a bracket: then it is the text itself.
    return text;
  }
}
