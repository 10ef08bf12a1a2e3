/** Waits so many milliseconds; tests count instead. */
export type Wait = (milliseconds: number) => Promise<void>;

const sleep: Wait = (milliseconds) => new Promise((done) => void setTimeout(done, milliseconds));

export interface PaceOptions {
  /** Reads a minute; GitHub allows 900 points, and other work of the same token needs some. @default 800 */
  perMinute?: number;
  /** Reads at the same time. @default 10 */
  atOnce?: number;
  /** Milliseconds that a minute takes; less only in tests. @default 60000 */
  minute?: number;
  /** In milliseconds. @default the machine's */
  clock?: () => number;
  wait?: Wait;
}

/** Lets only so many calls through a minute, and only so many at once. */
export class Pace {
  private readonly options: Required<PaceOptions>;
  private readonly started: number[] = [];
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  constructor({ perMinute = 800, atOnce = 10, minute = 60_000, clock = Date.now, wait = sleep }: PaceOptions = {}) {
    this.options = { perMinute, atOnce, minute, clock, wait };
  }

  async run<T>(call: () => Promise<T>): Promise<T> {
    await this.turn();
    try {
      await this.breath();
      return await call();
    } finally {
      this.leave();
    }
  }

  private async turn(): Promise<void> {
    if (this.running < this.options.atOnce) this.running++;
    else await new Promise<void>((start) => void this.waiting.push(start));
  }

  /** Hands its place to the next one, so that nobody comes between. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.running--;
    else next();
  }

  private async breath(): Promise<void> {
    const { perMinute, minute, clock, wait } = this.options;
    for (;;) {
      const now = clock();
      while (this.started.length > 0 && (this.started[0] ?? now) <= now - minute) this.started.shift();
      if (this.started.length < perMinute) return void this.started.push(now);
      await wait(Math.max(1, (this.started[0] ?? now) + minute - now));
    }
  }
}
