export type { CustomIndicator, GatePolicy, Overdispersion } from "./policy-types.ts";

/**
 * `breach`: proof that the candidate is over a limit. `pass`: enough requests at this weight, and nothing that speaks against it.
 * `not-enough`: too few requests, or a doubt that is not settled. `no-answer`: nobody knows. Only `pass` allows more traffic.
 */
export type Verdict = "pass" | "breach" | "not-enough" | "no-answer";

/** Why there is no answer. */
export type NoAnswerReason = "unreachable" | "timeout" | "status" | "not-json" | "error" | "warning" | "wrong-type" | "not-a-number" | "wrong-time" | "stale" | "empty" | "silent";

/** What one revision met between two looks. Increments, never totals; not below 0, whole where nothing was extrapolated. */
export interface Counts {
  requests: number;
  failures: number;
  /** Requests whose time was measured. */
  timed: number;
  /** Of those, answered within each bound of the histogram: in the bounds' order, never falling. Empty where nothing is timed. */
  within: readonly number[];
}

/** One indicator of the service's own, between two looks. */
export type CustomReading =
  | { kind: "ratio"; candidate: Tally; stable: Tally }
  /** What a gauge shows of the candidate now. */
  | { kind: "value"; candidate: number };

/** `bad` of `all`, increments. */
export interface Tally {
  all: number;
  bad: number;
}

/** What was seen between the look before and this one, all at the same weight. */
export interface Look {
  kind: "look";
  /** Unix seconds. */
  at: number;
  /** Percent of the traffic that the candidate had. */
  weight: number;
  candidate: Counts;
  stable: Counts;
  custom: Readonly<Record<string, CustomReading>>;
}

/** A look that brought nothing. What happened meanwhile is in the next one that does. */
export interface NoAnswer {
  kind: "no-answer";
  at: number;
  weight: number;
  reason: NoAnswerReason;
  /** What was seen instead, for people. */
  detail: string;
}

export type Observation = Look | NoAnswer;

/** One line of a verdict, as the event `gate` shows it. */
export interface IndicatorReading {
  /** `errors`, `success`, `p95`, `errors-regression`, `p95-regression`, or the name of one of the service's own. */
  name: string;
  /** As seen in the whole rollout; null where nothing was. A latency is the bound below which it lies. */
  value: number | null;
  limit: number | null;
  unit: string;
  /** Requests, or looks, that it is seen in. */
  samples: number;
  /** How much of the proof of a breach there is: 0 none, 1 all. */
  evidence: number;
}

export interface Judgement {
  verdict: Verdict;
  /** One sentence with its figures, for people. */
  why: string;
  /** Requests of the candidate at the present weight. */
  samples: number;
  indicators: IndicatorReading[];
  /** Seconds since the last answer; 0 where the last look brought one. */
  silentSeconds: number;
  /** Why the last look brought nothing. */
  reason?: NoAnswerReason;
}

/** What the driver does about a judgement. */
export type Action = "wait" | "advance" | "hold" | "roll-back";
