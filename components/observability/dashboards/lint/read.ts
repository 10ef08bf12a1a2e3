/** What the linter reads of a dashboard's JSON. Every field may be missing: that is what it looks for. */
export interface LintedDashboard {
  uid?: string;
  title?: string;
  description?: string;
  editable?: boolean;
  refresh?: string;
  time?: { from?: string; to?: string };
  templating?: { list?: LintedVariable[] };
  annotations?: { list?: { name?: string; expr?: string; datasource?: LintedDataSource }[] };
  links?: LintedLink[];
  panels?: LintedPanel[];
}

export interface LintedVariable {
  type?: string;
  name?: string;
  label?: string;
  query?: string | { query?: string };
  refresh?: number;
  datasource?: LintedDataSource;
}

/** By name where it was written for an old Grafana. */
export type LintedDataSource = string | { type?: string; uid?: string };

export interface LintedLink {
  title?: string;
  type?: string;
  url?: string;
  tags?: string[];
}

export interface LintedPanel {
  id?: number;
  type?: string;
  title?: string;
  description?: string;
  datasource?: LintedDataSource;
  gridPos?: { x: number; y: number; w: number; h: number };
  fieldConfig?: {
    defaults?: { unit?: string; thresholds?: { steps?: { value?: number | null; color?: string }[] }; links?: LintedLink[] };
    overrides?: { properties?: { id?: string; value?: unknown }[] }[];
  };
  targets?: LintedTarget[];
  /** Of a row that is closed. */
  panels?: LintedPanel[];
}

export interface LintedTarget {
  refId?: string;
  expr?: string;
  legendFormat?: string;
  format?: string;
  datasource?: LintedDataSource;
}

/** Every panel, rows and what is in closed rows too. */
export function panelsOf({ panels = [] }: Pick<LintedDashboard, "panels">): LintedPanel[] {
  return panels.flatMap((panel) => [panel, ...panelsOf(panel)]);
}

/** Panels that show data. */
export function dataPanels(dashboard: LintedDashboard): LintedPanel[] {
  return panelsOf(dashboard).filter(({ type }) => type !== "row" && type !== "text");
}

/** Where a finding is, for people. */
export function panelName({ id, title }: LintedPanel): string {
  return `panel "${title ?? `with id ${id ?? "none"}`}"`;
}

/** The words of a variable's query. */
export function variableQuery({ query }: LintedVariable): string {
  return (typeof query === "string" ? query : query?.query) ?? "";
}

/** The uid of a data source, or the name that an old Grafana wrote. */
export function dataSourceUid(datasource: LintedDataSource | undefined): string | undefined {
  return typeof datasource === "string" ? datasource : datasource?.uid;
}
