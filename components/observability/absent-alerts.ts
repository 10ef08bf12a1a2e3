import type { Alert } from "./alert.ts";
import { requestSeries } from "./queries.ts";
import { EVALUATION_SECONDS, recorded } from "./recorded.ts";
import type { ServiceLevel } from "./service-level.ts";
import { speaks } from "./speaks.ts";
import { applicationMetricsDown, noPods, someReady } from "./workload-queries.ts";

/** Evaluations of an hour of which some may be missing, as Prometheus itself restarts. */
const NEARLY_AN_HOUR = Math.floor((3600 / EVALUATION_SECONDS) * 0.9);

/** No data is not good news: what is missing says so itself, as nothing else can fire on it. */
export function absentAlerts(level: ServiceLevel): Alert[] {
  return [podsAbsent(level), ...(speaks(level).http ? [metricsAbsent(level), trafficStopped(level)] : []), ...(level.metrics === undefined ? [] : [applicationMetrics(level)])];
}

function podsAbsent(level: ServiceLevel): Alert {
  const { namespace, service } = level;
  return {
    name: "SlipwayPodsAbsent", severity: "page", expression: noPods(level), lasting: "5m",
    summary: `Prometheus knows no pod of ${service}`,
    description: `In namespace ${namespace} no pod of ${service} is known: it has none, or kube-state-metrics is not scraped. It has been so for 5m or longer.`,
  };
}

function metricsAbsent(level: ServiceLevel): Alert {
  const { namespace, service } = level;
  return {
    name: "SlipwayMetricsAbsent", severity: "ticket", expression: `${someReady(level)}\nunless on () ${requestSeries(level)}`, lasting: "30m",
    summary: `The mesh tells of no request to ${service}`,
    description: `In namespace ${namespace} {{ $value }} pods of ${service} are ready and the mesh tells of no request at all: nobody calls it, or its sidecars are not scraped. No alert on requests can fire. It has been so for 30m or longer.`,
  };
}

/** It had enough requests in each five minutes of the hour before the last: a batch that ended is none of these. */
function trafficStopped(level: ServiceLevel): Alert {
  const { minimumRequests, namespace, service } = level;
  const before = `${recorded(level, "slipway:service_requests:rate5m")}[1h] offset 1h`;
  return {
    name: "SlipwayTrafficStopped", severity: "page",
    expression: [
      `min_over_time(${before}) * 300 >= ${minimumRequests}`,
      `and on () count_over_time(${before}) >= ${NEARLY_AN_HOUR}`,
      `unless on () ${recorded(level, "slipway:service_requests:rate5m")} > 0`,
    ].join("\n"),
    lasting: "5m",
    summary: `${service} has no requests any more`,
    description: `In namespace ${namespace} ${service} had at least {{ $value | printf "%.0f" }} requests in each 5 minutes between one and two hours ago, and has none now. What stands before it may be broken. It has been so for 5m or longer.`,
  };
}

function applicationMetrics(level: ServiceLevel): Alert {
  const { namespace, service } = level;
  return {
    name: "SlipwayApplicationMetricsDown", severity: "ticket", expression: applicationMetricsDown(level), lasting: "10m",
    summary: `The metrics of ${service} itself cannot be read`,
    description: `In namespace ${namespace} Prometheus cannot read the metrics of ${service}{{ with $labels.pod }} from pod {{ . }}{{ end }}. It has been so for 10m or longer.`,
  };
}
