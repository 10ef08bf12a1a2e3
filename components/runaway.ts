/** Failures that nobody handles, within one second: far above what a failing program reports. */
const MOST = 1000;

/**
 * Ends the process when it does nothing but report that its reports failed. The SDK reports an unhandled failure to the engine, and a
 * report to an engine that was killed is another unhandled failure: without this such a program takes a core and all memory for ever.
 */
export function endRunaway(): void {
  let failures = 0;
  const count = (): void => {
    // The event loop may never turn again in such a run, so a timer could not end it.
    if (++failures > MOST) process.exit(1);
  };
  process.on("unhandledRejection", count);
  process.on("uncaughtExceptionMonitor", count);
  setInterval(() => (failures = 0), 1000).unref();
}
