/** What the command wrote beside the page. */
export interface PageData {
  stack: string;
  /** Where Prometheus is; "" is the server that sent this page. */
  prometheus: string;
  /** How often it scrapes, milliseconds. */
  scrape: number;
  dashboards: { group: string; document: DashboardDocument }[];
}

/** What the page reads of a dashboard as Grafana stores it. Fields that it does not know are left alone. */
export interface DashboardDocument {
  uid: string;
  title: string;
  description?: string;
  tags?: string[];
  refresh?: string;
  time?: { from: string; to: string };
  timezone?: string;
  panels?: PanelDocument[];
  templating?: { list?: VariableDocument[] };
  annotations?: { list?: AnnotationDocument[] };
  links?: LinkDocument[];
}

export interface PanelDocument {
  id?: number;
  type: string;
  title?: string;
  description?: string;
  gridPos?: GridPosition;
  /** Of a row: whether its panels are hidden, and lie in `panels`. */
  collapsed?: boolean;
  panels?: PanelDocument[];
  targets?: TargetDocument[];
  fieldConfig?: { defaults: FieldSettings; overrides?: FieldOverride[] };
  options?: PanelOptions;
  transformations?: Transformation[];
  interval?: string;
  maxDataPoints?: number;
  links?: LinkDocument[];
}

export interface GridPosition {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface TargetDocument {
  refId?: string;
  expr?: string;
  legendFormat?: string;
  instant?: boolean;
  range?: boolean;
  format?: string;
  interval?: string;
  hide?: boolean;
}

export interface FieldSettings {
  unit?: string;
  decimals?: number;
  min?: number;
  max?: number;
  displayName?: string;
  noValue?: string;
  color?: { mode?: string; fixedColor?: string };
  thresholds?: { mode?: string; steps?: ThresholdStep[] };
  mappings?: ValueMapping[];
  links?: LinkDocument[];
  custom?: {
    fillOpacity?: number;
    lineWidth?: number;
    drawStyle?: string;
    lineInterpolation?: string;
    spanNulls?: boolean | number;
    stacking?: { mode?: string };
    thresholdsStyle?: { mode?: string };
    axisSoftMax?: number;
    axisSoftMin?: number;
    cellOptions?: { type?: string };
    hidden?: boolean;
    hideFrom?: { viz?: boolean };
  };
}

export interface FieldOverride {
  matcher: { id: string; options?: unknown };
  properties: { id: string; value?: unknown }[];
}

export interface ThresholdStep {
  /** From which value on; null is below the first. */
  value: number | null;
  color: string;
}

export interface MappingResult {
  text?: string;
  color?: string;
}

export type ValueMapping =
  | { type: "value"; options: Record<string, MappingResult> }
  | { type: "range"; options: { from: number | null; to: number | null; result: MappingResult } }
  | { type: "special"; options: { match: string; result: MappingResult } }
  | { type: "regex"; options: { pattern: string; result: MappingResult } };

export interface PanelOptions {
  reduceOptions?: { calcs?: string[]; values?: boolean };
  colorMode?: string;
  graphMode?: string;
  textMode?: string;
  orientation?: string;
  legend?: { showLegend?: boolean; displayMode?: string; placement?: string; calcs?: string[] };
  tooltip?: { mode?: string };
  content?: string;
  sortBy?: { displayName: string; desc?: boolean }[];
}

export interface Transformation {
  id: string;
  options?: unknown;
}

export interface VariableDocument {
  type: string;
  name: string;
  label?: string;
  hide?: string | number;
  query?: string | { query?: string };
  definition?: string;
  multi?: boolean;
  includeAll?: boolean;
  allValue?: string;
  regex?: string;
  sort?: number;
  current?: { value?: string | string[] };
  options?: { value?: string | string[] }[];
}

export interface AnnotationDocument {
  name: string;
  enable?: boolean;
  hide?: boolean;
  iconColor?: string;
  expr?: string;
  step?: string;
  titleFormat?: string;
  textFormat?: string;
  /** Whether the values are the moments, in milliseconds. */
  useValueForTime?: boolean;
  datasource?: { type?: string; uid?: string };
}

export interface LinkDocument {
  title?: string;
  type?: string;
  url?: string;
  tags?: string[];
  keepTime?: boolean;
  includeVars?: boolean;
  targetBlank?: boolean;
}
