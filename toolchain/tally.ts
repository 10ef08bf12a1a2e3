/** How many tests there were. */
export interface Tally {
  passed: number;
  failed: number;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function count(value: unknown): number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : 0;
}

/** The tests of jest's JSON report. A test file that could not run at all counts as one that failed. */
export function countJest(report: unknown): Tally {
  const fields = record(report);
  if (typeof fields["numPassedTests"] !== "number") return { passed: 0, failed: 1 };
  return { passed: count(fields["numPassedTests"]), failed: count(fields["numFailedTests"]) + count(fields["numRuntimeErrorTestSuites"]) };
}

/** A tally as `slipway test` wrote it; anything else counts as one failure. */
export function readTally(value: unknown): Tally {
  const fields = record(value);
  if (typeof fields["passed"] !== "number" || typeof fields["failed"] !== "number") return { passed: 0, failed: 1 };
  return { passed: count(fields["passed"]), failed: count(fields["failed"]) };
}

/** The line that ends a CI run. */
export function summary(tallies: Tally[]): string {
  const passed = tallies.reduce((sum, each) => sum + each.passed, 0);
  const failed = tallies.reduce((sum, each) => sum + each.failed, 0);
  return `${passed} passed, ${failed} failed`;
}
