import { appendFileSync, writeFileSync } from "node:fs";
import { seriesOf } from "./exposition.ts";

/** What one revision answered in one minute, as a log that is added up by the minute says it. */
export interface Minute {
  /** Seconds since 1970 at its end. */
  at: number;
  revision: "stable" | "canary";
  good: number;
  http: number;
  grpc: number;
  /** Of all these, how many took longer than the objective's time. */
  slow: number;
}

/** Trouble: a share of the requests from one minute of the month to another. */
interface Incident {
  from: number;
  to: number;
  failing: number;
  slow: number;
}

export const DAY = 1440;
export const MINUTES = 30 * DAY + 10;
export const START = Date.UTC(2025, 0, 1) / 1000;
/** Minutes at which a pod began again; half a minute of its requests was never scraped. */
const RESTARTS: readonly number[] = Array.from({ length: 60 }, (_, at) => 700 + at * 713);

/** Hours in which nobody calls, and in which nobody scrapes. */
export const QUIET = { from: 15 * DAY, to: 15 * DAY + 180 } as const;
export const UNSEEN = { from: 16 * DAY, to: 16 * DAY + 60 } as const;

const INCIDENTS: readonly Incident[] = [
  { from: 9 * DAY, to: 9 * DAY + 180, failing: 0.07, slow: 0.01 },
  { from: 20 * DAY, to: 20 * DAY + 700, failing: 0.002, slow: 0.2 },
  { from: 28 * DAY, to: 28 * DAY + 400, failing: 0.03, slow: 0.03 },
  { from: MINUTES - 300, to: MINUTES - 30, failing: 0.02, slow: 0.04 },
];

/** Thirty days of a service with days and nights, incidents, and few failures otherwise. */
export function month(): Minute[] {
  const left = new Map<string, number>();
  // Whole requests; what is left of one is carried on, so that small shares are kept exactly.
  const whole = (key: string, amount: number): number => {
    const sum = (left.get(key) ?? 0) + amount;
    left.set(key, sum - Math.floor(sum));
    return Math.floor(sum);
  };
  return Array.from({ length: MINUTES }, (_, minute) => minute).flatMap((minute) => (["stable", "canary"] as const).map((revision) => {
    const { failing, slow } = INCIDENTS.find((incident) => inside(incident, minute)) ?? { failing: 0.001, slow: 0.004 };
    const requests = inside(QUIET, minute) ? 0 : whole(`${revision} all`, (revision === "stable" ? 540 : 60) * (1 + 0.6 * Math.sin((2 * Math.PI * minute) / DAY)));
    const http = whole(`${revision} http`, (requests * failing * 2) / 3);
    const grpc = whole(`${revision} grpc`, (requests * failing) / 3);
    return { at: START + (minute + 1) * 60, revision, good: requests - http - grpc, http, grpc, slow: whole(`${revision} slow`, requests * slow) };
  }));
}

function inside({ from, to }: { from: number; to: number }, minute: number): boolean {
  return minute >= from && minute < to;
}

const KINDS = {
  good: ["istio_requests_total", { response_code: "200" }],
  http: ["istio_requests_total", { response_code: "503" }],
  grpc: ["istio_requests_total", { response_code: "200", grpc_response_status: "14" }],
  count: ["istio_request_duration_milliseconds_count", {}],
  timely: ["istio_request_duration_milliseconds_bucket", { le: "500" }],
  ever: ["istio_request_duration_milliseconds_bucket", { le: "+Inf" }],
} as const;

/** Writes the counters that a scrape each minute would have read, restarts and all, in the format that promtool makes blocks of. */
export function writeCounters(path: string, minutes: readonly Minute[], { namespace, service }: { namespace: string; service: string }): void {
  const mine = { reporter: "destination", destination_workload_namespace: namespace, destination_app: service };
  const restarts = new Set(RESTARTS.map((minute) => START + (minute + 1) * 60));
  writeFileSync(path, "");
  for (const revision of ["stable", "canary"] as const) {
    const of = minutes.filter((minute) => minute.revision === revision);
    for (const [kind, [name, labels]] of Object.entries(KINDS)) {
      const series = seriesOf(name, { ...mine, ...labels, destination_version: revision });
      let value = 0;
      appendFileSync(path, of.map((minute) => {
        const more = amount(minute, kind);
        value = restarts.has(minute.at) ? Math.ceil(more / 2) : value + more;
        return inside(UNSEEN, (minute.at - START) / 60 - 1) ? "" : `${series} ${value} ${minute.at}\n`;
      }).join(""));
    }
  }
  appendFileSync(path, "# EOF\n");
}

function amount({ good, grpc, http, slow }: Minute, kind: string): number {
  switch (kind) {
    case "good": return good;
    case "http": return http;
    case "grpc": return grpc;
    case "timely": return good + http + grpc - slow;
    default: return good + http + grpc;
  }
}

/** Share of the requests of so many minutes before the moment that failed, and that were slow; and how many there were. */
export function sharesOf(minutes: readonly Minute[], until: number, length: number): { failing: number; slow: number; requests: number } {
  const seen = minutes.filter(({ at }) => at > until - length * 60 && at <= until);
  const sum = (of: (minute: Minute) => number): number => seen.reduce((total, minute) => total + of(minute), 0);
  const requests = sum(({ good, grpc, http }) => good + grpc + http);
  return { requests, failing: sum(({ grpc, http }) => grpc + http) / requests, slow: sum(({ slow }) => slow) / requests };
}
