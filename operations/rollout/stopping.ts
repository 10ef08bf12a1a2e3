/** Tells a driver that it has to end: by a signal, or because its time is up. */
export interface Stopping {
  stopped(): "operator" | "time" | undefined;
  /** Ends early when the driver is told to stop. */
  pause(seconds: number): Promise<void>;
  /** Aborted as soon as the driver is told to stop. */
  signal: AbortSignal;
  /** Gives the signals back. */
  close(): void;
}

/** Listens for SIGINT and SIGTERM; a second one is the same as the first. `leaveAfter` in seconds. */
export function stopping(leaveAfter?: number): Stopping {
  let stopped: "operator" | "time" | undefined;
  const waking = new Set<() => void>();
  const told = new AbortController();
  const stop = (why: "operator" | "time") => () => {
    stopped ??= why;
    for (const wake of waking) wake();
    told.abort();
  };
  const signalled = stop("operator");
  process.on("SIGINT", signalled).on("SIGTERM", signalled);
  const timer = leaveAfter === undefined ? undefined : setTimeout(stop("time"), leaveAfter * 1000);
  return {
    stopped: () => stopped,
    signal: told.signal,
    pause: (seconds) => new Promise((resolve) => {
      if (stopped !== undefined) return resolve();
      const wake = (): void => {
        clearTimeout(ends);
        waking.delete(wake);
        resolve();
      };
      const ends = setTimeout(wake, seconds * 1000);
      waking.add(wake);
    }),
    close: () => {
      clearTimeout(timer);
      process.off("SIGINT", signalled).off("SIGTERM", signalled);
    },
  };
}

/** What the work brings, or undefined as soon as the driver is told to stop: a slow server must not keep it. Work is not begun after that. */
export async function unlessStopped<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T | undefined> {
  if (signal.aborted) return undefined;
  const over = new AbortController();
  const stopped = new Promise<undefined>((resolve) => signal.addEventListener("abort", () => resolve(undefined), { once: true, signal: over.signal }));
  try {
    return await Promise.race([work(), stopped]);
  } finally {
    over.abort();
  }
}
