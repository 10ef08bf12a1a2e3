/** Fields that mean the same when they are left out, with the value for which they do. */
const TAKEN_FOR_GRANTED: Readonly<Record<string, unknown>> = {
  displayMode: "list",
  showLegend: true,
  colorMode: "value",
  textMode: "auto",
  fillOpacity: 0,
  align: "auto",
  inspect: false,
  includeVars: false,
  keepTime: false,
  icon: "",
  tooltip: "",
  transparent: false,
  repeatDirection: "h",
  collapsed: false,
  fiscalYearStartMonth: 0,
  skipUrlSync: false,
  auto: false,
  auto_min: "10s",
  auto_count: 30,
  allowCustomValue: true,
  multi: false,
  includeAll: false,
  asDropdown: false,
  targetBlank: false,
  instant: false,
  range: false,
  showPercentChange: false,
  percentChangeColorMode: "standard",
  justifyMode: "auto",
  wideLayout: true,
  sizing: "auto",
  minVizWidth: 75,
  minVizHeight: 75,
  showThresholdLabels: false,
  showThresholdMarkers: true,
  frameIndex: 0,
  showHeader: true,
  showTypeIcons: false,
  cellHeight: "sm",
  orientation: "auto",
  hide: false,
  builtIn: 0,
};

/** Where a legend is without a word. The builders' other value is none of Grafana's defaults: it would hide links and marks in a menu. */
const PLACEMENTS: ReadonlySet<unknown> = new Set(["bottom", "inControlsMenu"]);

const NO_FOOTER = '{"show":false,"reducer":[],"countRows":false}';

/** Lists that mean the same when they are left out. */
const LISTS = new Set(["overrides", "calcs", "tags", "panels"]);

/** Whether Grafana takes the value of the field for granted. */
export function isDefault(field: string, value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0 && LISTS.has(field);
  if (field === "placement") return PLACEMENTS.has(value);
  if (field === "footer") return JSON.stringify(value) === NO_FOOTER;
  return field in TAKEN_FOR_GRANTED && TAKEN_FOR_GRANTED[field] === value;
}
