import { readPlace, writePlace } from "./address.ts";
import type { Place } from "./address.ts";
import { Board } from "./board.ts";
import type { PageData } from "./documents.ts";
import { element } from "./element.ts";
import { home } from "./home.ts";
import { Prometheus } from "./prometheus.ts";

/** Shows what the address names, and follows it. */
export function start({ dashboards, prometheus: address, scrape, stack }: PageData): void {
  const into = document.getElementById("page");
  if (into === null) throw new Error("page: has no place for dashboards; write the folder again");
  const prometheus = new Prometheus(new URLSearchParams(location.search).get("prometheus") ?? address, location.origin);
  let board: Board | undefined;
  const go = (place: Place): void => {
    location.hash = writePlace(place);
  };
  const show = (): void => {
    board?.close();
    board = undefined;
    const place = readPlace(location.hash);
    const found = dashboards.find(({ document: { uid } }) => uid === place.uid);
    if (found !== undefined) {
      board = new Board({ dashboard: found.document, dashboards: dashboards.map(({ document: each }) => each), place, prometheus, scrape, go });
      into.replaceChildren(board.root);
      void board.show();
    } else {
      const list = home(dashboards.map(({ document: { description = "", title, uid }, group }) => ({ description, group, title, uid })), stack);
      into.replaceChildren(...(place.uid === undefined ? [] : [element("p", { class: "error", role: "alert" }, `there is no dashboard ${place.uid} here; choose one of these`)]), list);
    }
    document.title = `${found?.document.title ?? "Dashboards"} · Slipway`;
  };
  addEventListener("hashchange", () => {
    show();
    scrollTo(0, 0);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  show();
}
