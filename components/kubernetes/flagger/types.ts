import type { HttpMatch, HttpRoute, TrafficPolicy } from "../istio.ts";

/** The objects of flagger.app/v1beta1 that are sent, field by field and closed. */
export interface CanarySpec {
  provider: "istio";
  targetRef: Reference<"apps/v1", "Deployment">;
  autoscalerRef: Reference<"autoscaling/v2", "HorizontalPodAutoscaler">;
  /** Seconds for which pods may be unready until the release is rolled back. */
  progressDeadlineSeconds: number;
  service: CanaryService;
  analysis: CanaryAnalysis;
}

interface Reference<Version, Kind> {
  apiVersion: Version;
  kind: Kind;
  name: string;
}

/** From which Flagger makes three Services, a VirtualService and two DestinationRules. */
export interface CanaryService extends Pick<HttpRoute, "timeout" | "retries"> {
  port: number;
  portName: string;
  targetPort: string;
  appProtocol: string;
  /** Offers the container's other ports as well. */
  portDiscovery: boolean;
  gateways: string[];
  hosts?: string[];
  trafficPolicy?: TrafficPolicy;
}

export interface CanaryAnalysis {
  interval: string;
  /** Failed checks of a whole release, not in a row, from which it is rolled back. */
  threshold: number;
  /** Weights of the candidate; after the last one the copy takes over. */
  stepWeights?: number[];
  /** Checks without a weight. */
  iterations?: number;
  match?: Pick<HttpMatch, "headers">[];
  mirror?: true;
  mirrorWeight?: number;
  sessionAffinity?: { cookieName: string; maxAge: number };
  metrics: CanaryMetric[];
  alerts?: { name: string; severity: AlertSeverity; providerRef: { name: string } }[];
}

export interface CanaryMetric {
  name: string;
  /** Window of the query. */
  interval: string;
  templateRef: { name: string };
  thresholdRange: Range;
}

/** What a query's value has to lie in, ends included. No value fails too. */
export type Range = { min: number } | { max: number };

/** info: everything; warn: what went wrong or waits; error: what went wrong. */
export type AlertSeverity = "info" | "warn" | "error";

export interface MetricTemplateSpec {
  provider: { type: "prometheus"; address: string };
  query: string;
}

export interface AlertProviderSpec {
  type: "slack" | "msteams" | "discord" | "rocket" | "gchat";
  channel?: string;
  secretRef: { name: string };
}
