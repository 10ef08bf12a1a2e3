import { linkTarget } from "./address.ts";
import type { Place } from "./address.ts";
import { askPanel } from "./ask.ts";
import type { Answers, Situation } from "./ask.ts";
import { chart } from "./chart.ts";
import { element } from "./element.ts";
import { grid } from "./grid.ts";
import type { Placed } from "./layout.ts";
import type { Mark } from "./marks.ts";
import { gauge, stat } from "./single.ts";
import { interpolate } from "./variables.ts";

/** What a panel needs beside its queries' answers. */
export interface PanelContext {
  place: Place;
  marks: readonly Mark[];
}

/** A panel's place in the grid, which `fill` fills: at first, and again on every refresh. */
export class PanelView {
  readonly root: HTMLElement;
  readonly #placed: Placed;
  readonly #body = element("div", { class: "body" });
  readonly #title: HTMLElement;
  /** Ends the chart that is shown: on a wall thousands would pile up. */
  #end = (): void => {};

  constructor(placed: Placed) {
    const { description = "", gridPos, title = "", type } = placed.panel;
    this.#placed = placed;
    this.#title = element("h3", {}, title);
    const about = description === "" ? [] : [element("button", { type: "button", class: "about", "aria-label": `${title}: ${description}`, "data-says": description }, "i")];
    this.root = element("section", {
      class: `panel is-${type} ${["stat", "gauge"].includes(type) && (gridPos?.w ?? 12) <= 8 ? "small" : ""}`,
      style: `--column: ${placed.column}; --row: ${placed.row}`,
      "data-panel": title, "data-type": type, "data-state": "loading", "data-unit": placed.panel.fieldConfig?.defaults.unit ?? "",
    }, element("header", {}, this.#title, ...about), this.#body);
  }

  /** Asks and draws. What goes wrong is said in the panel itself; another panel is none the worse for it. */
  async fill(situation: Situation, context: PanelContext): Promise<void> {
    const { panel } = this.#placed;
    this.#title.textContent = interpolate(panel.title ?? "", situation.variables);
    if (panel.type === "text") return this.#show("value", element("p", {}, panel.options?.content ?? ""));
    try {
      const answers = await askPanel(panel, situation, Math.max(200, this.#body.clientWidth));
      if (situation.signal.aborted) return;
      if (isEmpty(answers)) this.#show("none", element("p", { class: "none" }, panel.fieldConfig?.defaults.noValue ?? "No data"));
      else this.#draw(answers, situation, context);
    } catch (error) {
      if (situation.signal.aborted) return;
      this.#show("error", element("p", { class: "error", role: "alert" }, error instanceof Error ? error.message : String(error)));
    }
  }

  close(): void {
    this.#end();
    this.#end = () => {};
  }

  #draw({ series, table }: Answers, situation: Situation, { marks, place }: PanelContext): void {
    const { panel } = this.#placed;
    switch (panel.type) {
      case "timeseries":
        this.#end();
        this.#end = chart(this.#body, { panel, series, range: situation.range, marks });
        this.root.dataset["state"] = "value";
        return;
      case "stat":
        return this.#show("value", stat(panel, series));
      case "gauge":
        return this.#show("value", gauge(panel, series));
      case "table":
        return this.#show("value", grid(panel, table, (link, labels) => linkTarget(link, situation.variables, place, labels)));
      default:
        throw new RangeError(`panel: is of a kind that this page does not draw, got "${panel.type}"; use timeseries, stat, gauge, table or text`);
    }
  }

  #show(state: "value" | "none" | "error", content: HTMLElement): void {
    this.close();
    this.root.dataset["state"] = state;
    this.#body.replaceChildren(content);
  }
}

/** Whether no query had an answer with a number in it. */
function isEmpty({ series, table }: Answers): boolean {
  const numbers = series.some(({ values }) => values.some((value) => value !== null));
  return !numbers && table.labels.length === 0;
}
