import type { ServiceLevel } from "../../components/observability/service-level.ts";
import { LEVEL } from "../../test/observability/levels.ts";
import type { Behaviour } from "./behaviour.ts";
import type { Scenario } from "./world.ts";

/**
 * p95 is 928 ms. Requests spread evenly around it and around both bounds of its bucket, which is what a histogram takes for granted, and the
 * times are long beside the pauses of a busy machine.
 */
const QUICK: Behaviour["latency"] = [[0.83, 50, 400], [0.15, 400, 1060], [0.02, 1500, 1900]];
/** p95 is 2400 ms. */
const SLOW: Behaviour["latency"] = [[0.5, 50, 500], [0.3, 500, 1000], [0.2, 1800, 2600]];
/** All of the slow ones take 2050 ms, of which a histogram knows no more than that they lie between 2000 and 2500. */
const UNEVEN: Behaviour["latency"] = [[0.9, 50, 240], [0.1, 2045, 2055]];

function level(service: string): ServiceLevel {
  return { ...LEVEL, service, metrics: undefined, objectives: { availability: 99.5, latency: { percent: 95, milliseconds: 1000 } } };
}

export const SCENARIOS = {
  healthy: { level: level("healthy"), stable: { failing: 0, latency: QUICK }, canary: { failing: 0, latency: QUICK } },
  failing: { level: level("failing"), stable: { failing: 0.07, latency: QUICK }, canary: { failing: 0.07, latency: QUICK } },
  slow: { level: level("slow"), stable: { failing: 0, latency: SLOW }, canary: { failing: 0, latency: UNEVEN } },
} as const satisfies Record<string, Scenario>;
