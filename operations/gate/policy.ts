import { MINIMUM_SAMPLES, REGRESSION } from "../../components/observability/gate-limits.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import { speaks } from "../../components/observability/speaks.ts";
import type { CustomIndicator, GatePolicy } from "./types.ts";

/** What holds where nobody says otherwise; docs/gate.md says why it is these figures. */
export const DEFAULTS = {
  regression: REGRESSION,
  minimumSamples: MINIMUM_SAMPLES,
  alpha: 0.01,
  overdispersion: { least: 1, unknown: 2, most: 10 },
  doubt: 10,
  silence: { holdAfter: 120, rollBackAfter: 1800, muteAfter: 90 },
} as const satisfies Partial<GatePolicy>;

/** The policy of a service: its own limits, and the defaults. What the mesh counts is judged where the service speaks HTTP or gRPC. */
export function gatePolicy(level: Pick<ServiceLevel, "limits" | "bounds" | "protocols">, custom: readonly CustomIndicator[] = []): GatePolicy {
  return { ...DEFAULTS, requests: speaks(level).http, limits: level.limits, bounds: level.bounds, custom };
}
