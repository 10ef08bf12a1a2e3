import { share } from "./alert.ts";
import { REGRESSION } from "./gate-limits.ts";
import { recorded } from "./recorded.ts";
import type { RecordedMetric } from "./recorded.ts";
import type { ServiceLevel } from "./service-level.ts";
import { speaks } from "./speaks.ts";

type Named = Pick<ServiceLevel, "namespace" | "service">;
type Spoken = Named & Pick<ServiceLevel, "protocols">;

/** Seconds of the window in which a revision that had traffic has to fall silent. */
const SILENCE = "5m";

/** What each revision answers: requests where the mesh counts them, connections where it does not. */
function answered(level: Spoken): RecordedMetric {
  return speaks(level).http ? "slipway:requests:rate5m" : "slipway:connections:rate5m";
}

/** One series, whose `revision` is the one that answered most in the last hour. */
export function stableRevision(level: Spoken): string {
  return speaks(level).http ? recorded(level, "slipway:stable_requests:sum1h") : `topk(1, sum_over_time(${recorded(level, "slipway:connections:rate5m")}[1h]))`;
}

/** Each other revision that answered anything within Grafana's time range; the one that answers most now comes first. */
export function otherRevisions(level: Spoken): string {
  const answers = recorded(level, answered(level));
  return `sort_desc((${answers} or (max_over_time(${answers}[$__range]) > 0) * 0) unless on (revision) ${stableRevision(level)})`;
}

/** Share of what the service answers, 0 – 1, that the revision answers; every revision without one. */
export function answeredShare(level: Spoken, revision?: string): string {
  const metric = answered(level);
  return `${recorded(level, metric, revision === undefined ? {} : { revision })} / on () group_left () (sum(${recorded(level, metric)}) > 0)`;
}

/** By how much, as a share, the first revision has more of it than the second; nothing while the second has none. */
export function excess(level: Named, metric: RecordedMetric, revision: string, than: string): string {
  return `${recorded(level, metric, { revision })} / on () (${recorded(level, metric, { revision: than })} > 0) - 1`;
}

/** The first revision's error rate, as a share of what the gate allows beside the second's; nothing while either has no requests. */
export function shareOfAllowedErrors(level: Named, revision: string, than: string): string {
  const errors = (id: string): string => recorded(level, "slipway:error_ratio:rate5m", { revision: id });
  return `${errors(revision)} / on () (${errors(than)} * ${1 + share(REGRESSION.percent)} + ${share(REGRESSION.points)} > 0)`;
}

/** A revision that was not the stable one and whose traffic ended: it was taken back, or another took its place. */
export function takenBack(level: Named & Pick<ServiceLevel, "minimumRequests">): string {
  const requests = recorded(level, "slipway:requests:rate5m");
  return [
    `${requests} offset 10m * 300 >= ${level.minimumRequests}`,
    `unless on (revision) ${requests} > 0`,
    `unless on (revision) ${recorded(level, "slipway:stable_requests:sum1h")} offset 10m`,
  ].join("\n");
}

/** A revision that has become the one that answers most. */
export function promoted(level: Named): string {
  const stable = recorded(level, "slipway:stable_requests:sum1h");
  return `${stable}\nunless on (revision) ${stable} offset ${SILENCE}\nand on () (count(${stable} offset ${SILENCE}) > 0)`;
}
