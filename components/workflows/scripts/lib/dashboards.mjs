// What a Grafana dashboard must have to be worth loading.
const UID = /^[A-Za-z0-9_-]{1,40}$/;
const COLUMNS = 24;

/** What is wrong with a dashboard's JSON, as texts. @param {string} text @param {{ branding?: string }} rules */
export function dashboardProblems(text, { branding = "" }) {
  const dashboard = parsed(text);
  if (typeof dashboard === "string") return [dashboard];
  const { title, uid, tags = [], schemaVersion, panels } = dashboard;
  const all = Array.isArray(panels) ? panels.flatMap((panel) => [panel, ...(panel?.panels ?? [])]) : [];
  return [
    ...(isText(title) ? [] : ["has no title"]),
    ...(isText(uid) && UID.test(uid) ? [] : ["has no uid of 1 to 40 letters, digits, dashes and underscores"]),
    ...(Number.isInteger(schemaVersion) && schemaVersion > 0 ? [] : ["has no schemaVersion"]),
    ...(all.length > 0 ? [] : ["has no panel"]),
    ...(branding === "" || `${title} ${tags.join(" ")}`.toLowerCase().includes(branding.toLowerCase()) ? [] : [`names ${branding} neither in its title nor in its tags`]),
    ...repeated(all.map((panel) => panel?.id).filter((id) => id !== undefined)).map((id) => `has more than one panel with id ${id}`),
    ...all.flatMap((panel, at) => panelProblems(panel, at)),
  ];
}

/** Uids that more than one of the dashboards has. @param {readonly string[]} texts */
export function repeatedUids(texts) {
  return repeated(texts.map(uidOf).filter((uid) => uid !== undefined));
}

/** @param {string} text */
export function uidOf(text) {
  const { uid } = parsed(text);
  return isText(uid) ? uid : undefined;
}

function parsed(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : "is not a dashboard: the JSON is no object";
  } catch (error) {
    return `is not JSON: ${error.message}`;
  }
}

function panelProblems(panel, at) {
  const name = isText(panel?.title) ? `panel ${JSON.stringify(panel.title)}` : `panel ${at + 1}`;
  const say = (wrong) => `${name} ${wrong}`;
  if (typeof panel !== "object" || panel === null) return [say("is no object")];
  const { id, type, title, gridPos, datasource, targets = [] } = panel;
  const common = [...(Number.isInteger(id) && id > 0 ? [] : [say("has no id")]), ...(isText(type) ? [] : [say("has no type")]), ...(isText(title) ? [] : [say("has no title")])];
  if (type === "row") return common;
  return [
    ...common,
    ...(fits(gridPos) ? [] : [say(`has no place of at most ${COLUMNS} columns`)]),
    ...(type === "text" || targets.length > 0 ? [] : [say("asks for nothing")]),
    ...targets.flatMap((target, index) => targetProblems(target, datasource, index).map(say)),
  ];
}

function targetProblems(target, inherited, index) {
  const name = `target ${target?.refId ?? index + 1}`;
  const datasource = target?.datasource ?? inherited;
  const asked = [target?.expr, target?.query, target?.rawSql, target?.expression].some(isText);
  return [...(isText(datasource?.uid) || isText(datasource) ? [] : [`has no data source for ${name}`]), ...(asked ? [] : [`has no query in ${name}`])];
}

function fits({ x, y, w, h } = {}) {
  return [x, y].every((number) => Number.isInteger(number) && number >= 0) && [w, h].every((number) => Number.isInteger(number) && number > 0) && x + w <= COLUMNS;
}

function isText(value) {
  return typeof value === "string" && value.trim() !== "";
}

function repeated(values) {
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];
}
