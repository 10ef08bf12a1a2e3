import { describe, expect, test } from "@jest/globals";
import type { FieldSettings, PanelDocument } from "../../../operations/dashboards/page/panel-documents.ts";
import { absoluteSteps, colourOf, fieldSettings, show } from "../../../operations/dashboards/page/fields.ts";
import { sections } from "../../../operations/dashboards/page/layout.ts";

const LIMIT: FieldSettings = { unit: "percentunit", thresholds: { mode: "absolute", steps: [{ value: null, color: "green" }, { value: 0.05, color: "red" }] } };

describe("a value", () => {
  test.each<[string, number | string | null | undefined, FieldSettings, { text: string; colour: string | undefined }]>([
    ["has its unit and the colour of the threshold below it", 0.07, LIMIT, { text: "7%", colour: "red" }],
    ["that is just the threshold has reached it", 0.05, LIMIT, { text: "5%", colour: "red" }],
    ["below all thresholds has the first colour", -1, LIMIT, { text: "-100%", colour: "green" }],
    ["without thresholds has no colour", 3, {}, { text: "3", colour: undefined }],
    ["has one fixed colour where the panel says so", 3, { color: { mode: "fixed", fixedColor: "blue" } }, { text: "3", colour: "blue" }],
    ["that is text stays text", "r1", LIMIT, { text: "r1", colour: undefined }],
    ["that is not there is what the panel says", null, { noValue: "never" }, { text: "never", colour: undefined }],
    ["that is not there is a dash where the panel says nothing", undefined, {}, { text: "–", colour: undefined }],
    ["is a word where it has one", 0, { mappings: [{ type: "value", options: { 0: { text: "closed", color: "blue" } } }] }, { text: "closed", colour: "blue" }],
    ["in a range is its word, with the threshold's colour", 0.1, { ...LIMIT, mappings: [{ type: "range", options: { from: 0.05, to: null, result: { text: "too many" } } }] }, { text: "too many", colour: "red" }],
    ["that is nothing has a word as well", null, { mappings: [{ type: "special", options: { match: "null", result: { text: "none" } } }] }, { text: "none", colour: undefined }],
    ["that is text can match a pattern", "r12", { mappings: [{ type: "regex", options: { pattern: "/^r\\d+$/", result: { text: "revision" } } }] }, { text: "revision", colour: undefined }],
  ])("%s", (_, value, settings, shown) => {
    expect(show(value, settings)).toEqual(shown);
  });

  test("is compared as a share of its range where thresholds are shares", () => {
    const settings: FieldSettings = { min: 100, max: 300, thresholds: { mode: "percentage", steps: [{ value: null, color: "green" }, { value: 80, color: "red" }] } };
    expect([colourOf(259, settings), colourOf(260, settings)]).toEqual(["green", "red"]);
    expect(absoluteSteps(settings)).toEqual([{ value: null, color: "green" }, { value: 260, color: "red" }]);
  });
});

describe("the settings of a column or series", () => {
  const panel: Pick<PanelDocument, "fieldConfig"> = {
    fieldConfig: {
      defaults: { unit: "short", custom: { lineWidth: 2 } },
      overrides: [
        { matcher: { id: "byName", options: "Age" }, properties: [{ id: "unit", value: "s" }, { id: "custom.cellOptions", value: { type: "color-text" } }] },
        { matcher: { id: "byRegexp", options: "/^limit/" }, properties: [{ id: "decimals", value: 1 }] },
        { matcher: { id: "byFrameRefID", options: "B" }, properties: [{ id: "unit", value: "ms" }] },
      ],
    },
  };

  test("are the panel's, and those of every override that is about it", () => {
    expect(fieldSettings(panel, "other", "A")).toEqual({ unit: "short", custom: { lineWidth: 2 } });
    expect(fieldSettings(panel, "Age")).toEqual({ unit: "s", custom: { lineWidth: 2, cellOptions: { type: "color-text" } } });
    expect(fieldSettings(panel, "limit of CPU", "B")).toEqual({ unit: "ms", decimals: 1, custom: { lineWidth: 2 } });
    expect(fieldSettings({}, "any")).toEqual({});
  });

  test("say which override the page does not know", () => {
    const strange = { fieldConfig: { defaults: {}, overrides: [{ matcher: { id: "byType" }, properties: [] }] } };
    expect(() => fieldSettings(strange, "any")).toThrow(new RangeError('override: is about something that this page does not know, got "byType"; use byName, byRegexp or byFrameRefID'));
  });
});

describe("the grid", () => {
  const at = (x: number, y: number, w: number, h: number) => ({ gridPos: { x, y, w, h } });

  test("has a section a row, in the order of the places, each counted from its own top", () => {
    const panels: PanelDocument[] = [
      { type: "timeseries", title: "right", ...at(12, 5, 12, 8) }, { type: "row", title: "Requests", ...at(0, 4, 24, 1) }, { type: "stat", title: "first", ...at(0, 0, 6, 4) },
      { type: "timeseries", title: "left", ...at(0, 5, 12, 8) }, { type: "table", title: "below", ...at(0, 13, 24, 6) },
      { type: "row", title: "Hidden", collapsed: true, panels: [{ type: "stat", title: "inside", ...at(0, 30, 24, 4) }], ...at(0, 20, 24, 1) },
    ];
    expect(sections({ panels }).map(({ collapsed, panels: own, title }) => [title, collapsed, ...own.map(({ column, panel, row }) => `${panel.title}: ${column}, ${row}`)])).toEqual([
      [undefined, false, "first: 1 / span 6, 1 / span 4"],
      ["Requests", false, "left: 1 / span 12, 1 / span 8", "right: 13 / span 12, 1 / span 8", "below: 1 / span 24, 9 / span 6"],
      ["Hidden", true, "inside: 1 / span 24, 1 / span 4"],
    ]);
  });

  test("keeps a panel that is too wide inside, and places one that says nothing", () => {
    expect(sections({ panels: [{ type: "stat", ...at(20, 0, 12, 4) }] })[0]?.panels[0]).toMatchObject({ column: "21 / span 4" });
    expect(sections({ panels: [{ type: "stat" }] })[0]?.panels[0]).toMatchObject({ column: "1 / span 12", row: "1 / span 8" });
    expect(sections({})).toEqual([]);
  });
});
