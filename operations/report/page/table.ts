import { html } from "./html.ts";
import type { Html, Piece } from "./html.ts";

export interface Table {
  caption: string;
  /** The first column names the row. */
  head: readonly string[];
  rows: readonly (readonly Piece[])[];
  /** Adds to the table's class. */
  kind?: string;
}

/** A table that a narrow screen shows as a list of cards; the roles keep it a table for those who hear it. */
export function table({ caption, head, kind = "", rows }: Table): Html {
  return html`<table role="table" class="${kind}"><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${head.map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map((cells) => html`<tr role="row">${cells.map((cell, index) => cellOf(cell, head[index] ?? "", index === 0))}</tr>
`)}</tbody></table>`;
}

function cellOf(cell: Piece, label: string, first: boolean): Html {
  return first ? html`<th role="rowheader" scope="row">${cell}</th>` : html`<td role="cell" data-label="${label}"><div>${cell}</div></td>`;
}
