import { LARGEST_BYTES } from "../size.ts";
import { dataSourceUid, panelName, panelsOf, variableQuery } from "./read.ts";
import type { LintedLink } from "./read.ts";
import type { Rule } from "./rule.ts";

const LONGEST_UID = 40;
const ON_TIME_RANGE = 2;

export const dashboardRules = {
  "template-datasource": ({ templating }) => {
    const found = (templating?.list ?? []).filter(({ type }) => type === "datasource");
    const [only] = found;
    if (only === undefined || found.length > 1) return [`templating: has no variable by which the reader picks the data source, got ${found.length}; add one of type datasource`];
    return [
      ...(only.name === "datasource" ? [] : [`templating: names the data source otherwise than every other dashboard, so that links lose it, got "${only.name ?? ""}"; call it datasource`]),
      ...(only.label === "Data source" ? [] : [`templating: labels the data source otherwise than every other dashboard, got "${only.label ?? ""}"; write "Data source"`]),
    ];
  },

  "template-on-time-change-reload": ({ templating }) => (templating?.list ?? [])
    .filter(({ refresh, type }) => type === "query" && refresh !== ON_TIME_RANGE)
    .map(({ name, refresh }) => `variable ${name ?? ""}: keeps the values of another time range, got refresh ${refresh ?? "none"}; write ${ON_TIME_RANGE}`),

  "template-data-source-variable": ({ annotations, templating }) => [
    ...(templating?.list ?? []).filter(({ type }) => type === "query").map(({ datasource, name }) => [`variable ${name ?? ""}`, dataSourceUid(datasource)] as const),
    ...(annotations?.list ?? []).map(({ datasource, name }) => [`annotation "${name ?? ""}"`, dataSourceUid(datasource)] as const),
  ].filter(([, uid]) => uid !== "${datasource}").map(([where, uid]) => `${where}: names a data source, got "${uid ?? "none"}"; write "\${datasource}"`),

  "template-unused": (dashboard) => (dashboard.templating?.list ?? []).filter(({ type }) => type !== "datasource").flatMap((variable) => {
    const used = JSON.stringify({ ...dashboard, templating: (dashboard.templating?.list ?? []).filter((other) => other !== variable).map(variableQuery) });
    const { name = "" } = variable;
    return new RegExp(`\\$(${name}\\b|\\{${name}[:}]|__searchFilter)`).test(used) ? [] : [`variable ${name}: changes nothing, got no query that uses it; leave it out`];
  }),

  uneditable: ({ editable }) => (editable === false ? [] : [`editable: lets a reader change what the next update overwrites, got ${editable ?? "none"}; write false`]),

  uid: ({ uid = "" }) => (uid.length > LONGEST_UID || !/^[A-Za-z0-9_-]+$/.test(uid)
    ? [`uid: is none that Grafana keeps, got "${uid}"; write 1 to ${LONGEST_UID} letters, digits, hyphens and underscores`] : []),

  "title-description": ({ description = "", title = "" }) => [
    ...(title.trim() === "" ? ['title: is missing, got ""; name what the dashboard is about'] : []),
    ...(description.trim() === "" ? ['description: is missing, got ""; say what the dashboard answers'] : []),
  ],

  "time-range": ({ refresh = "", time }) => [
    ...(/^now-\d+[mhdw]$/.test(time?.from ?? "") && time?.to === "now" ? [] : [`time: does not end now, got "${time?.from ?? ""}" to "${time?.to ?? ""}"; write now-3h to now`]),
    ...(/^([3-9]\ds|\d+[mh])$/.test(refresh) ? [] : [`refresh: is not 30 seconds or longer, got "${refresh}"; write 30s or more, which is as often as something new is recorded`]),
  ],

  "unique-ids": (dashboard) => {
    const ids = panelsOf(dashboard).map(({ id }) => id);
    const wrong = panelsOf(dashboard).filter(({ id }) => id === undefined || ids.indexOf(id) !== ids.lastIndexOf(id));
    return wrong.map((panel) => `${panelName(panel)}: has no id of its own, by which links find it, got ${panel.id ?? "none"}; number the panels`);
  },

  "unique-titles": (dashboard) => {
    const titles = panelsOf(dashboard).filter(({ type }) => type !== "row").map(({ title }) => title);
    return [...new Set(titles.filter((title, index) => titles.indexOf(title) !== index))].map((title) => `panel "${title ?? ""}": is not the only one of its title, got ${titles.filter((other) => other === title).length} of them; say what makes it another`);
  },

  links: (dashboard, { uids }) => [
    ...(dashboard.links ?? []),
    ...panelsOf(dashboard).flatMap(({ fieldConfig }) => fieldConfig?.defaults?.links ?? []),
  ].flatMap((link) => linkProblem(link, uids)),

  size: (dashboard) => {
    const bytes = Buffer.byteLength(JSON.stringify(dashboard));
    return bytes <= LARGEST_BYTES ? [] : [`the document: is too large for a ConfigMap, got ${bytes} bytes; make it ${LARGEST_BYTES} at most, in two dashboards`];
  },
} satisfies Record<string, Rule>;

function linkProblem({ tags = [], title = "", type, url = "" }: LintedLink, uids: readonly string[]): string[] {
  const where = `link "${title}"`;
  if (type === "dashboards") return tags.length > 0 ? [] : [`${where}: lists every dashboard of Grafana, got no tag; name the tags`];
  const uid = /^\/d\/([^/?]+)/.exec(url)?.[1];
  if (uid === undefined) return [`${where}: leads out of Grafana or to a name that can change, got "${url}"; write /d/<uid>`];
  return uids.includes(uid) ? [] : [`${where}: leads to a dashboard that is not there, got "${uid}"; use one of ${[...uids].sort().join(", ")}`];
}
