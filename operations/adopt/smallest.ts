import type { ZodType } from "zod";
import { isRecord } from "../unknown.ts";

/**
 * Settings as a person would write them: every key is left out whose absence the schema reads the same. Order stays.
 * @throws ZodError where the schema does not take the settings whole
 */
export function smallest(schema: ZodType, settings: unknown): Record<string, unknown> {
  const whole = canonical(schema.parse(settings));
  const draft = structuredClone(settings);
  if (!isRecord(draft)) return {};
  prune(draft, () => {
    const parsed = schema.safeParse(draft);
    return parsed.success && canonical(parsed.data) === whole;
  });
  return draft;
}

/** From the outside in: a part that can go whole is not looked into. */
function prune(part: unknown, same: () => boolean): void {
  if (Array.isArray(part)) return part.forEach((item) => prune(item, same));
  if (!isRecord(part)) return;
  for (const [key, value] of Object.entries(part)) {
    if (value === undefined) {
      delete part[key];
      continue;
    }
    const before = Object.entries(part);
    delete part[key];
    if (same()) continue;
    // Put back in its place: the order of keys is what people read.
    for (const [each] of before) delete part[each];
    for (const [each, kept] of before) part[each] = kept;
    prune(value, same);
  }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (isRecord(part) ? Object.fromEntries(Object.entries(part).filter(([, each]) => each !== undefined).sort(([one], [other]) => (one < other ? -1 : 1))) : part));
}
