import * as z from "zod";
import type { LiveObject } from "../namespace/objects.ts";

const rule = z.object({ alert: z.string().optional(), record: z.string().optional(), expr: z.union([z.string(), z.number()]).transform(String), annotations: z.record(z.string(), z.string()).default({}) });
const rules = z.object({ spec: z.object({ groups: z.array(z.object({ rules: z.array(rule).default([]) })).default([]) }) });

type Rule = z.infer<typeof rule>;

/** What a service promises, as far as its rules tell it; what is absent has the schema's default. */
export interface Promises {
  limits?: { errorPercent?: number; p95Milliseconds?: number; successPercent?: number };
  objectives?: { availability?: number; latency?: { percent: number; milliseconds: number } };
  windowDays?: 28 | 30;
  minimumRequests?: number;
  runbooks?: string;
  grafana?: string;
}

/** Reads a service's limits and objectives out of the rules that the program made of them. */
export function promisesOf(live: LiveObject | undefined): Promises {
  const parsed = rules.safeParse(live);
  const all = parsed.success ? parsed.data.spec.groups.flatMap((group) => group.rules) : [];
  const alert = (name: string): Rule | undefined => all.find((each) => each.alert === name);
  const [errors, latency, success] = ["SlipwayStableErrorRateHigh", "SlipwayStableLatencyHigh", "SlipwayStableSuccessRateLow"].map(alert);
  if (errors === undefined) return {};
  const limits = { errorPercent: percent(limitOf(errors)), p95Milliseconds: limitOf(latency), successPercent: percent(limitOf(success)) };
  const minimum = Number(/>= (\d+)/.exec(errors.expr)?.[1] ?? Number.NaN);
  const days = all.map(({ record }) => /:remaining(\d+)d$/.exec(record ?? "")?.[1]).find((each) => each !== undefined);
  return {
    limits: { ...(limits.errorPercent !== undefined && { errorPercent: limits.errorPercent }), ...(limits.p95Milliseconds !== undefined && { p95Milliseconds: limits.p95Milliseconds }), ...(limits.successPercent !== undefined && { successPercent: limits.successPercent }) },
    objectives: objectivesOf(all),
    ...(days === "28" ? { windowDays: 28 } : {}),
    ...(Number.isInteger(minimum) && { minimumRequests: minimum }),
    ...address("runbooks", errors.annotations["runbook_url"], /\/[^/]+\.md$/),
    ...address("grafana", errors.annotations["dashboard_url"], /\/d\/[^/]+$/),
  };
}

/** The bound of an alert's first comparison. */
function limitOf(alert: Rule | undefined): number | undefined {
  const bound = /[<>] (\d+(?:\.\d+)?(?:e-?\d+)?)$/m.exec(alert?.expr ?? "")?.[1];
  return bound === undefined ? undefined : Number(bound);
}

/** A share as per cent, without the last digits that a division leaves. */
function percent(share: number | undefined): number | undefined {
  return share === undefined ? undefined : Number((share * 100).toPrecision(10));
}

/** The promises in the words of the alert that tells of a spent budget. */
function objectivesOf(all: readonly Rule[]): NonNullable<Promises["objectives"]> {
  const said = all.filter(({ alert }) => alert === "SlipwayErrorBudgetExhausted").map(({ annotations }) => annotations["description"] ?? "").join("\n");
  const [, availability] = /: ([\d.]+) % of the requests succeed\./.exec(said) ?? [];
  const [, share, milliseconds] = /: ([\d.]+) % of the requests are answered within ([\d.]+) ms\./.exec(said) ?? [];
  return {
    ...(availability !== undefined && { availability: Number(availability) }),
    ...(share !== undefined && milliseconds !== undefined && { latency: { percent: Number(share), milliseconds: Number(milliseconds) } }),
  };
}

function address<K extends "runbooks" | "grafana">(key: K, url: string | undefined, page: RegExp): { [P in K]?: string } {
  const found: { [P in K]?: string } = {};
  if (url !== undefined && page.test(url)) Object.assign(found, { [key]: url.replace(page, "") });
  return found;
}
