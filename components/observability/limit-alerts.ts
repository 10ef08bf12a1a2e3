import { share } from "./alert.ts";
import type { Alert, Severity } from "./alert.ts";
import { recorded } from "./recorded.ts";
import type { RecordedMetric } from "./recorded.ts";
import type { ServiceLevel } from "./service-level.ts";
import { speaks } from "./speaks.ts";

/** The revision that answers most of the requests, and each other. */
type Role = "stable" | "canary";

interface Limit {
  of: "ErrorRateHigh" | "LatencyHigh" | "SuccessRateLow";
  /** The recorded series and what it is compared with. */
  metric: RecordedMetric;
  beyond: string;
  /** Requests a second in the same window, and the window's seconds: too few say nothing. */
  traffic: RecordedMetric;
  seconds: number;
  lasting: Record<Role, string>;
  severity: Record<Role, Severity>;
  /** What follows the revision's name, with the value. */
  says: string;
  window: string;
  limit: string;
}

const VALUE = { percent: "{{ $value | humanizePercentage }}", milliseconds: "{{ $value | printf \"%.0f\" }} ms" };

/** What no revision may exceed. A canary's alert is no page: its rollout takes it back, and the stable revision answers the others. */
export function limitAlerts(level: ServiceLevel): Alert[] {
  if (!speaks(level).http) return [];
  return limits(level).flatMap((limit) => [alert(level, limit, "canary"), alert(level, limit, "stable")]);
}

function limits({ limits: { errorPercent, p95Milliseconds, successPercent } }: ServiceLevel): Limit[] {
  const five = { traffic: "slipway:requests:rate5m", seconds: 300, window: "5 minutes" } as const;
  return [
    {
      ...five, of: "ErrorRateHigh", metric: "slipway:error_ratio:rate5m", beyond: `> ${share(errorPercent)}`, limit: `${errorPercent} % at most`,
      says: `fails ${VALUE.percent} of its requests`, lasting: { canary: "1m", stable: "2m" }, severity: { canary: "ticket", stable: "page" },
    },
    {
      ...five, of: "LatencyHigh", metric: "slipway:latency_milliseconds:p95_rate5m", beyond: `> ${p95Milliseconds}`, limit: `${p95Milliseconds} ms at most`,
      says: `takes ${VALUE.milliseconds} or longer for one request in twenty`, lasting: { canary: "2m", stable: "5m" }, severity: { canary: "ticket", stable: "page" },
    },
    {
      // Half an hour: it judges a service that has too few requests in five minutes, and failures that come and go.
      of: "SuccessRateLow", metric: "slipway:success_ratio:rate30m", beyond: `< ${share(successPercent)}`, limit: `${successPercent} % at least`,
      traffic: "slipway:requests:rate30m", seconds: 1800, window: "30 minutes",
      says: `answers ${VALUE.percent} of its requests well`, lasting: { canary: "5m", stable: "5m" }, severity: { canary: "ticket", stable: "ticket" },
    },
  ];
}

function alert(level: ServiceLevel, limit: Limit, role: Role): Alert {
  const { service, namespace, minimumRequests } = level;
  const revision = `${role === "stable" ? "stable revision" : "canary"} {{ $labels.revision }} of ${service}`;
  return {
    name: role === "stable" ? `SlipwayStable${limit.of}` : `SlipwayCanary${limit.of}`,
    severity: limit.severity[role],
    expression: [
      `${recorded(level, limit.metric)} ${limit.beyond}`,
      `and on (revision) ${recorded(level, limit.traffic)} * ${limit.seconds} >= ${minimumRequests}`,
      `${role === "stable" ? "and" : "unless"} on (revision) ${recorded(level, "slipway:stable_requests:sum1h")}`,
    ].join("\n"),
    lasting: limit.lasting[role],
    labels: { role },
    ...(role === "canary" && { dashboard: role }),
    summary: `The ${revision} ${limit.says}`,
    description: `In namespace ${namespace} the ${revision} ${limit.says}, measured over ${limit.window}; the limit is ${limit.limit}. It has been so for ${limit.lasting[role]} or longer.`,
  };
}
