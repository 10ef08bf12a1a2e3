import type { LinkDocument } from "./documents.ts";

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
