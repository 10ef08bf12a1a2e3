import { setTimeout as pause } from "node:timers/promises";

/** What the look answers as soon as it answers anything. @throws Error when that takes longer than so many seconds */
export async function until<T>(what: string, seconds: number, look: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > end) throw new Error(`${what}: has not come within ${seconds} s`);
    await pause(200);
  }
}
