/** One graph: what it asks, how it names the answers, and what its numbers are. */
export interface Graph {
  title: string;
  /** What a reader does with it. */
  description: string;
  /** Grafana's name of the unit. */
  unit: "reqps" | "percentunit" | "ms" | "short" | "cps" | "Bps";
  queries: { expression: string; legend: string }[];
  /** Adds the series up, for shares of a whole. @default false */
  stacked?: boolean;
  /** A line at the value from which it is too much. @default none */
  limit?: number;
}

export interface GraphRow {
  title: string;
  graphs: Graph[];
}

/** Limits that are drawn as lines. */
export interface Limits {
  /** Failed share of the requests, 0 – 1. */
  failureRatio: number;
  /** p95, in milliseconds. */
  p95Milliseconds: number;
}
