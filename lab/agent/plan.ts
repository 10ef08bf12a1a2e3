import { keyOf, ownerOf } from "./pod.ts";
import type { Pod } from "./pod.ts";

/** What becomes of a pod: a process of its own, or the fate of another pod of its owner. */
export type Place = { kind: "own" } | { kind: "shared"; with: string };

/**
 * Gives the first `cap` living pods of each owner a process of their own, those that have one before all others; the rest share the
 * fate of the first. A machine for a lab is small, and ten replicas of one revision answer alike.
 */
export function places(pods: readonly Pod[], cap: number, hasProcess: (key: string) => boolean): Map<string, Place> {
  const result = new Map<string, Place>();
  const owners = Map.groupBy(pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined), (pod) => ownerOf(pod) ?? keyOf(pod));
  for (const group of owners.values()) {
    const keys = group.map(keyOf).sort((one, other) => Number(hasProcess(other)) - Number(hasProcess(one)) || (one < other ? -1 : 1));
    const first = keys[0];
    keys.forEach((key, at) => result.set(key, at < cap || first === undefined ? { kind: "own" } : { kind: "shared", with: first }));
  }
  return result;
}
