import { dashboardLinks, linkTarget } from "./address.ts";
import type { Place } from "./address.ts";
import { askMarks, askVariables } from "./ask.ts";
import { controls } from "./controls.ts";
import type { DashboardDocument, LinkDocument } from "./documents.ts";
import { element } from "./element.ts";
import { sections } from "./layout.ts";
import { PanelView } from "./panel.ts";
import type { Prometheus } from "./prometheus.ts";
import { milliseconds, timeRange } from "./ranges.ts";
import type { Variable } from "./variables.ts";

export interface BoardArgs {
  dashboard: DashboardDocument;
  /** All of them, for its links. */
  dashboards: readonly DashboardDocument[];
  place: Place;
  prometheus: Prometheus;
  /** How often Prometheus scrapes, milliseconds. */
  scrape: number;
  go(place: Place): void;
}

/** More than these are a list that opens on a click. */
const MOST_LINKS = 6;

/** One dashboard, until `close`. */
export class Board {
  readonly root = element("div", { class: "board", "aria-busy": "true" });
  readonly #args: BoardArgs;
  readonly #head = element("div", {});
  readonly #panels: PanelView[] = [];
  readonly #closed = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #refresh: string;
  #shown = "";

  constructor(args: BoardArgs) {
    this.#args = args;
    this.#refresh = args.dashboard.refresh ?? "off";
    const parts = sections(args.dashboard).map(({ collapsed, panels, title }) => {
      const views = panels.map((placed) => new PanelView(placed));
      this.#panels.push(...views);
      const grid = element("div", { class: "grid" }, ...views.map(({ root }) => root));
      return title === undefined ? grid : element("details", { class: "row", ...(collapsed ? {} : { open: "" }) }, element("summary", {}, element("h2", {}, title)), grid);
    });
    this.root.append(this.#head, ...parts);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#closed.abort();
    this.#panels.forEach((panel) => panel.close());
  }

  /** Asks everything once, and again after each interval. `aria-busy` says when it is there. */
  async show(): Promise<void> {
    const { dashboard, place, prometheus, scrape } = this.#args;
    const { from, to } = this.#range();
    const signal = this.#closed.signal;
    try {
      const situation = { prometheus, scrape, signal, range: timeRange({ from, to }, Date.now()) };
      const variables = await askVariables(dashboard.templating?.list ?? [], place.choices, situation);
      this.#drawHead(variables);
      const whole = { ...situation, variables };
      const marks = await askMarks(dashboard.annotations?.list ?? [], whole);
      await Promise.all(this.#panels.map((panel) => panel.fill(whole, { place: { ...place, from, to }, marks })));
    } catch (error) {
      if (signal.aborted) return;
      this.#shown = "";
      this.#head.replaceChildren(this.#heading(), element("p", { class: "error", role: "alert" }, error instanceof Error ? error.message : String(error)));
    }
    if (signal.aborted) return;
    this.root.setAttribute("aria-busy", "false");
    const every = milliseconds(this.#refresh);
    clearTimeout(this.#timer);
    if (every !== undefined) this.#timer = setTimeout(() => void this.show(), every);
  }

  #range(): { from: string; to: string } {
    const { dashboard, place } = this.#args;
    return { from: place.from ?? dashboard.time?.from ?? "now-6h", to: place.to ?? dashboard.time?.to ?? "now" };
  }

  /** Draws it anew only when something in it has changed: a refresh must not take the focus away. */
  #drawHead(variables: readonly Variable[]): void {
    const shown = JSON.stringify([variables, this.#refresh]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const { dashboard, dashboards, go, place } = this.#args;
    const { from, to } = this.#range();
    const anchor = (link: LinkDocument): HTMLElement => element("a", { href: linkTarget(link, variables, { ...place, from, to }) }, link.title ?? link.url ?? "");
    const links = dashboardLinks(dashboard, dashboards).flatMap(({ links: found, title }) => (found.length <= MOST_LINKS ? found.map(anchor) : [element("details", { class: "choice" }, element("summary", {}, element("b", {}, title)), element("div", { class: "boxes" }, ...found.map(anchor)))]));
    const picks = controls({
      variables, from, to, refresh: this.#refresh,
      choose: (name, values) => go({ ...place, choices: { ...place.choices, [name]: values } }),
      range: (start) => go({ ...place, from: start, to: "now" }),
      every: (refresh) => {
        this.#refresh = refresh;
        clearTimeout(this.#timer);
        void this.show();
      },
    });
    this.#head.replaceChildren(this.#heading(), ...(links.length === 0 ? [] : [element("nav", { class: "links", "aria-label": "Other dashboards" }, ...links)]), picks);
  }

  #heading(): HTMLElement {
    const { description = "", title } = this.#args.dashboard;
    return element("div", { class: "heading" }, element("h1", {}, title), element("p", {}, description));
  }
}
