/** Grafana's name of what a number is. */
export type Unit =
  | "none" | "short" | "percentunit" | "percent" | "reqps" | "cps" | "Bps" | "bytes" | "ms" | "s" | "dtdurations" | "d" | "bool_yes_no" | "string"
  | "dateTimeAsIso" | "dateTimeFromNow";

export type Colour = "green" | "yellow" | "orange" | "red" | "blue" | "purple" | "text";

/** From which value on a number has which colour. */
export interface Threshold {
  from: number;
  colour: Colour;
}

export interface Query {
  /** PromQL, whose window is Grafana's `$__rate_interval` where it takes a rate. */
  expression: string;
  /** Name of each answer, with its labels as `{{label}}`. @default the labels */
  legend?: string | undefined;
}

/** Where a click on a value leads: another dashboard, with these variables set. */
export interface DataLink {
  title: string;
  uid: string;
  /** Variable → its value, which may be Grafana's `${__field.labels.<label>}`. @default none */
  variables?: Readonly<Record<string, string>> | undefined;
}

interface Described {
  title: string;
  /** What a reader does with it. */
  description: string;
  unit: Unit;
  queries: readonly Query[];
  /** Of the grid's 24 columns. @default the row's width in equal parts */
  width?: number | undefined;
  /** Rows of the grid. @default 8 for graphs and tables, 4 for single values */
  height?: number | undefined;
  /** Colour below the first threshold. @default "green", or "text" without thresholds */
  base?: Colour | undefined;
  /** Ascending. @default none */
  thresholds?: readonly Threshold[] | undefined;
  /** @default Grafana's choice by the size of the number */
  decimals?: number | undefined;
  /** Said instead of a value that is not there. @default "no data" for single values */
  noValue?: string | undefined;
  links?: readonly DataLink[] | undefined;
}

/** Numbers over time; thresholds are dashed lines. */
export interface TimeSeries extends Described {
  kind: "time series";
  /** Adds the series up, for shares of a whole. @default false */
  stacked?: boolean | undefined;
  /** Where the axis begins as long as no value is below it. @default the axis begins at 0, whatever the values */
  softMin?: number | undefined;
  /** @default none */
  max?: number | undefined;
}

/** One number, as it is now, on a colour. */
export interface Stat extends Described {
  kind: "stat";
  /** Shows the series' name instead of its number, for answers that are a label. @default false */
  named?: boolean | undefined;
  /** Words for numbers, as 0 → "closed". @default none */
  words?: Readonly<Record<number, string>> | undefined;
}

/** One number between two ends. */
export interface Gauge extends Described {
  kind: "gauge";
  min: number;
  max: number;
}

/** One line a series as it is now; each query adds a column of numbers named by its legend. */
export interface Table extends Described {
  kind: "table";
  /** Label → the heading of its column, in their order; others are hidden. */
  labels: Readonly<Record<string, string>>;
  /** Heading → its unit where it is another than the table's. @default none */
  units?: Readonly<Record<string, Unit>> | undefined;
}

export type Panel = TimeSeries | Stat | Gauge | Table;

export interface Row {
  title: string;
  panels: readonly Panel[];
}
