import { tickLabels, tickSteps, timeLabels, valueRange } from "./axis.ts";
import { painted, seriesColour } from "./colours.ts";
import type { FieldSettings, PanelDocument } from "./panel-documents.ts";
import { element } from "./element.ts";
import { absoluteSteps, fieldSettings, show } from "./fields.ts";
import { pointAt } from "./hover.ts";
import { marks, thresholdLines } from "./overlays.ts";
import type { Mark } from "./marks.ts";
import type { TimeRange } from "./ranges.ts";
import { reduce } from "./reducers.ts";
import { joined, lonely, stacked } from "./series.ts";
import type { Series } from "./series.ts";

export interface ChartArgs {
  panel: PanelDocument;
  series: readonly Series[];
  range: TimeRange;
  marks: readonly Mark[];
}

const CURSOR = "slipway";

/** A panel's lines over time, with its legend. It fits itself to the element that it is put into, until what is returned is called. */
export function chart(into: HTMLElement, { marks: happened, panel, range, series }: ChartArgs): () => void {
  const { times, columns } = joined(series);
  const settings = series.map(({ name, refId }) => fieldSettings(panel, name, refId));
  const usual = fieldSettings(panel, "");
  const isStacked = (usual.custom?.stacking?.mode ?? "none") !== "none";
  const drawn = isStacked ? stacked(columns) : columns;
  const colours = settings.map((each, index) => (each.color?.mode === "fixed" ? painted(each.color.fixedColor ?? "text") : seriesColour(index)));
  const plot = element("div", { class: "plot", role: "img", "aria-label": spoken(panel, series, settings) });
  const keys = legendOf(panel, series, settings, colours, (index, visible) => made.setSeries(index + 1, { show: visible }));
  const hover = element("div", { class: "hover", hidden: "" });
  plot.append(hover);
  into.replaceChildren(plot, keys);
  // The highest is drawn first, so that each area shows above the one below it.
  const order = series.map((_, index) => (isStacked ? series.length - 1 - index : index));
  const steps = tickSteps(usual.unit);
  const made = new uPlot({
    ...size(plot),
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { y: false, sync: { key: CURSOR }, drag: { x: false, y: false }, points: { size: 6 } },
    scales: {
      x: { time: true, range: () => [range.from / 1000, range.to / 1000] },
      y: { range: (_, low, high) => valueRange(low, high, { min: usual.min, max: usual.max, softMax: usual.custom?.axisSoftMax, softMin: usual.custom?.axisSoftMin }) },
    },
    axes: [{ ...axis(), size: 24, space: 64, values: (_, ticks) => timeLabels(ticks, range) }, { ...axis(), ...(steps === undefined ? {} : { incrs: steps }), size: (_, labels) => 14 + 6.6 * Math.max(4, ...(labels ?? []).map(({ length }) => length)), values: (_, ticks) => tickLabels(ticks, usual.unit, usual.decimals) }],
    series: [{}, ...order.map((index) => line(settings[index] ?? {}, colours[index] ?? "", series[index]?.name ?? "", isStacked))],
    hooks: {
      draw: [(self) => {
        marks(self, happened);
        thresholdLines(self, usual.custom?.thresholdsStyle?.mode ?? "off", absoluteSteps(usual));
      }],
      setCursor: [(self) => pointAt(self, hover, { columns, colours, marks: happened, range, series, settings, times })],
    },
  }, [times.map((time) => time / 1000), ...order.map((index) => drawn[index] ?? [])], plot);
  const observer = new ResizeObserver(() => made.setSize(size(plot)));
  observer.observe(plot);
  return () => {
    observer.disconnect();
    made.destroy();
  };
}

function size({ clientHeight, clientWidth }: HTMLElement): { width: number; height: number } {
  return { width: Math.max(80, clientWidth), height: Math.max(80, clientHeight) };
}

function axis(): uPlot.Axis {
  return { stroke: painted("var(--quiet)"), grid: { stroke: painted("var(--grid)"), width: 1 }, ticks: { show: false }, font: "11px system-ui, 'DejaVu Sans', sans-serif" };
}

function line({ custom = {} }: FieldSettings, colour: string, label: string, isStacked: boolean): uPlot.Series {
  const fill = Math.max(custom.fillOpacity ?? 0, isStacked ? 10 : 0);
  return {
    label,
    stroke: colour,
    width: custom.lineWidth ?? 1.5,
    spanGaps: custom.spanNulls === true,
    points: { show: custom.drawStyle === "points", filter: (self, index, all) => (all ? null : lonely(Array.from(self.data[index] ?? []))), size: 5, fill: colour },
    // Over one another areas must hide what is below them, or their colours would mix.
    ...(fill > 0 ? { fill: faint(colour, fill, isStacked ? painted("var(--panel)") : "transparent") } : {}),
    ...(custom.lineInterpolation === "stepAfter" && uPlot.paths.stepped !== undefined ? { paths: uPlot.paths.stepped({ align: 1 }) } : {}),
  };
}

function faint(colour: string, percent: number, back: string): string {
  return `color-mix(in srgb, ${colour} ${percent}%, ${back})`;
}

/** For those who cannot see it: each line's latest value. */
function spoken({ title = "" }: PanelDocument, series: readonly Series[], settings: readonly FieldSettings[]): string {
  const said = series.map(({ name, values }, index) => `${name} ${show(reduce("lastNotNull", values), settings[index] ?? {}).text}`);
  return `${title}: ${said.join("; ")}`;
}

function legendOf(panel: PanelDocument, series: readonly Series[], settings: readonly FieldSettings[], colours: readonly string[], toggle: (index: number, visible: boolean) => void): HTMLElement {
  const { calcs = [], showLegend = true } = panel.options?.legend ?? {};
  const keys = series.map(({ name, values }, index) => {
    const numbers = calcs.map((calc) => element("span", { class: "number" }, show(reduce(calc, values), settings[index] ?? {}).text));
    const key = element("button", { type: "button", class: "key", "aria-pressed": "true" }, element("i", { style: `background: ${colours[index]}` }), element("span", {}, settings[index]?.displayName ?? name), ...numbers);
    key.addEventListener("click", () => {
      const visible = key.getAttribute("aria-pressed") !== "true";
      key.setAttribute("aria-pressed", String(visible));
      toggle(index, visible);
    });
    return key;
  });
  return element("div", { class: "legend", ...(showLegend ? {} : { hidden: "" }) }, ...keys);
}
