import { css } from "./colours.ts";
import type { LinkDocument } from "./documents.ts";
import type { PanelDocument } from "./panel-documents.ts";
import { element } from "./element.ts";
import { fieldSettings, show } from "./fields.ts";
import type { Labels } from "./series.ts";
import type { Cell, Column, Table } from "./tables.ts";

/** Where a cell's link leads, for the labels of its line. */
export type LinkOf = (link: LinkDocument, labels: Labels) => string;

/** A table of the panel's columns. */
export function grid(panel: PanelDocument, { columns, labels }: Table, linkOf: LinkOf): HTMLElement {
  const shown = columns.filter(({ name }) => fieldSettings(panel, name).custom?.hidden !== true);
  const head = element("tr", {}, ...shown.map(({ kind, name }) => element("th", { scope: "col", class: kind }, fieldSettings(panel, name).displayName ?? name)));
  const lines = labels.map((own, index) => element("tr", {}, ...shown.map((column) => cell(panel, column, column.cells[index] ?? null, own, linkOf))));
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": panel.title ?? "table" }, element("table", {}, element("thead", {}, head), element("tbody", {}, ...lines)));
}

function cell(panel: PanelDocument, { kind, name }: Column, value: Cell, labels: Labels, linkOf: LinkOf): HTMLElement {
  const settings = fieldSettings(panel, name);
  const { colour, text } = show(kind === "time" && typeof value === "number" ? value : value, kind === "time" ? { ...settings, unit: "dateTimeAsIso" } : settings);
  const coloured = (settings.custom?.cellOptions?.type ?? "").startsWith("color") && colour !== undefined;
  const [link] = settings.links ?? [];
  const content = link === undefined ? text : element("a", { href: linkOf(link, labels), title: link.title ?? "" }, text);
  return element("td", { class: kind, ...(coloured ? { style: `color: ${css(colour ?? "text")}` } : {}) }, content);
}
