import type { RecordingRule } from "./alert.ts";
import { indicators } from "./indicators.ts";
import { connectionRate, REVISION } from "./queries.ts";
import { recorded } from "./recorded.ts";
import type { RecordedMetric } from "./recorded.ts";
import type { ServiceLevel } from "./service-level.ts";
import { speaks } from "./speaks.ts";

const FIVE = { window: "5m" };
const WHOLE = { window: "5m", by: "service" } as const;

/** Rate, errors and duration, by revision and of the whole service; connections where it speaks plain TCP. */
export function recordingRules(level: ServiceLevel): RecordingRule[] {
  const { http, tcp } = speaks(level);
  return [...(http ? [...requestsByRevision(level), ...requestsOfService(level)] : []), ...(tcp ? connections(level) : [])];
}

/** A recorded series of the service, which carries its name and namespace. */
export function recording({ namespace, service }: ServiceLevel, record: RecordedMetric, expr: string, labels: Record<string, string> = {}): RecordingRule {
  return { record, expr, labels: { namespace, service, ...labels } };
}

function requestsByRevision(level: ServiceLevel): RecordingRule[] {
  const ask = indicators(level);
  const half = { window: "30m" };
  const quantile = (name: "p50" | "p95" | "p99", share: number): RecordingRule =>
    recording(level, `slipway:latency_milliseconds:${name}_rate5m`, byRevision(ask.latencyQuantile(share, FIVE)));
  return [
    recording(level, "slipway:requests:rate5m", byRevision(ask.traffic(FIVE))),
    recording(level, "slipway:errors:rate5m", byRevision(ask.errorsOrZero(FIVE))),
    recording(level, "slipway:error_ratio:rate5m", `${recorded(level, "slipway:errors:rate5m")} / (${recorded(level, "slipway:requests:rate5m")} > 0)`),
    recording(level, "slipway:requests:rate30m", byRevision(ask.traffic(half))),
    recording(level, "slipway:success_ratio:rate30m", byRevision(ask.successRatio(half))),
    quantile("p50", 0.5),
    quantile("p95", 0.95),
    quantile("p99", 0.99),
    // An hour, so that two revisions with nearly equal weights do not take turns at being the stable one.
    recording(level, "slipway:stable_requests:sum1h", `topk(1, sum_over_time(${recorded(level, "slipway:requests:rate5m")}[1h]))`),
  ];
}

function requestsOfService(level: ServiceLevel): RecordingRule[] {
  const ask = indicators(level);
  const count = (window: "5m" | "30m" | "2h" | "6h"): RecordingRule =>
    recording(level, `slipway:service_requests:increase${window}`, ask.requests({ window, by: "service" }));
  return [
    recording(level, "slipway:service_requests:rate5m", ask.traffic(WHOLE)),
    recording(level, "slipway:service_errors:rate5m", ask.errorsOrZero(WHOLE)),
    recording(level, "slipway:service_error_ratio:rate5m", `${recorded(level, "slipway:service_errors:rate5m")} / (${recorded(level, "slipway:service_requests:rate5m")} > 0)`),
    recording(level, "slipway:service_latency_milliseconds:p95_rate5m", ask.latencyQuantile(0.95, WHOLE)),
    count("5m"),
    count("30m"),
    count("2h"),
    count("6h"),
  ];
}

function connections(level: ServiceLevel): RecordingRule[] {
  return [
    recording(level, "slipway:connections:rate5m", byRevision(connectionRate({ ...level, ...FIVE }))),
    recording(level, "slipway:service_connections:rate5m", connectionRate({ ...level, ...WHOLE })),
  ];
}

/** The mesh's label under the name that the recorded series give it. */
function byRevision(expression: string): string {
  return `sum by (revision) (label_replace(${expression}, "revision", "$1", "${REVISION}", "(.*)"))`;
}
