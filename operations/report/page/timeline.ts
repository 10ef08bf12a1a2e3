import type { RolloutOutcome, RolloutReport } from "../types.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import { lengthText, moment } from "./words.ts";

/** Height of a lane, pixels. */
const LANE = 28;
const DAY = 86_400_000;
const LONGEST = 30 * DAY;
const SHORTEST = 3_600_000;

/** Per cent of the width below which a rollout is only its mark. */
const VISIBLE = 1;

/** One shape for each outcome, drawn around its end. */
const SHAPES: Readonly<Record<RolloutOutcome, string>> = {
  done: "M-6,0 A6,6 0 1 1 6,0 A6,6 0 1 1 -6,0 Z",
  "rolled back": "M-5,-5 L5,5 M-5,5 L5,-5",
  failed: "M0,-7 L7,6 L-7,6 Z",
  replaced: "M0,-6 L6,0 L0,6 L-6,0 Z",
  "going on": "M-6,-6 L6,0 L-6,6 Z",
};

/** When each service's rollouts began and ended, and how high their weight rose between; `at` is the right end. */
export function timeline(all: readonly RolloutReport[], at: string): Html {
  const rollouts = all.filter(({ startedAt }) => !Number.isNaN(Date.parse(startedAt)));
  const until = Date.parse(at);
  const first = Math.min(...rollouts.map(({ startedAt }) => Date.parse(startedAt)).filter((start) => start >= until - LONGEST), until - SHORTEST);
  // A little room on the left, so that the oldest mark is not cut in two.
  const from = until - (until - first) * 1.02;
  const shown = rollouts.filter((each) => endOf(each, until) >= from);
  const lanes = [...new Set(shown.map(({ service }) => service))].sort();
  const x = (time: number): number => Math.round(Math.min(1, Math.max(0, (time - from) / (until - from))) * 10_000) / 100;
  return html`<div class="timeline">${lanes.map((service) => lane(service, shown.filter((each) => each.service === service), x, until))}
<div class="axis"><span></span><div>${[from, (from + until) / 2, until].map((time) => moment(new Date(time).toISOString()))}</div></div>
<ul class="key">${Object.keys(SHAPES).filter((name): name is RolloutOutcome => shown.some(({ outcome }) => outcome === name)).map((outcome) => html`<li><svg width="14" height="14" aria-hidden="true" focusable="false"><g transform="translate(7 7)">${mark(outcome)}</g></svg> ${outcome}</li>`)}</ul></div>`;
}

/** The newest is drawn last, over the others. */
function lane(service: string, rollouts: readonly RolloutReport[], x: (time: number) => number, until: number): Html {
  const said = rollouts.map(({ outcome, revision }) => `${revision} ${outcome}`).join(", ");
  return html`<div class="lane"><span>${service}</span><svg width="100%" height="${LANE}" role="img" aria-label="${`rollouts of ${service}: ${said}`}"><line x1="0" x2="100%" y1="${LANE - 1}" y2="${LANE - 1}" class="rule"/>${rollouts.toReversed().map((each) => drawn(each, x, until))}</svg></div>`;
}

function drawn(rollout: RolloutReport, x: (time: number) => number, until: number): Html {
  const { outcome, startedAt, steps } = rollout;
  const end = endOf(rollout, until);
  const wide = x(end) - x(Date.parse(startedAt)) >= VISIBLE;
  const points = steps.length === 0 ? [{ from: Date.parse(startedAt), weight: 100 }] : steps.map(({ at, weight }) => ({ from: Date.parse(at), weight })).filter(({ from }) => !Number.isNaN(from));
  const risen = !wide ? [] : points.map(({ from, weight }, index) => {
    const left = x(from);
    const right = Math.max(left, x(points[index + 1]?.from ?? end));
    const height = Math.round((LANE - 4) * weight) / 100;
    return html`<rect x="${left}%" width="${Math.round((right - left) * 100) / 100}%" y="${LANE - 1 - height}" height="${height}" class="step"/>`;
  });
  const took = `, took ${lengthText((end - Date.parse(startedAt)) / 1000)}`;
  return html`<g><title>${`${rollout.revision}: ${outcome}${took}`}</title>${risen}<svg x="${x(end)}%" y="${LANE / 2}" overflow="visible">${mark(outcome)}</svg></g>`;
}

function mark(outcome: RolloutOutcome): Html {
  return html`<path d="${SHAPES[outcome]}" class="mark mark-${outcome.replace(" ", "-")}"/>`;
}

function endOf({ endedAt }: RolloutReport, until: number): number {
  const end = Date.parse(endedAt ?? "");
  return Number.isNaN(end) ? until : end;
}
