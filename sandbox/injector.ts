import type { Faults } from "./faults.ts";

/** Puts the faults around the calls that reach the cloud: create, read, update, delete and functions. */
export class FaultInjector {
  private readonly faults: Faults;
  private readonly pattern: RegExp | undefined;
  private readonly disconnect: () => void;
  private calls = 0;
  private random: number;

  constructor(faults: Faults, disconnect: () => void = () => {}) {
    this.faults = faults;
    this.disconnect = disconnect;
    this.random = (faults.seed ?? 1) >>> 0;
    this.pattern = faults.failType === undefined ? undefined : globPattern(faults.failType);
  }

  /** Runs the call, later or not at all where the faults say so. Half of the random failures come after the effect. */
  async around<T>(operation: string, target: string, call: () => T | Promise<T>): Promise<T> {
    this.calls += 1;
    if (this.calls === this.faults.disconnectAfter) return this.cut(call);
    if (this.faults.latency !== undefined && this.faults.latency > 0) await pause(this.faults.latency);
    if (this.pattern?.test(target) === true) throw new Error(`${operation} ${target}: 503 service unavailable (injected: every call about this type fails)`);
    const fails = this.draw() < (this.faults.failureRate ?? 0);
    const after = this.draw() < 0.5;
    if (fails && !after) throw new Error(`${operation} ${target}: 503 service unavailable (injected: nothing was done)`);
    const result = await call();
    if (fails) throw new Error(`${operation} ${target}: 502 bad gateway (injected: it was done, but the answer was lost)`);
    return result;
  }

  /** The call takes effect, but its answer finds no connection. */
  private async cut<T>(call: () => T | Promise<T>): Promise<T> {
    this.disconnect();
    await pause(CLOSING);
    return call();
  }

  /** Mulberry32: small, seeded, good enough for choosing calls. */
  private draw(): number {
    this.random = (this.random + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.random ^ (this.random >>> 15), this.random | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
}

/** Milliseconds within which the cut connections are closed. */
const CLOSING = 50;

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function globPattern(glob: string): RegExp {
  return new RegExp(`^${glob.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);
}
