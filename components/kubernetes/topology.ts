import type { Spread } from "./specification.ts";

/** A constraint as the API server takes it. */
export interface SpreadConstraint {
  maxSkew: number;
  topologyKey: string;
  whenUnsatisfiable: "ScheduleAnyway";
  labelSelector: { matchLabels: Record<string, string> };
}

const TOPOLOGY_KEYS: Record<Spread, readonly string[]> = {
  zone: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"],
  node: ["kubernetes.io/hostname"],
  none: [],
};

/** Of the pods that have these labels. Wishes, not conditions: where there is one zone only, the pods run all the same. */
export function topologySpread(matchLabels: Record<string, string>, spread: Spread): SpreadConstraint[] {
  return TOPOLOGY_KEYS[spread].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels },
  }));
}
