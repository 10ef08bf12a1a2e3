/** Fields that mean the same when they are left out. */
const TAKEN_FOR_GRANTED: Readonly<Record<string, unknown>> = {
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
  // Not Grafana's default but the builders': it would hide links and marks in a menu.
  placement: "inControlsMenu",
};

/** Lists that mean the same when they are left out. */
const LISTS = new Set(["overrides", "calcs", "tags", "panels"]);

/** Whether Grafana takes the value of the field for granted. */
export function isDefault(field: string, value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 && LISTS.has(field) : field in TAKEN_FOR_GRANTED && TAKEN_FOR_GRANTED[field] === value;
}
