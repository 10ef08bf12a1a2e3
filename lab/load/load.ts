import { Agent, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

export interface LoadOptions {
  port: number;
  host: string;
  /** @default "/" */
  path?: string;
  headers?: Record<string, string>;
  /** Requests a second. @default as many as come back */
  rate?: number;
  /** Ends after so many requests. @default no end */
  requests?: number;
  /** Ends the load from outside. */
  signal?: AbortSignal;
  /** Requests under way at once. @default 16 */
  connections?: number;
  /** Called with each answer. */
  answered?: (answer: Answer) => void;
}

export interface Answer {
  /** The HTTP status; 0 where there was no answer. */
  status: number;
  /** The header x-version of the answer; "" where nothing said one. */
  version: string;
  milliseconds: number;
  /** When it ended, milliseconds since 1970. */
  at: number;
}

/** What came back. */
export interface Tally {
  requests: number;
  /** Answers of 500 and above, and no answers. */
  failed: number;
  byStatus: Record<string, number>;
  byVersion: Record<string, number>;
  /** Milliseconds, as they came. */
  latencies: number[];
}

export function emptyTally(): Tally {
  return { requests: 0, failed: 0, byStatus: {}, byVersion: {}, latencies: [] };
}

/** Adds one answer. */
export function count(tally: Tally, { milliseconds, status, version }: Answer): void {
  tally.requests++;
  if (status === 0 || status >= 500) tally.failed++;
  tally.byStatus[status] = (tally.byStatus[status] ?? 0) + 1;
  tally.byVersion[version] = (tally.byVersion[version] ?? 0) + 1;
  tally.latencies.push(milliseconds);
}

/** The time within which a share of the answers came, milliseconds; NaN without answers. */
export function quantile(latencies: readonly number[], share: number): number {
  const sorted = [...latencies].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Sends requests through the gateway over kept connections and counts the answers. */
export async function load({ answered, connections = 16, rate, requests = Infinity, signal, ...target }: LoadOptions): Promise<Tally> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const tally = emptyTally();
  const began = performance.now();
  let sent = 0;
  const more = () => sent < requests && !signal?.aborted;
  const worker = async () => {
    while (more()) {
      const turn = sent++;
      const due = rate === undefined ? 0 : began + (turn * 1000) / rate - performance.now();
      if (due > 0) await pause(due, undefined, signal ? { signal } : {}).catch(() => undefined);
      if (signal?.aborted) return;
      const answer = await ask(agent, target);
      count(tally, answer);
      answered?.(answer);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, worker));
    return tally;
  } finally {
    agent.destroy();
  }
}

function ask(agent: Agent, { headers, host, path = "/", port }: Pick<LoadOptions, "host" | "port" | "path" | "headers">): Promise<Answer> {
  const began = performance.now();
  return new Promise((resolve) => {
    const end = (status: number, version: string) => resolve({ status, version, milliseconds: performance.now() - began, at: Date.now() });
    const asked = request({ agent, host: "127.0.0.1", port, path, headers: { ...headers, host }, signal: AbortSignal.timeout(30_000) }, (answer) => {
      const said = answer.headers["x-version"];
      answer.resume().on("error", () => end(0, "")).on("end", () => end(answer.statusCode ?? 0, typeof said === "string" ? said : ""));
    });
    asked.on("error", () => end(0, "")).end();
  });
}
