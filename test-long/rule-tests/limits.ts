import type { AlertRule } from "../../components/observability/alert.ts";
import type { RecordedMetric } from "../../components/observability/recorded.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import type { Case } from "./document.ts";
import { lasting, seconds, withStrangers } from "./lasting.ts";
import { constant, seriesOf } from "./series.ts";

/** Steps of half a minute, longer than these alerts wait. */
const STEPS = 40;

/** To the last digit, as people write it: a division by 100 adds some to most. */
const share = (percent: number): number => Number(`${percent}e-2`);

/** What the alert compares, with what, over how many seconds, and a value that is just beyond. */
function compared({ alert }: AlertRule, { errorPercent, p95Milliseconds, successPercent }: ServiceLevel["limits"]): [RecordedMetric, RecordedMetric, number, number, number] {
  if (alert.endsWith("ErrorRateHigh")) return ["slipway:error_ratio:rate5m", "slipway:requests:rate5m", 300, share(errorPercent), share(errorPercent) * 1.02];
  if (alert.endsWith("LatencyHigh")) return ["slipway:latency_milliseconds:p95_rate5m", "slipway:requests:rate5m", 300, p95Milliseconds, p95Milliseconds * 1.02];
  return ["slipway:success_ratio:rate30m", "slipway:requests:rate30m", 1800, share(successPercent), share(successPercent) * 0.98];
}

export function limitCases(rule: AlertRule, level: ServiceLevel): Case[] {
  const [metric, traffic, window, limit, bad] = compared(rule, level.limits);
  const [mine, other] = rule.labels.role === "stable" ? ["ra", "rb"] : ["rb", "ra"];
  const name = (what: RecordedMetric, revision = mine): string => seriesOf(what, { namespace: level.namespace, service: level.service, revision });
  const few = (share: number): string => constant((level.minimumRequests * share) / window, STEPS);
  const exact = (level.minimumRequests / window) * window === level.minimumRequests;
  const end = seconds(rule.for) + 300;
  // Strangers' stable revision is called as this service's canary is.
  const strange = Object.keys(withStrangers(level, { [name("slipway:stable_requests:sum1h", "rb")]: "" })).filter((each) => each !== name("slipway:stable_requests:sum1h", "rb"));
  const crossed = Object.fromEntries(strange.map((stranger) => [stranger, constant(100, STEPS)]));
  const fires = {
    [name(metric)]: constant(bad, STEPS), [name(metric, other)]: constant(bad, STEPS),
    [name(traffic)]: few(1.01), [name(traffic, other)]: few(0),
    [name("slipway:stable_requests:sum1h", "ra")]: constant(100, STEPS),
  };
  const cases = lasting(rule, level, {
    fires, end, expected: [{ labels: { revision: mine }, value: bad }],
    alsoFires: exact ? { "as many requests as are asked": { series: { [name(traffic)]: few(1) } } } : {},
    quiet: {
      "at the limit": { [name(metric)]: constant(limit, STEPS) },
      "too few requests": { [name(traffic)]: few(0.99) },
      "too few requests, and many of the other revision": { [name(traffic)]: few(0.99), [name(traffic, other)]: few(50) },
      "the other role is another alert's": { [name(metric)]: constant(limit, STEPS), [name(traffic, other)]: few(50) },
      "not a number": { [name(metric)]: constant("NaN", STEPS) },
    },
  });
  return cases.map((each) => ({ ...each, series: { ...each.series, ...crossed } }));
}
