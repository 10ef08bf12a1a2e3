import { text } from "../manifest.ts";
import { invalid } from "../reasons.ts";
import type { Check } from "./rule.ts";

const CRON_LIMITS: [number, number][] = [[0, 59], [0, 23], [1, 31], [1, 12], [0, 6]];
const CRON_NAMES = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDECSUNMONTUEWEDTHUFRISAT";
const CRON_MACRO = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/;

function cronProblem(schedule: string): string | undefined {
  if (/^(CRON_)?TZ=/.test(schedule)) return "cannot use TZ or CRON_TZ in schedule, use timeZone field instead";
  if (CRON_MACRO.test(schedule)) return undefined;
  const parts = schedule.trim().split(/\s+/);
  if (parts.length !== 5) return `expected exactly 5 fields, found ${parts.length}: [${parts.join(" ")}]`;
  for (const [index, [least, most]] of CRON_LIMITS.entries()) {
    for (const each of (parts[index] ?? "").split(",")) {
      const [range = "", stride] = each.split("/");
      const numbers = range.split("-").filter((part) => part !== "*" && part !== "?" && !CRON_NAMES.includes(part.toUpperCase()));
      const wrong = numbers.find((part) => !/^\d+$/.test(part));
      if (wrong !== undefined || (stride !== undefined && !/^\d+$/.test(stride))) return `failed to parse int from ${wrong ?? stride}: strconv.Atoi: parsing "${wrong ?? stride}": invalid syntax`;
      const [low, high = low] = numbers.map(Number);
      if (low !== undefined && low < least) return `beginning of range (${low}) below minimum (${least}): ${each}`;
      if (high !== undefined && high > most) return `end of range (${high}) above maximum (${most}): ${each}`;
      if (low !== undefined && high !== undefined && low > high) return `beginning of range (${low}) beyond end of range (${high}): ${each}`;
    }
  }
  return undefined;
}
/** Five fields of numbers, ranges, strides and names, or a macro such as @daily. */
export const schedule: Check = (value, report) => {
  const known = text(value);
  const problem = known === undefined || known === "" ? undefined : cronProblem(known);
  if (problem !== undefined) report(invalid(known, problem));
};
/** A name of the IANA database. */
export const timeZone: Check = (value, report) => {
  const known = text(value);
  if (known === undefined) return;
  const zones = new Set(Intl.supportedValuesOf("timeZone"));
  if (!zones.has(known) && !["UTC", "Etc/UTC", "GMT"].includes(known)) report(invalid(known, `unknown time zone ${known}`));
};
