import type { Sample } from "../metrics/exposition.ts";
import { counted } from "./report.ts";
import type { DriftReport } from "./report.ts";
import { SEVERITIES } from "./types.ts";

/** What Prometheus learns of one look. All severities are there, so that an alert ends when a count is 0 again. */
export function driftSamples({ stack, checked, findings, ignored }: DriftReport): Sample[] {
  const counts = counted(findings);
  const times = findings.flatMap(({ since }) => (since === undefined || Number.isNaN(Date.parse(since)) ? [] : [Date.parse(since) / 1000]));
  return [
    ...SEVERITIES.map((severity): Sample => ({ name: "slipway_drift_findings", labels: { stack, severity }, value: counts[severity] })),
    { name: "slipway_drift_ignored", labels: { stack }, value: ignored.length },
    ...(times.length === 0 ? [] : [{ name: "slipway_drift_oldest_timestamp_seconds", labels: { stack }, value: Math.floor(Math.min(...times)) } satisfies Sample]),
    { name: "slipway_drift_checked_timestamp_seconds", labels: { stack }, value: Math.floor(Date.parse(checked) / 1000) },
  ];
}
