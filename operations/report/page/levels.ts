import type { LevelReport, Looked, Measures, ObjectiveReport } from "../types.ts";
import { html } from "./html.ts";
import type { Html, Piece } from "./html.ts";
import { unknown } from "./parts.ts";
import { budgetBar, budgetText } from "./pictures.ts";
import { table } from "./table.ts";
import { count, figure, percent } from "./words.ts";

/** How each service keeps what it promises, the smallest budget first. */
export function levelsSection(levels: Looked<readonly LevelReport[]>): Html {
  if (levels.kind === "unknown") return unknown(levels.why);
  if (levels.value.length === 0) return html`<p class="none">The stack's file declares no service.</p>`;
  const promised = [...new Set(levels.value.flatMap(({ objectives }) => objectives.map(({ name }) => name)))].sort();
  return table({
    caption: `${count(levels.value.length, "service")}: error budgets, and the last five minutes`,
    head: ["Service", ...promised.map((name) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`), "Now"],
    kind: "levels",
    rows: [...levels.value].sort((left, right) => least(left) - least(right)).map(({ namespace, now, objectives, service }) => [
      html`${service}<span class="quiet">in ${namespace}</span>`,
      ...promised.map((name) => objectiveOf(objectives.find((each) => each.name === name))),
      nowOf(now),
    ]),
  });
}

/** What is left of the budget that is nearest to its end. */
function least({ objectives }: LevelReport): number {
  return Math.min(2, ...objectives.map(({ remaining = 2 }) => remaining));
}

function objectiveOf(objective: ObjectiveReport | undefined): Piece {
  if (objective === undefined) return html`<span class="quiet">promises nothing</span>`;
  const { burn, name, promise, remaining, windowDays } = objective;
  return html`${remaining === undefined ? html`<span>no data yet</span>` : html`${budgetBar(name, remaining)}<span><b>${budgetText(remaining)}</b> of ${windowDays} days${burn === undefined ? "" : `, burns ${figure(burn)}×`}</span>`}<span class="quiet">${promise}</span>`;
}

function nowOf({ errorRatio, p95Milliseconds, requests }: Measures): Piece {
  if (requests === undefined && errorRatio === undefined && p95Milliseconds === undefined) return html`<span class="quiet">no data</span>`;
  return html`${requests === undefined ? "" : html`<span>${figure(requests)} requests/s</span>`}${errorRatio === undefined ? "" : html`<span>${percent(errorRatio)} errors</span>`}${p95Milliseconds === undefined ? "" : html`<span>p95 ${figure(p95Milliseconds)} ms</span>`}`;
}
