import type { FindingReport, FindingsReport, Looked } from "../types.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import { unknown } from "./parts.ts";
import { table } from "./table.ts";
import { count, moment } from "./words.ts";

/** Rows of a table of findings: what is worst comes first, and the rest is in the file. */
const ROWS = 100;

/** Findings of drift or of the policies; `none` says that there are none. */
export function findingsSection(findings: Looked<FindingsReport>, none: string): Html {
  if (findings.kind === "unknown") return unknown(findings.why);
  const { at, list } = findings.value;
  const when = at === undefined ? "" : html` Looked at ${moment(at)}.`;
  if (list.length === 0) return html`<p class="none">${none}${when}</p>`;
  const rest = list.length - ROWS;
  return html`${table({
    caption: `${count(list.length, "finding")}, worst first`,
    head: ["Where", "Severity", "What", "What to do"],
    kind: "findings",
    rows: list.slice(0, ROWS).map((each) => [each.where, severityOf(each), html`<span>${each.what}</span>${each.since === undefined ? "" : html`<span class="quiet">since ${moment(each.since)}</span>`}`, each.next ?? "–"]),
  })}${rest > 0 ? html`<p class="none">${count(rest, "more finding")} in the file.</p>` : ""}${when}`;
}

function severityOf({ severity, urgency }: FindingReport): Html {
  return html`<span class="chip ${urgency === "none" ? "plain" : urgency}">${severity}</span>`;
}
