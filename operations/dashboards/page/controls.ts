import { choice, element } from "./element.ts";
import { ALL } from "./variables.ts";
import type { Variable } from "./variables.ts";

const RANGES: readonly [string, string][] = [
  ["now-15m", "Last 15 minutes"], ["now-1h", "Last hour"], ["now-3h", "Last 3 hours"], ["now-6h", "Last 6 hours"], ["now-12h", "Last 12 hours"],
  ["now-24h", "Last 24 hours"], ["now-7d", "Last 7 days"], ["now-30d", "Last 30 days"], ["now-90d", "Last 90 days"],
];
const REFRESHES = ["off", "10s", "30s", "1m", "5m", "15m", "1h"];

export interface ControlsArgs {
  variables: readonly Variable[];
  from: string;
  to: string;
  refresh: string;
  /** A variable's new values. */
  choose(name: string, values: string[]): void;
  range(from: string): void;
  every(refresh: string): void;
}

/** What the reader can change: variables, time range and how often it is refreshed. */
export function controls({ choose, every, from, range, refresh, to, variables }: ControlsArgs): HTMLElement {
  const known = to === "now" && RANGES.some(([value]) => value === from);
  const ranges = known ? RANGES : [[from, `${from} to ${to}`] as const, ...RANGES];
  const several = variables.filter(({ many, options }) => many || options.length > 1);
  return element("div", { class: "controls" },
    ...several.map((variable) => (variable.many ? checks(variable, choose) : one(variable, choose))),
    choice("Time range", ranges.map(([value, text]) => ({ value, text })), [from], ([value = from]) => range(value)),
    choice("Refresh", [...new Set([refresh, ...REFRESHES])].map((value) => ({ value, text: value })), [refresh], ([value = refresh]) => every(value)));
}

function one({ label, name, options, values }: Variable, choose: ControlsArgs["choose"]): HTMLElement {
  return choice(label, options.map((value) => ({ value, text: value })), values, (chosen) => choose(name, chosen));
}

/** Several values: a list of boxes that opens on a click. */
function checks({ label, name, options, values }: Variable, choose: ControlsArgs["choose"]): HTMLElement {
  const all = values.includes(ALL);
  const box = (value: string, text: string, on: boolean): HTMLElement => {
    const input = element("input", { type: "checkbox", value, ...(on ? { checked: "" } : {}) });
    input.addEventListener("change", () => choose(name, next(value, values, input.checked)));
    return element("label", {}, input, text);
  };
  const summary = element("summary", {}, element("span", {}, label), element("b", {}, all ? "All" : values.join(", ") || "None"));
  return element("details", { class: "choice" }, summary, element("div", { class: "boxes" }, box(ALL, "All", all), ...options.map((value) => box(value, value, !all && values.includes(value)))));
}

/** All or some: choosing all unchooses the others, and choosing none means all. */
function next(value: string, values: readonly string[], on: boolean): string[] {
  if (value === ALL) return [ALL];
  const others = values.filter((each) => each !== value && each !== ALL);
  const chosen = on ? [...others, value] : others;
  return chosen.length === 0 ? [ALL] : chosen;
}
