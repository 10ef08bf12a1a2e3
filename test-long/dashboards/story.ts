import { createHash } from "node:crypto";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import { ramp } from "./track.ts";

const MINUTE = 60;
const HOUR = 3600;

/** A revision's life, in seconds since 1970. */
export interface Life {
  id: string;
  role: "previous" | "stable" | "rejected" | "candidate";
  from: number;
  to: number;
  image: string;
  pods: readonly string[];
  /** Share of the service's requests, 0 – 1. */
  weight(time: number): number;
  /** Failed share of its requests. */
  failing(time: number): number;
  /** Milliseconds within which half of its requests are answered. */
  median(time: number): number;
}

/**
 * What happened to a service: a promotion yesterday, an outage three days ago, a candidate that failed 7 % of its requests and was slow two
 * hours ago, and one that is on its way now.
 */
export function lives({ service }: Pick<ServiceLevel, "service">, now: number): Life[] {
  const promoted = now - 26 * HOUR;
  const rejected = { from: now - 140 * MINUTE, stopped: now - 115 * MINUTE, to: now - 100 * MINUTE };
  const candidate = now - 50 * MINUTE;
  const taken = (time: number): number => tried(time) + trying(time);
  const tried = (time: number): number => (time > rejected.from + 3 * MINUTE && time < rejected.stopped ? 0.1 : 0);
  const trying = (time: number): number => (time < candidate + 3 * MINUTE ? 0 : time < candidate + 25 * MINUTE ? 0.1 : 0.25);
  const shift = (time: number): number => ramp(time, promoted, promoted + 20 * MINUTE);
  const outage = (time: number): boolean => time > now - 74 * HOUR && time < now - 74 * HOUR + 35 * MINUTE;
  const life = (role: Life["role"], from: number, to: number, version: string, pods: number, more: Pick<Life, "weight" | "failing" | "median">): Life => {
    const id = `r${createHash("sha256").update(`${service} ${role}`).digest("hex").slice(0, 10)}`;
    const names = Array.from({ length: pods }, (_, index) => `${service}-${id}-${createHash("sha256").update(`${id} ${index}`).digest("hex").slice(0, 5)}`);
    return { id, role, from, to, image: `ghcr.io/slipway-sandbox/${service}:${version}`, pods: names, ...more };
  };
  return [
    life("previous", now - 30 * 24 * HOUR, promoted + HOUR, "v1.2.0", 3, { weight: (time) => 1 - shift(time), failing: (time) => (outage(time) ? 0.06 : 0.0011), median: () => 68 }),
    life("stable", promoted - 10 * MINUTE, Infinity, "v1.3.0", 3, { weight: (time) => shift(time) * (1 - taken(time)), failing: () => 0.0009, median: () => 60 }),
    life("rejected", rejected.from, rejected.to, "v1.4.0-rc.1", 1, { weight: tried, failing: (time) => 0.07 * ramp(time, rejected.from, rejected.from + 8 * MINUTE), median: (time) => 60 + 380 * ramp(time, rejected.from, rejected.from + 10 * MINUTE) }),
    life("candidate", candidate, Infinity, "v1.4.0", 2, { weight: trying, failing: () => 0.0014, median: () => 64 }),
  ];
}
