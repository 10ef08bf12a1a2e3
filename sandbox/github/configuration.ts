import type { Configuration } from "../kinds.ts";
import type { Specification } from "../schema.ts";
import type { Revealed, Value } from "../values.ts";
import { fillPath } from "../template.ts";

/** The account that a provider instance works on, as a folder's name. @default octocat */
export function ownerOf(configuration: Configuration): string {
  const owner = configuration["owner"] ?? configuration["organization"];
  return typeof owner === "string" && owner !== "" ? fillPath("{owner}", { owner }) : "octocat";
}

/** Provider configuration that is no string arrives as JSON text. */
export function parseNested({ plain, secrets }: Revealed, specifications: Record<string, Specification>): Revealed {
  const parsed = Object.entries(plain).map(([key, value]): [string, Value] => [key, typeof value === "string" && specifications[key]?.type !== "string" ? parseOr(value) : value]);
  return { plain: Object.fromEntries(parsed), secrets };
}

function parseOr(text: string): Value {
  try {
    return JSON.parse(text);
  } catch {
    // Then it is the text itself, and the judge says what it should be.
    return text;
  }
}
