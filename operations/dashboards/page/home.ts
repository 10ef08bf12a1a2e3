import { writePlace } from "./address.ts";
import { element } from "./element.ts";

/** A dashboard in the list of all. */
export interface Entry {
  uid: string;
  title: string;
  description: string;
  /** What it belongs to: a namespace. */
  group: string;
}

/** The list of all dashboards, by what they belong to. */
export function home(entries: readonly Entry[], stack: string): HTMLElement {
  const groups = [...new Set(entries.map(({ group }) => group))];
  return element("div", { class: "home" },
    element("div", { class: "heading" }, element("h1", {}, "Dashboards"), element("p", {}, `Stack ${stack}: ${entries.length} dashboards.`)),
    ...groups.map((group) => element("section", {}, element("h2", {}, group), element("ul", {}, ...entries.filter((entry) => entry.group === group).map(item)))));
}

function item({ description, title, uid }: Entry): HTMLElement {
  return element("li", {}, element("a", { href: writePlace({ uid, choices: {} }) }, title), element("p", {}, description));
}
