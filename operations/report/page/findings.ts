import type { FindingReport, FindingsReport, Looked } from "../types.ts";
import { html, link } from "./html.ts";
import type { Html } from "./html.ts";
import { unknown } from "./parts.ts";
import { table } from "./table.ts";
import { count, moment } from "./words.ts";

/** Rows of a table of findings: what is worst comes first, and the rest is in the file. */
const ROWS = 100;

/** Findings of drift or of the policies; `none` says that there are none. */
export function findingsSection(findings: Looked<FindingsReport>, none: string): Html {
  if (findings.kind === "unknown") return unknown(findings.why);
  const { at, excused, list } = findings.value;
  const when = html`${at === undefined ? "" : html` Looked at ${moment(at)}.`}${excused === 0 ? "" : ` ${count(excused, "finding")} let pass by the stack's settings.`}`;
  if (list.length === 0) return html`<p class="none">${none}${when}</p>`;
  const rest = list.length - ROWS;
  return html`${table({
    caption: `${count(list.length, "finding")}, worst first`,
    head: ["Where", "Severity", "What"],
    kind: "findings",
    rows: list.slice(0, ROWS).map((each) => [link(each.address, each.where), severityOf(each), whatOf(each)]),
  })}<p class="quiet">${rest > 0 ? `${count(rest, "more finding")} in the file.` : ""}${when}</p>`;
}

function whatOf({ next, since, what }: FindingReport): Html {
  return html`<span>${what}</span>${next === undefined ? "" : html`<span class="quiet">To do: ${next}</span>`}${since === undefined ? "" : html`<span class="quiet">since ${moment(since)}</span>`}`;
}

function severityOf({ severity, urgency }: FindingReport): Html {
  return html`<span class="chip ${urgency === "none" ? "plain" : urgency}">${severity}</span>`;
}
