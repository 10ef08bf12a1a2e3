import { css } from "./colours.ts";
import type { PanelDocument } from "./panel-documents.ts";
import { drawing, element } from "./element.ts";
import { absoluteSteps, fieldSettings, show } from "./fields.ts";
import type { Shown } from "./fields.ts";
import { reduce } from "./reducers.ts";
import type { Series } from "./series.ts";

interface Value extends Shown {
  name: string;
  value: number | undefined;
  series: Series;
}

/** One big value a series, on the colour of its threshold. */
export function stat(panel: PanelDocument, series: readonly Series[]): HTMLElement {
  const { colorMode = "value", textMode = "auto" } = panel.options ?? {};
  const values = reduced(panel, series);
  const titled = textMode === "value_and_name" || (textMode === "auto" && values.length > 1);
  return element("div", { class: `stats ${colorMode === "background" ? "filled" : ""}` }, ...values.map(({ colour, name, text }) => {
    const big = textMode === "name" ? name : text;
    const shown = element("div", { class: "big", style: `${colour === undefined ? "" : `--value: ${css(colour)}; `}--letters: ${Math.max(5, big.length)}` }, ...(textMode === "none" ? [] : [big]));
    return element("div", { class: "stat" }, ...(titled ? [element("div", { class: "of" }, name)] : []), shown);
  }));
}

const RADIUS = 80;
/** Degrees from straight up to either end of the scale. */
const SWING = 110;

/** One value a series on an arc from the least to the most. */
export function gauge(panel: PanelDocument, series: readonly Series[]): HTMLElement {
  return element("div", { class: "stats" }, ...reduced(panel, series).map(({ colour = "text", name, series: each, text, value }) => {
    const settings = fieldSettings(panel, name, each.refId);
    const { max = 100, min = 0 } = settings;
    const share = value === undefined ? 0 : Math.min(1, Math.max(0, (value - min) / (max - min)));
    const steps = absoluteSteps(settings).map((step, index, all) => ({
      colour: step.color,
      from: index === 0 ? 0 : ((step.value ?? min) - min) / (max - min),
      to: ((all[index + 1]?.value ?? max) - min) / (max - min),
    }));
    const face = drawing("svg", { viewBox: "-100 -98 200 142", role: "img", "aria-label": `${name} ${text}` },
      arc(RADIUS, 0, 1, "var(--grid)", 20),
      ...(share > 0 ? [arc(RADIUS, 0, share, css(colour), 20)] : []),
      ...steps.filter(({ from, to }) => to > from).map(({ colour: own, from, to }) => arc(RADIUS + 14, Math.max(0, from), Math.min(1, to), css(own), 4)),
      drawing("text", { x: "0", y: "12", "text-anchor": "middle", class: "reading", style: `fill: ${css(colour)}; font-size: ${Math.min(36, 150 / Math.max(4, text.length))}px` }, text));
    return element("div", { class: "gauge" }, face);
  }));
}

function reduced(panel: PanelDocument, series: readonly Series[]): Value[] {
  const [calculation = "lastNotNull"] = panel.options?.reduceOptions?.calcs ?? [];
  return series.map((each) => {
    const settings = fieldSettings(panel, each.name, each.refId);
    const value = reduce(calculation, each.values);
    return { ...show(value, settings), name: settings.displayName ?? each.name, value, series: each };
  });
}

/** A part of the arc, from and to as shares of it. */
function arc(radius: number, from: number, to: number, colour: string, width: number): SVGPathElement {
  const [start, end] = [from, to].map((share) => {
    const angle = ((share * 2 - 1) * SWING * Math.PI) / 180;
    return `${(radius * Math.sin(angle)).toFixed(2)} ${(-radius * Math.cos(angle)).toFixed(2)}`;
  });
  const large = (to - from) * 2 * SWING > 180 ? 1 : 0;
  return drawing("path", { d: `M ${start} A ${radius} ${radius} 0 ${large} 1 ${end}`, fill: "none", style: `stroke: ${colour}`, "stroke-width": String(width) });
}
