import * as units from "@grafana/grafana-foundation-sdk/units";
import { dataPanels, dataSourceUid, panelName, panelsOf } from "./read.ts";
import type { LintedPanel } from "./read.ts";
import type { Rule } from "./rule.ts";

const KNOWN_UNITS: ReadonlySet<unknown> = new Set(Object.values(units));
const GRID_COLUMNS = 24;

export const panelRules = {
  "panel-datasource": (dashboard) => dataPanels(dashboard).flatMap((panel) => [panel.datasource, ...(panel.targets ?? []).flatMap(({ datasource }) => datasource ?? [])]
    .map(dataSourceUid)
    .filter((uid) => uid !== "${datasource}")
    .map((uid) => `${panelName(panel)}: does not follow the reader's data source, got "${uid ?? "none"}"; write "\${datasource}"`)),

  "panel-title-description": (dashboard) => [
    ...panelsOf(dashboard).filter(({ title = "" }) => title.trim() === "").map((panel) => `${panelName(panel)}: has no title, got "${panel.title ?? ""}"; name what it shows`),
    ...dataPanels(dashboard).filter(({ description = "" }) => description.trim() === "").map((panel) => `${panelName(panel)}: has no description, got "${panel.description ?? ""}"; say what a reader does with it`),
  ],

  "panel-units": (dashboard) => dataPanels(dashboard).flatMap((panel) => unitsOf(panel)
    .filter((unit) => !KNOWN_UNITS.has(unit))
    .map((unit) => `${panelName(panel)}: has no unit that Grafana knows, got "${String(unit ?? "")}"; use one of its names, such as percentunit, ms, reqps or short`)),

  "panel-no-targets": (dashboard) => dataPanels(dashboard).filter(({ targets = [] }) => targets.length === 0).map((panel) => `${panelName(panel)}: asks nothing, got no targets; add a query or leave it out`),

  "panel-thresholds": (dashboard) => dataPanels(dashboard).flatMap((panel) => {
    const steps = panel.fieldConfig?.defaults?.thresholds?.steps ?? [];
    const [first, ...rest] = steps.map(({ value }) => value ?? null);
    if (steps.length === 0) return [];
    const sorted = first === null && rest.every((value, index) => value !== null && (index === 0 || value > (rest[index - 1] ?? value)));
    return sorted ? [] : [`${panelName(panel)}: has thresholds that do not ascend from a base, got ${JSON.stringify([first, ...rest])}; begin with null and sort them`];
  }),

  "panel-ref-ids": (dashboard) => dataPanels(dashboard).flatMap((panel) => {
    const names = (panel.targets ?? []).map(({ refId = "" }) => refId);
    return new Set(names).size === names.length && !names.includes("") ? [] : [`${panelName(panel)}: has queries that cannot be told apart, got refIds ${JSON.stringify(names)}; name them A, B, C, …`];
  }),

  "panel-legend": (dashboard) => dataPanels(dashboard).flatMap((panel) => {
    const unnamed = (panel.targets ?? []).filter(({ legendFormat = "" }) => legendFormat === "");
    const needed = panel.type === "timeseries" || (panel.targets ?? []).length > 1;
    return needed && unnamed.length > 0 && panel.type !== "table" ? [`${panelName(panel)}: shows series by all their labels, got no legend for ${unnamed.map(({ refId = "" }) => refId).join(", ")}; add one`] : [];
  }),

  "panel-grid": (dashboard) => {
    const placed = (dashboard.panels ?? []).map((panel) => ({ panel, at: panel.gridPos }));
    return placed.flatMap(({ at, panel }, index) => {
      if (at === undefined) return [`${panelName(panel)}: has no place, got no gridPos; put it on the grid`];
      if (at.x < 0 || at.w < 1 || at.h < 1 || at.x + at.w > GRID_COLUMNS) return [`${panelName(panel)}: lies outside the grid's ${GRID_COLUMNS} columns, got x ${at.x} and w ${at.w}; make the row ${GRID_COLUMNS} wide`];
      const over = placed.slice(0, index).find(({ at: other }) => other && at.x < other.x + other.w && other.x < at.x + at.w && at.y < other.y + other.h && other.y < at.y + at.h);
      return over === undefined ? [] : [`${panelName(panel)}: lies on ${panelName(over.panel)}, got x ${at.x} and y ${at.y}; move it`];
    });
  },
} satisfies Record<string, Rule>;

/** The panel's own, and those of its columns. */
function unitsOf({ fieldConfig }: LintedPanel): unknown[] {
  const columns = (fieldConfig?.overrides ?? []).flatMap(({ properties = [] }) => properties.filter(({ id }) => id === "unit").map(({ value }) => value));
  return [fieldConfig?.defaults?.unit, ...columns];
}
