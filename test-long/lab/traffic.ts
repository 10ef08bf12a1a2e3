import type { Answer, LoadOptions, Tally } from "../../lab/load/load.ts";

/** Requests that flow while something else happens, with what is asked of them afterwards. */
export class Traffic {
  /** When the last request began that each revision answered, milliseconds since 1970. */
  readonly last: Record<string, number> = {};
  /** When the last request began that failed; 0 where none did. */
  lastFailed = 0;
  private readonly end = new AbortController();
  private readonly tally: Promise<Tally>;

  constructor(send: (options: Pick<LoadOptions, "rate" | "signal" | "answered">) => Promise<Tally>, rate: number) {
    this.tally = send({ rate, signal: this.end.signal, answered: (answer) => this.note(answer) });
  }

  stop(): Promise<Tally> {
    this.end.abort();
    return this.tally;
  }

  private note({ at, milliseconds, status, version }: Answer): void {
    const began = at - milliseconds;
    if (status === 0 || status >= 500) this.lastFailed = Math.max(this.lastFailed, began);
    this.last[version] = Math.max(this.last[version] ?? 0, began);
  }
}
