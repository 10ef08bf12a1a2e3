import type { TrafficSettings } from "../traffic-settings.ts";
import type { AlertProviderSpec, AlertSeverity, CanaryAnalysis, CanaryMetric, Range } from "./types.ts";

/** One question to Prometheus at each check. */
export interface Check {
  /** DNS label; the MetricTemplate has it behind the service's name. */
  name: string;
  /** PromQL in which `{{ interval }}` stands for the window; answers one value or none. */
  query: string;
  range: Range;
}

/** Who is told; the address is a secret and comes beside it. */
export interface Told {
  kind: AlertProviderSpec["type"];
  /** @default the one that the address was made for */
  channel?: string | undefined;
  severity: AlertSeverity;
}

/** A canary by weights, or all at once after so many checks. */
export type Course = { kind: "canary"; stages: readonly number[] } | { kind: "blue-green"; checks: number };

export interface AnalysisArgs {
  service: string;
  traffic: TrafficSettings;
  course: Course;
  /** Seconds between two checks, and so at each weight. */
  intervalSeconds: number;
  /** Checks of a release that may fail until it is rolled back. */
  failedChecks: number;
  checks: readonly Check[];
  /** By name. */
  alerts: Readonly<Record<string, Told>>;
}

/** Seconds that every query looks back: two scrapes of 30 s at least, because a rate needs two. */
const LEAST_WINDOW = 60;

/** How Flagger judges a release. */
export function analysis(args: AnalysisArgs): CanaryAnalysis {
  const { service, intervalSeconds, failedChecks, alerts } = args;
  const told = Object.entries(alerts).map(([name, { severity }]) => ({ name, severity, providerRef: { name: objectName(service, name) } }));
  return {
    interval: `${intervalSeconds}s`,
    threshold: failedChecks,
    ...steps(args),
    metrics: args.checks.map((check) => metric(args, check)),
    ...(told.length > 0 && { alerts: told }),
  };
}

/** Name of a MetricTemplate, or of an AlertProvider and its Secret; no service has a dot in its name, so none can have the same. */
export function objectName(service: string, name: string): string {
  return `${service}.${name}`;
}

/**
 * A candidate's 100 % is left out: Flagger goes from the last weight to its own copy, and at 100 the copy has no requests to be
 * compared with, which would fail every check.
 */
function steps({ course, traffic }: AnalysisArgs): Partial<CanaryAnalysis> {
  const { affinity, mirror, testers } = traffic;
  const mirrored = mirror && { mirror: true as const, mirrorWeight: mirror.percent };
  switch (course.kind) {
    case "canary":
      return {
        stepWeights: course.stages.filter((stage) => stage < 100),
        ...mirrored,
        ...(affinity.kind === "revision" && { sessionAffinity: { cookieName: affinity.cookie, maxAge: affinity.ttlSeconds } }),
      };
    case "blue-green":
      return { iterations: course.checks, ...(testers && { match: [{ headers: { [testers.header]: { exact: testers.value } } }] }), ...mirrored };
    default:
      return course satisfies never;
  }
}

function metric({ service, intervalSeconds }: AnalysisArgs, { name, range }: Check): CanaryMetric {
  return { name, interval: `${Math.max(LEAST_WINDOW, intervalSeconds)}s`, templateRef: { name: objectName(service, name) }, thresholdRange: range };
}
