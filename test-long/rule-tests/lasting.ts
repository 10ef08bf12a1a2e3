import type { AlertRule } from "../../components/observability/alert.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import type { Case } from "./document.ts";
import { constant, STEP_SECONDS, times } from "./series.ts";
import type { Series } from "./series.ts";

type Expected = Case["expected"];

export interface Story {
  /** The world in which the alert fires, and for what. */
  fires: Series;
  expected: Expected;
  /** Further worlds in which it fires: what is other than in the first. */
  alsoFires?: Record<string, { series: Series; expected?: Expected }>;
  /** Worlds in which it never does: what is other than in the first. */
  quiet: Record<string, Series>;
  /** Seconds until it can be seen. @default 0 */
  begins?: number;
  /** Seconds after which the quiet worlds are looked at. */
  end: number;
}

export function seconds(duration: string): number {
  const [, count = "0", unit = "s"] = /^(\d+)([smhd])$/.exec(duration) ?? [];
  return Number(count) * { s: 1, m: 60, h: 3600, d: 86_400 }[unit as "s" | "m" | "h" | "d"];
}

/** Seconds between two evaluations of the alert: a fifth of the time that it waits, so that a fifth more or less is seen. */
export function evaluationOf(rule: AlertRule): number {
  return rule.for === "0s" ? STEP_SECONDS : seconds(rule.for) / 5;
}

/**
 * The same series of a service whose name begins alike and of other namespaces: as they are, and far larger and smaller, so that neither
 * a sum nor an extreme could take them in unseen. They must not matter.
 */
export function withStrangers({ namespace, service }: Pick<ServiceLevel, "namespace" | "service">, series: Series): Series {
  const strange = Object.entries(series).flatMap(([name, values]): [string, string][] => [
    [name.replaceAll(`"${service}`, `"${service}-api`), values],
    [name.replaceAll(`"${service}`, `"${service}-web`), times(values, 1000)],
    [name.replaceAll(`"${namespace}"`, '"elsewhere"'), values],
    [name.replaceAll(`"${namespace}"`, '"far"'), times(values, 1000)],
    [name.replaceAll(`"${namespace}"`, '"near"'), times(values, 0.001)],
  ]);
  return { ...Object.fromEntries(strange), ...series };
}

/** Fires in the first worlds once it has lasted, and not before; in the others never, not even at the end. */
export function lasting(rule: AlertRule, level: ServiceLevel, { alsoFires = {}, begins = 0, end, expected, fires, quiet }: Story): Case[] {
  const evaluation = evaluationOf(rule);
  const wait = Math.ceil(begins / evaluation) * evaluation + seconds(rule.for);
  const loud = withStrangers(level, fires);
  const silent = Object.fromEntries(Object.keys(fires).map((name) => [name, constant("_", 2)]));
  return [
    { title: "fires when it has lasted", series: loud, at: wait, expected },
    ...(rule.for === "0s" ? [] : [{ title: "waits until it has lasted", series: loud, at: wait - evaluation, expected: [] }]),
    ...Object.entries(alsoFires).map(([title, also]) => ({ title, series: { ...loud, ...also.series }, at: wait, expected: also.expected ?? expected })),
    ...Object.entries(quiet).map(([title, series]) => ({ title, series: { ...loud, ...series }, at: end, expected: [] })),
    { title: "no data of its own", series: { ...loud, ...silent }, at: end, expected: [] },
    { title: "all is well elsewhere", series: { ...withStrangers(level, { ...fires, ...Object.values(quiet)[0] }), ...fires }, at: wait, expected },
  ];
}
