import type { RecordingRule } from "../../components/observability/alert.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import type { Case } from "./document.ts";
import { answersOf, counted, meshSeries, OPENED, REVISIONS, timed } from "./mesh.ts";
import type { World } from "./mesh.ts";
import type { Series } from "./series.ts";
import { increase, quantile, SAMPLES, STEPS } from "./windows.ts";

type Sample = Case["expected"][number];

const WINDOWS: Record<string, number> = { "5m": 300, "30m": 1800, "1h": 3600, "2h": 7200, "6h": 21_600 };
/** Of so few requests not one comes in a second. */
const FEW = 1 / 65_536;

/** The cases of a rule that reads the mesh's counters. */
export function counterCases(rule: RecordingRule, level: ServiceLevel): Case[] {
  const window = WINDOWS[/\d+[mh]$/.exec(rule.record)?.[0] ?? ""] ?? 300;
  const step = window / SAMPLES;
  // What it does not read is left out, as promtool would spend most of its time on it.
  const read = (series: Series): Series => Object.fromEntries(Object.entries(series).filter(([name]) => rule.expr.includes(name.slice(0, name.indexOf("{") + 1))));
  const one = (title: string, world: World, expected = expectedOf(rule, level, world, window)): Case => ({ title, series: read(meshSeries(level, world)), step, at: (STEPS + 0.5) * step, expected });
  const both = { revisions: REVISIONS };
  // No requests: a rate is 0, while a ratio or a quantile is of nothing.
  const zero = absolute(rule) ? expectedOf(rule, level, { ...both, scale: 1 }, window).map((sample) => ({ ...sample, value: 0 })) : [];
  return [
    one("healthy and failing revisions", both),
    one("counters that start again", { ...both, restart: STEPS - 6 }),
    one("few requests, of which none fails", { revisions: ["rb"], scale: FEW }),
    one("nobody else, and none fails", { revisions: ["rb"], strangers: false }),
    one("quicker than can be measured", { ...both, fast: true }),
    one("series without requests", { ...both, scale: 0 }, zero),
    one("a gap since the middle of the window", { ...both, missing: 6 }),
    one("such a gap, and none fails", { revisions: ["rb"], missing: 6 }),
    one("a gap as long as the window", { ...both, missing: SAMPLES + 1 }, []),
    one("others' series alone", { revisions: [] }, []),
    { ...one("no series", both, []), series: {} },
  ];
}

/** A value that is twice as large with twice as many requests, as neither a share nor a quantile is. */
function absolute({ record }: RecordingRule): boolean {
  return !/ratio|burn|latency/.test(record);
}

function expectedOf(rule: RecordingRule, level: ServiceLevel, world: World, window: number): Sample[] {
  const value = (revisions: readonly string[]): number => valueOf(rule, level, { ...world, revisions }, window);
  if (/service_|objective_|burn_rate/.test(rule.record)) return [{ labels: {}, value: value(world.revisions) }];
  return world.revisions.map((revision) => ({ labels: { revision }, value: value([revision]) }));
}

/** Computed from what was put in, and by no query. */
function valueOf({ labels, record }: RecordingRule, level: ServiceLevel, world: World, window: number): number {
  const { bounds, objectives: { availability = 0, latency: promised } } = level;
  const { missing, revisions } = world;
  const sum = (increments: (revision: string) => number[][]): number => revisions.flatMap(increments).reduce((all, each) => all + increase(each, missing), 0);
  const requests = (counts: (failed: boolean) => boolean): number => sum((revision) => answersOf(revision).filter(({ failed }) => counts(failed)).map((answer) => counted(answer, revision, world)));
  const within = (at: number): number => sum((revision) => [timed(level, at, revision, world)]);
  const all = requests(() => true);
  const failed = requests((each) => each);
  const latency = labels.objective === "latency";
  const events = latency ? within(bounds.length) : all;
  const failures = latency ? within(bounds.length) - within(bounds.indexOf(promised?.milliseconds ?? 0)) : failed;
  const budget = 1 - (latency ? promised?.percent ?? 0 : availability) / 100;
  switch ((record.split(":")[1] ?? "").replace("service_", "")) {
    case "requests": return record.includes(":increase") ? all : all / window;
    case "errors": return failed / window;
    case "success_ratio": return 1 - failed / all;
    case "connections": return sum((revision) => [counted(OPENED, revision, world)]) / window;
    case "objective_events": return events / window;
    case "objective_failures": return failures / window;
    case "burn_rate": return failures / events / budget;
    case "latency_milliseconds": return quantile(Number(/p(\d+)/.exec(record)?.[1]) / 100, [...bounds, Infinity].map((bound, at) => [bound, within(at)]));
    default: throw new Error(`${record} has no expectation`);
  }
}
