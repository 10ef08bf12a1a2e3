import type { ServiceLevel } from "./service-level.ts";

/** Labels that a recorded series has beside `namespace` and `service`. */
type RecordedLabels = readonly ("revision" | "objective")[];

/** Windows over which a burn rate is recorded. */
export const BURN_WINDOWS = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"] as const;
export type BurnWindow = (typeof BURN_WINDOWS)[number];

const BY_REVISION = ["revision"] as const;
const BY_OBJECTIVE = ["objective"] as const;

/** Names of the recorded series, `slipway:<what>:<operation><window>`, and their labels. */
export const RECORDED = {
  "slipway:requests:rate5m": BY_REVISION,
  "slipway:requests:rate30m": BY_REVISION,
  "slipway:errors:rate5m": BY_REVISION,
  "slipway:error_ratio:rate5m": BY_REVISION,
  "slipway:success_ratio:rate30m": BY_REVISION,
  "slipway:latency_milliseconds:p50_rate5m": BY_REVISION,
  "slipway:latency_milliseconds:p95_rate5m": BY_REVISION,
  "slipway:latency_milliseconds:p99_rate5m": BY_REVISION,
  "slipway:stable_requests:sum1h": BY_REVISION,
  "slipway:connections:rate5m": BY_REVISION,
  "slipway:service_requests:rate5m": [],
  "slipway:service_requests:increase5m": [],
  "slipway:service_requests:increase30m": [],
  "slipway:service_requests:increase2h": [],
  "slipway:service_requests:increase6h": [],
  "slipway:service_errors:rate5m": [],
  "slipway:service_error_ratio:rate5m": [],
  "slipway:service_latency_milliseconds:p95_rate5m": [],
  "slipway:service_connections:rate5m": [],
  "slipway:objective_events:rate5m": BY_OBJECTIVE,
  "slipway:objective_failures:rate5m": BY_OBJECTIVE,
  "slipway:burn_rate:rate5m": BY_OBJECTIVE,
  "slipway:burn_rate:rate30m": BY_OBJECTIVE,
  "slipway:burn_rate:rate1h": BY_OBJECTIVE,
  "slipway:burn_rate:rate2h": BY_OBJECTIVE,
  "slipway:burn_rate:rate6h": BY_OBJECTIVE,
  "slipway:burn_rate:rate1d": BY_OBJECTIVE,
  "slipway:burn_rate:rate3d": BY_OBJECTIVE,
  "slipway:error_budget:remaining28d": BY_OBJECTIVE,
  "slipway:error_budget:remaining30d": BY_OBJECTIVE,
} as const satisfies Record<string, RecordedLabels>;

export type RecordedMetric = keyof typeof RECORDED;

/** Seconds between two evaluations of what is recorded often. */
export const EVALUATION_SECONDS = 30;

/** The recorded series of one service; `more` are further matchers. */
export function recorded({ namespace, service }: Pick<ServiceLevel, "namespace" | "service">, metric: RecordedMetric, more: Record<string, string> = {}): string {
  const labels = { namespace, service, ...more };
  return `${metric}{${Object.entries(labels).map(([label, value]) => `${label}="${value}"`).join(",")}}`;
}
