import type { TimeRange } from "./ranges.ts";
import type { Answer } from "./series.ts";

interface Reply {
  status: "success" | "error";
  data?: unknown;
  error?: string;
  errorType?: string;
}

/** Asks a Prometheus, at `base`, by its HTTP interface. What goes wrong becomes an Error whose message a reader can use. */
export class Prometheus {
  readonly #base: string;

  /** `own` is where the page comes from, which is asked when `base` is "". */
  constructor(base: string, own: string) {
    this.#base = (base === "" ? own : base).replace(/\/$/, "");
  }

  instant(query: string, time: number, signal?: AbortSignal): Promise<Answer> {
    return this.#ask<Answer>("query", { query, time: String(time / 1000) }, signal);
  }

  /** `step` in milliseconds. */
  range(query: string, { from, to }: TimeRange, step: number, signal?: AbortSignal): Promise<Answer> {
    return this.#ask<Answer>("query_range", { query, start: String(from / 1000), end: String(to / 1000), step: String(step / 1000) }, signal);
  }

  labelValues(label: string, match: string | undefined, { from, to }: TimeRange, signal?: AbortSignal): Promise<string[]> {
    return this.#ask<string[]>(`label/${label}/values`, { ...(match === undefined ? {} : { "match[]": match }), start: String(from / 1000), end: String(to / 1000) }, signal);
  }

  async #ask<Data>(path: string, parameters: Record<string, string>, signal?: AbortSignal): Promise<Data> {
    const address = `${this.#base}/api/v1/${path}?${new URLSearchParams(parameters).toString()}`;
    const response = await fetch(address, signal === undefined ? {} : { signal }).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      throw new Error(`Prometheus cannot be reached at ${this.#base}; start it, or name another address`);
    });
    const text = await response.text();
    const reply = parsed<Data>(text);
    if (reply?.status === "success" && reply.data !== undefined) return reply.data;
    throw new Error(reply?.error ?? `Prometheus answers ${response.status} ${response.statusText}: ${text.slice(0, 200)}`);
  }
}

function parsed<Data>(text: string): (Omit<Reply, "data"> & { data?: Data }) | undefined {
  try {
    const reply: Omit<Reply, "data"> & { data?: Data } = JSON.parse(text);
    return reply;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
