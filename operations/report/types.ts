import type { DeliveryFigures } from "../metrics/deliveryFigures.ts";
import type { ServiceReport, SystemReport } from "./stack-types.ts";

/** What a report says of a stack; the page shows it and `--json` prints it. Times are ISO 8601, UTC. */
export interface ReportModel {
  stack: string;
  /** When it was looked at. */
  at: string;
  /** Worst first. */
  attention: readonly Attention[];
  systems: readonly SystemReport[];
  services: readonly ServiceReport[];
  levels: Looked<readonly LevelReport[]>;
  rollouts: Looked<RolloutsReport>;
  drift: Looked<FindingsReport>;
  policy: Looked<FindingsReport>;
  delivery: Looked<DeliveryReport>;
}

/** Something that was looked at, or why it was not and how it is. */
export type Looked<T> = { kind: "found"; value: T } | { kind: "unknown"; why: string };

/** `act`: users are hurt, or a protection is gone. `look`: somebody should know. */
export type Urgency = "act" | "look";

export interface Attention {
  urgency: Urgency;
  /** What it is about: a service, an environment, a resource. */
  subject: string;
  text: string;
  section: SectionName;
}

export const SECTIONS = ["services", "levels", "rollouts", "systems", "drift", "policy", "delivery"] as const;
export type SectionName = (typeof SECTIONS)[number];

export interface LevelReport {
  service: string;
  namespace: string;
  /** What is promised, with what is left of it. */
  objectives: readonly ObjectiveReport[];
  now: Measures;
}

export interface ObjectiveReport {
  name: string;
  promise: string;
  windowDays: number;
  /** 1 untouched, 0 used up, below 0 overdrawn; absent without requests. */
  remaining?: number | undefined;
  /** How many times faster than allowed the budget went over the last hour. */
  burn?: number | undefined;
}

/** Over the last five minutes; what is absent was not measured. */
export interface Measures {
  /** A second. */
  requests?: number | undefined;
  /** 0 – 1. */
  errorRatio?: number | undefined;
  p95Milliseconds?: number | undefined;
}

export interface RolloutsReport {
  /** Newest first. */
  list: readonly RolloutReport[];
  /** Older ones that are left out. */
  older: number;
  /** Lines of the audit log that were changed, or before which some are missing, from 1. */
  brokenLines: readonly number[];
}

export type RolloutOutcome = "done" | "rolled back" | "failed" | "replaced" | "going on";

export interface RolloutReport {
  service: string;
  revision: string;
  startedAt: string;
  endedAt?: string | undefined;
  outcome: RolloutOutcome;
  /** Why it ended so, or why it waits. */
  reason?: string | undefined;
  /** Weights on its way; empty where only the stack's history tells of it. */
  steps: readonly { at: string; weight: number }[];
  /** Who tells of it. */
  source: "audit log" | "history";
}

/** Of `slipway drift` or of the policies. */
export interface FindingsReport {
  /** Worst first. */
  list: readonly FindingReport[];
  /** When it was looked, where the file says so. */
  at?: string | undefined;
  /** Findings that the stack's settings let pass. */
  excused: number;
}

export interface FindingReport {
  /** As the file says it. */
  severity: string;
  urgency: Urgency | "none";
  /** The object. */
  where: string;
  /** A web page about it, or the command that shows it. */
  address?: string | undefined;
  what: string;
  since?: string | undefined;
  /** What to do. */
  next?: string | undefined;
}

export interface DeliveryReport {
  /** Over how many days. */
  days: number;
  stack: DeliveryFigures;
  services: Readonly<Record<string, DeliveryFigures>>;
  /** The last update. */
  lastUpdate?: { at: string; kind: string; result: string } | undefined;
}
