import { html } from "./html.ts";
import type { Html } from "./html.ts";
import { percent } from "./words.ts";

/** Fills that differ by pattern as well as by colour; the pictures refer to them. */
export const PATTERNS = html`<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>
<pattern id="candidate" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8" class="fill-candidate"/><rect width="3" height="8" class="fill-stripe"/></pattern>
<pattern id="overdrawn" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="6" height="6" class="fill-act"/><rect width="2" height="6" class="fill-stripe"/></pattern>
</defs></svg>`;

export interface Part {
  role: string;
  revision: string;
  /** Per cent. */
  weight: number;
}

/** Who gets which share of the requests. */
export function splitBar(parts: readonly Part[]): Html {
  const live = parts.filter(({ weight }) => weight > 0);
  const said = live.map(({ revision, role, weight }) => `${role} ${revision} ${weight} %`).join(", ");
  let from = 0;
  const drawn = live.map(({ role, weight }) => {
    const part = html`<rect x="${from}%" y="0" width="${weight}%" height="100%" class="part-${role === "candidate" ? "candidate" : "stable"}"/>`;
    from += weight;
    return part;
  });
  return html`<svg class="bar" width="100%" height="14" role="img" aria-label="${said === "" ? "no traffic" : `traffic: ${said}`}">${drawn}</svg>`;
}

/** How far a candidate is: a piece for each stage, those that it has reached are filled. */
export function stageTrack(stages: readonly number[], weight: number): Html {
  const wide = 100 / stages.length;
  const said = `stages: ${stages.map((stage) => `${stage} %${stage <= weight ? " reached" : ""}`).join(", ")}`;
  return html`<svg class="track-of" width="100%" height="8" role="img" aria-label="${said}">${stages.map((stage, index) => html`<rect x="${round(index * wide)}%" width="${round(wide * 0.94)}%" height="100%" rx="3" class="${stage <= weight ? "part-candidate" : "track"}"/>`)}</svg>`;
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}

/** What is left of a budget; an overdrawn one is full of stripes. */
export function budgetBar(name: string, remaining: number): Html {
  const kind = remaining <= 0 ? "overdrawn" : remaining < 0.25 ? "little" : "enough";
  const width = remaining <= 0 ? 100 : Math.min(100, Math.round(remaining * 1000) / 10);
  const said = `${name} budget: ${budgetText(remaining)}`;
  return html`<svg class="bar" width="100%" height="10" role="img" aria-label="${said}"><rect width="100%" height="100%" class="track"/><rect width="${width}%" height="100%" class="budget-${kind}"/></svg>`;
}

export function budgetText(remaining: number): string {
  if (remaining < 0) return `overdrawn by ${percent(-remaining)}`;
  return remaining === 0 ? "used up" : `${percent(remaining)} left`;
}
