import { painted } from "./colours.ts";
import { element } from "./element.ts";
import { show } from "./fields.ts";
import type { Mark } from "./marks.ts";
import type { FieldSettings } from "./panel-documents.ts";
import type { TimeRange } from "./ranges.ts";
import type { Series } from "./series.ts";
import { dateTime } from "./times.ts";

/** Share of the time range within which the pointer is near a mark. */
const NEAR = 0.012;

export interface Pointed {
  range: TimeRange;
  marks: readonly Mark[];
  times: readonly number[];
  columns: readonly (readonly (number | null)[])[];
  series: readonly Series[];
  settings: readonly FieldSettings[];
  colours: readonly string[];
}

/** What happened, and the values, under the pointer: in a box beside it. */
export function pointAt(self: uPlot, box: HTMLElement, { colours, columns, marks, range, series, settings, times }: Pointed): void {
  const { idx, left = -1 } = self.cursor;
  const time = idx === null || idx === undefined ? undefined : times[idx];
  box.hidden = time === undefined || left < 0 || !self.root.matches(":hover");
  if (box.hidden || time === undefined || idx === null || idx === undefined) return;
  const lines = series.flatMap(({ name }, index) => {
    const value = columns[index]?.[idx] ?? null;
    return value === null ? [] : [element("div", {}, element("i", { style: `background: ${colours[index]}` }), element("span", {}, name), element("b", {}, show(value, settings[index] ?? {}).text))];
  });
  const near = (range.to - range.from) * NEAR;
  const happened = marks.filter(({ from, to }) => time > from - near && time < to + near).map(({ colour, text, title }) =>
    element("div", { class: "mark" }, element("i", { style: `background: ${painted(colour)}` }), element("span", {}, text === "" ? title : `${title}: ${text}`)));
  box.replaceChildren(element("time", {}, dateTime(new Date(time))), ...happened, ...lines);
  const right = left > self.over.clientWidth / 2;
  box.style.insetInlineStart = right ? "auto" : `${self.over.offsetLeft + left + 12}px`;
  box.style.insetInlineEnd = right ? `${self.root.clientWidth - self.over.offsetLeft - left + 12}px` : "auto";
}
