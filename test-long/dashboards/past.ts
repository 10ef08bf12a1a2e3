import { ruleGroups } from "../../components/observability/prometheus-rules.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import { startPrometheus } from "../accuracy/prometheus.ts";
import type { Prometheus } from "../accuracy/prometheus.ts";
import { invent, keep, moments } from "./blocks.ts";
import { clusterTracks, namespaceTracks } from "./cluster.ts";
import { deliveryTracks } from "./delivery.ts";
import { meshTracks } from "./mesh.ts";
import { firedBy, inSteps, recordedBy } from "./recordings.ts";

const HOUR = 3600;
const DAY = 86_400;
/** The past goes on a bit after now, as a page that is looked at would see it. */
const AFTER = 20 * 60;
const SELDOM = 150;

/** Nothing is scraped and no rule is evaluated: all of it has happened already. */
const CONFIGURATION = { global: { scrape_interval: "20s" } };

export interface Stack {
  name: string;
  levels: readonly ServiceLevel[];
  repositories: readonly string[];
}

/** A Prometheus that has watched a stack for eight days, and its deliveries for three months, with what its rules would have recorded and which alerts fire now. */
export async function pastOf({ levels, name, repositories }: Stack, folder: string, now: number): Promise<{ prometheus: Prometheus; samples: number }> {
  const namespaces = [...new Set(levels.map(({ namespace }) => namespace))];
  const delivered = deliveryTracks(name, levels, repositories, now);
  const tracks = [...levels.flatMap((level) => [...meshTracks(level, now), ...clusterTracks(level, now)]), ...namespaces.flatMap(namespaceTracks), ...delivered];
  let samples = await invent(folder, tracks, moments(now, [{ before: 8 * DAY, every: SELDOM }, { before: 25 * HOUR, every: 60 }, { before: 3.6 * HOUR, every: 20 }], AFTER), now);
  const seldom = moments(now, [{ before: 8 * DAY, every: SELDOM }], AFTER);
  const often = moments(now, [{ before: 8 * DAY, every: SELDOM }, { before: 3.5 * HOUR, every: 30 }], AFTER);
  const { alerts, recordings } = inSteps(levels.flatMap(ruleGroups));
  for (const rules of recordings) {
    samples += await running(folder, async ({ url }) => {
      const rows = [];
      // What is added up over days has to be recorded evenly, or the last hours would count for more than the others.
      for (const rule of rules) rows.push(...(await recordedBy(url, rule, rule.record.startsWith("slipway:objective_") ? seldom : often)));
      return rows;
    });
  }
  samples += await running(folder, async ({ url }) => {
    const rows = [];
    for (const rule of alerts) rows.push(...(await firedBy(url, rule, moments(now, [{ before: 2 * HOUR, every: 60 }], AFTER))));
    return rows;
  });
  samples += await invent(folder, delivered, moments(now, [{ before: 92 * DAY, every: HOUR / 2 }], -8 * DAY), now, DAY);
  return { prometheus: await startPrometheus(folder, CONFIGURATION), samples };
}

/** Asks a Prometheus over the folder and keeps the answers there, once it no longer runs. */
async function running(folder: string, ask: (prometheus: Prometheus) => Promise<Parameters<typeof keep>[1]>): Promise<number> {
  const prometheus = await startPrometheus(folder, CONFIGURATION);
  const rows = await ask(prometheus).finally(() => prometheus.stop());
  return keep(folder, rows);
}
