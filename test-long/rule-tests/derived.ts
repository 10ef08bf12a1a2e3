import type { RecordingRule } from "../../components/observability/alert.ts";
import { recorded } from "../../components/observability/recorded.ts";
import type { RecordedMetric } from "../../components/observability/recorded.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import { budgetOf } from "./budgets.ts";
import type { Case } from "./document.ts";
import { seriesOf } from "./series.ts";
import type { Series } from "./series.ts";

/** The cases of a rule that reads what others recorded. */
export function derivedCases(rule: RecordingRule, level: ServiceLevel): Case[] {
  const days = /(\d+)d$/.exec(rule.record)?.[1];
  if (days !== undefined) return dayCases(rule, level, Number(days));
  return rule.record === "slipway:stable_requests:sum1h" ? stableCases(level) : ratioCases(rule, level);
}

function stableCases(level: ServiceLevel): Case[] {
  const requests = (revision: string, of: Partial<ServiceLevel> = {}): string => recorded({ ...level, ...of }, "slipway:requests:rate5m", { revision });
  const strangers = { [requests("rc", { service: `${level.service}-api` })]: "99x242", [requests("rd", { namespace: "elsewhere" })]: "99x242" };
  // Over two hours `rb` has more, over the last hour `ra`, and in the last ten minutes `rb` again. No sample on the window's edge.
  const world = { [requests("ra")]: "1x120 4 _ 4x98 1x20", [requests("rb")]: "9x120 2 _ 2x98 5x20", ...strangers };
  return [
    { title: "the revision with most requests of the hour", series: world, at: 242 * 30, expected: [{ labels: { revision: "ra" }, value: 4 * 99 + 21 }] },
    { title: "no data", series: strangers, at: 242 * 30, expected: [] },
  ];
}

function ratioCases({ record }: RecordingRule, level: ServiceLevel): Case[] {
  const service = record.includes("service_");
  const revisions = service ? [undefined] : ["ra", "rb"];
  const [errors, requests]: [RecordedMetric, RecordedMetric] = service ? ["slipway:service_errors:rate5m", "slipway:service_requests:rate5m"] : ["slipway:errors:rate5m", "slipway:requests:rate5m"];
  const of = (metric: RecordedMetric, revision: string | undefined, other: Partial<ServiceLevel> = {}): string => recorded({ ...level, ...other }, metric, revision === undefined ? {} : { revision });
  const strangers = Object.fromEntries(revisions.flatMap((revision) => [{ service: `${level.service}-api` }, { namespace: "elsewhere" }].flatMap((other) => [[of(errors, revision, other), "3x10"], [of(requests, revision, other), "4x10"]])));
  const world = (failed: string, all: string): Series => ({ ...strangers, ...Object.fromEntries(revisions.flatMap((revision) => [[of(errors, revision), failed], [of(requests, revision), all]])) });
  const share = (value: number): Case["expected"] => revisions.map((revision) => ({ labels: revision === undefined ? {} : { revision }, value }));
  const one = (title: string, series: Series, expected: Case["expected"]): Case => ({ title, series, at: 300, expected });
  return [
    one("some fail", world("3x10", "60x10"), share(0.05)),
    one("some of very few fail", world("0.0001x10", "0.001x10"), share(0.1)),
    one("none fails", world("0x10", "60x10"), share(0)),
    one("no requests", world("0x10", "0x10"), []),
    one("not a number", world("3x10", "NaN NaN NaN NaN NaN NaN NaN NaN NaN NaN NaN"), []),
    one("no data", strangers, []),
  ];
}

/** Hour by hour. */
function dayCases({ labels: { objective = "" }, record }: RecordingRule, level: ServiceLevel, days: number): Case[] {
  const hours = days * 24;
  const name = (what: "events" | "failures", other: Record<string, string> = {}): string => seriesOf(`slipway:objective_${what}:rate5m`, { namespace: level.namespace, service: level.service, objective, ...other });
  const strangers = [{ service: `${level.service}-api` }, { namespace: "elsewhere" }, { objective: "other" }];
  const others = Object.fromEntries(strangers.flatMap((other) => [[name("failures", other), `50x${hours + 12}`], [name("events", other), `60x${hours + 12}`]]));
  const value = (ratio: number): Case["expected"] => [{ labels: {}, value: record.includes("budget") ? 1 - ratio / budgetOf(level, objective) : ratio / budgetOf(level, objective) }];
  const one = (title: string, failures: string, events: string, expected: Case["expected"]): Case => ({ title, series: { ...others, [name("failures")]: failures, [name("events")]: events }, step: 3600, at: (hours + 12) * 3600, expected });
  const half = hours / 2 - 1;
  return [
    // Half a day before the window everything failed; in its first half twice as many as in its second. No sample on its edge.
    one("days", `10x11 _ 2x${half} 1x${half}`, `10x11 _ 300x${half} 100x${half}`, value(3 / 400)),
    one("a gap counts for nothing", `1x10 _x10 1x${hours - 9}`, `200x10 _x10 200x${hours - 9}`, value(0.005)),
    one("very few requests", `0.0000001x10 _ 0.0000001x${hours}`, `0.0001x10 _ 0.0001x${hours}`, value(0.001)),
    one("no requests", `0x${hours + 12}`, `0x${hours + 12}`, []),
    { ...one("no data", "", "", []), series: others },
  ];
}
