import type { Refusal, Reply } from "../gate/answer.ts";
import { causeOf } from "./answer-text.ts";

/** Prometheus' HTTP API, asked once a query: what is late, cut off or no HTTP is a refusal, never an exception. */
export interface Prometheus {
  /** An instant query for a time in Unix seconds. */
  instant(query: string, at: number): Promise<Reply | Refusal>;
  /** A range query; `step` in seconds. */
  range(query: string, from: number, until: number, step: number): Promise<Reply | Refusal>;
}

export interface PrometheusOptions {
  /** Web address of the API, such as http://127.0.0.1:9090. */
  url: string;
  /** Sent as bearer token. */
  token?: string | undefined;
  /** Milliseconds until an answer counts as missing. @default 10000 */
  timeoutMilliseconds?: number | undefined;
}

export function prometheus({ url, token, timeoutMilliseconds = 10_000 }: PrometheusOptions): Prometheus {
  const headers = { accept: "application/json", ...(token && { authorization: `Bearer ${token}` }) };
  async function ask(path: string, parameters: Record<string, string>): Promise<Reply | Refusal> {
    const address = `${url.replace(/\/+$/, "")}/api/v1/${path}?${new URLSearchParams(parameters)}`;
    const late = AbortSignal.timeout(timeoutMilliseconds);
    try {
      const response = await fetch(address, { headers, redirect: "manual", signal: late });
      return { status: response.status, body: await response.text() };
    } catch (error) {
      if (late.aborted) return { kind: "no-answer", reason: "timeout", detail: `no answer within ${timeoutMilliseconds / 1000} s` };
      return { kind: "no-answer", reason: "unreachable", detail: causeOf(error) };
    }
  }
  return {
    instant: (query, at) => ask("query", { query, time: String(at), timeout: `${timeoutMilliseconds}ms` }),
    range: (query, from, until, step) => ask("query_range", { query, start: String(from), end: String(until), step: String(step), timeout: `${timeoutMilliseconds}ms` }),
  };
}
