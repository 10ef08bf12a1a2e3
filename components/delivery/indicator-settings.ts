/** What Prometheus is asked about a candidate besides what the mesh counts. Each series carries the revision's id in the label `revision`. */
export type IndicatorSettings = RatioSettings | ValueSettings;

export interface RatioSettings {
  kind: "ratio";
  /** PromQL of a counter that only rises: everything that was done. */
  all: string;
  /** PromQL of a counter that only rises: what of it was bad. */
  bad: string;
  /** Per cent of bad ones at most, above 0. */
  limit: number;
  /** What the candidate has done at a weight before it passes it, at least 1. @default minimumRequests */
  minimumSamples?: number | undefined;
}

export interface ValueSettings {
  kind: "value";
  /** PromQL of a value that means something as it is. */
  query: string;
  limit: number;
  /** On which side of the limit it is bad. */
  bad: "above" | "below";
  /** For people. */
  unit: string;
  /** Per cent of the looks at which it may be bad, above 0. */
  tolerated: number;
  /** Looks at the candidate at a weight before it passes it, at least 1. */
  minimumSamples: number;
}
