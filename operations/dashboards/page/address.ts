import type { DashboardDocument, LinkDocument } from "./documents.ts";
import { interpolate } from "./variables.ts";
import type { Choices, Variable } from "./variables.ts";

/** What the page shows: the part of its address behind the `#`. */
export interface Place {
  /** The dashboard's; absent on the list of all. */
  uid?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  choices: Choices;
}

const VARIABLE = "var-";

export function readPlace(hash: string): Place {
  const [, uid, query = ""] = /^#\/d\/([^/?]+)(?:\/[^?]*)?(?:\?(.*))?$/.exec(hash) ?? [];
  const parameters = new URLSearchParams(query);
  const names = [...new Set(parameters.keys())].filter((name) => name.startsWith(VARIABLE));
  return {
    ...(uid === undefined ? {} : { uid: decodeURIComponent(uid) }),
    ...Object.fromEntries((["from", "to"] as const).flatMap((name) => (parameters.has(name) ? [[name, parameters.get(name) ?? ""]] : []))),
    choices: Object.fromEntries(names.map((name) => [name.slice(VARIABLE.length), parameters.getAll(name)])),
  };
}

export function writePlace({ choices, from, to, uid }: Place): string {
  if (uid === undefined) return "#/";
  const parameters = new URLSearchParams();
  for (const [name, values] of Object.entries(choices)) for (const value of values) parameters.append(`${VARIABLE}${name}`, value);
  if (from !== undefined) parameters.set("from", from);
  if (to !== undefined) parameters.set("to", to);
  const query = parameters.toString();
  return `#/d/${encodeURIComponent(uid)}${query === "" ? "" : `?${query}`}`;
}

/** Where a link of a dashboard leads: to another one on this page, or out of it as it stands. */
export function linkTarget({ includeVars = false, keepTime = false, url = "" }: LinkDocument, variables: readonly Variable[], { from = "now-3h", to = "now" }: Place, labels: Readonly<Record<string, string>> = {}): string {
  const built = { __url_time_range: new URLSearchParams({ from, to }).toString() };
  const filled = interpolate(url.replace(/\$\{__field\.labels\.(\w+)\}/g, (_, label: string) => encodeURIComponent(labels[label] ?? "")), variables, built);
  const [, rest] = /^(?:https?:\/\/[^/]+)?(\/d\/.*)$/.exec(filled) ?? [];
  if (rest === undefined) return filled;
  const place = readPlace(`#${rest}`);
  const carried = Object.fromEntries(variables.map(({ name, values }) => [name, values]));
  return writePlace({ ...(keepTime ? { from, to } : {}), ...place, choices: { ...(includeVars ? carried : {}), ...place.choices } });
}

/** A link at a dashboard's head; one that names tags leads to every other dashboard that has them all. */
export interface HeadLink {
  title: string;
  links: LinkDocument[];
}

export function dashboardLinks({ links = [], uid }: Pick<DashboardDocument, "links" | "uid">, all: readonly Pick<DashboardDocument, "uid" | "title" | "tags">[]): HeadLink[] {
  return links.map((link) => {
    const { tags = [], title = link.url ?? "", type } = link;
    if (type !== "dashboards") return { title, links: [link] };
    const others = all.filter((each) => each.uid !== uid && tags.every((tag) => each.tags?.includes(tag)));
    return { title, links: others.map((each) => ({ ...link, type: "link", title: each.title, url: `/d/${each.uid}` })) };
  });
}
