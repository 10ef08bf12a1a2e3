import type { Looked, RolloutOutcome, RolloutReport, RolloutsReport } from "../types.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import { unknown } from "./parts.ts";
import { table } from "./table.ts";
import { timeline } from "./timeline.ts";
import { between, count, moment } from "./words.ts";

const TONES: Readonly<Record<RolloutOutcome, string>> = { done: "good", "rolled back": "act", failed: "act", replaced: "plain", "going on": "live" };
/** Rows of the table; the picture shows all. */
const ROWS = 20;

/** The last rollouts: a picture of when, a table of what. */
export function rolloutsSection(rollouts: Looked<RolloutsReport>, at: string): Html {
  if (rollouts.kind === "unknown") return unknown(rollouts.why);
  const { brokenLines, list, older } = rollouts.value;
  if (list.length === 0) return html`<p class="none">No rollout is known yet.</p>`;
  const rows = list.slice(0, ROWS);
  const rest = older + list.length - rows.length;
  return html`${timeline(list, at)}${brokenLines.length === 0 ? "" : html`<p class="none"><b>Lines of the audit log were changed or are missing</b> before line ${brokenLines.slice(0, 5).join(", ")}.</p>`}
${table({
    caption: `The last ${count(rows.length, "rollout")}, newest first${rest === 0 ? "" : `; ${count(rest, "more was", "more were")} before`}`,
    head: ["Service", "Revision", "Began", "Took", "Ended"],
    kind: "rollouts",
    rows: rows.map((each) => [each.service, html`<code>${each.revision}</code>`, moment(each.startedAt), tookOf(each, at), endOf(each)]),
  })}`;
}

function tookOf({ endedAt, startedAt }: RolloutReport, at: string): string {
  if (endedAt === startedAt) return "at once";
  return `${between(startedAt, endedAt ?? at) ?? "not known"}${endedAt === undefined ? " so far" : ""}`;
}

function endOf({ outcome, reason, steps }: RolloutReport): Html {
  const way = steps.map(({ weight }) => weight).filter((weight, index, all) => weight !== all[index - 1]);
  return html`<span class="chip ${TONES[outcome]}">${outcome}</span>${way.length < 2 ? "" : html` <span>${way.join(" → ")} %</span>`}${reason === undefined ? "" : html`<span class="quiet">${reason}</span>`}`;
}
