/**
 * The matcher of one bound of a latency histogram. Prometheus 3 writes the bound 2000 as "2000.0" and 1800000 as "1.8e+06";
 * Prometheus 2 leaves what Envoy wrote. A plain `le="2000"` finds nothing on one of them.
 */
export function upTo(milliseconds: number): string {
  return Number.isInteger(milliseconds) ? `le=~"${milliseconds}|${canonical(milliseconds)}"` : `le="${milliseconds}"`;
}

/** As Prometheus 3 writes it, with `.` and `+` as RE2 reads them literally. */
function canonical(milliseconds: number): string {
  if (milliseconds < 1e6) return `${milliseconds}[.]0`;
  const [digits, exponent = ""] = milliseconds.toExponential().split("e+");
  return `${(digits ?? "").replace(".", "[.]")}e[+]${exponent.padStart(2, "0")}`;
}
