import { checkout, runScript } from "../kit/index.ts";
import type { StepsJob } from "../kit/index.ts";
import { lines, touched } from "./observability-jobs.ts";
import type { ObservabilityValidateOptions } from "./observability-validate.ts";

export function loggingJob({ sources, loggers }: ObservabilityValidateOptions): StepsJob {
  return {
    name: "Logging",
    needs: ["detect-changes"],
    if: touched("code"),
    timeoutMinutes: 5,
    steps: [checkout(), runScript("check-logging.mjs", { name: "Look for lines past the logger", env: { SOURCES: lines([...sources, ...loggers.map((logger) => `!${logger}`)]) } })],
  };
}

export function tracingJob({ tracedPackages }: ObservabilityValidateOptions): StepsJob {
  return {
    name: "Tracing",
    needs: ["detect-changes"],
    if: touched("code"),
    timeoutMinutes: 5,
    steps: [checkout(), runScript("check-tracing.mjs", { name: "Look for OpenTelemetry", env: { PACKAGES: lines(tracedPackages) } })],
  };
}

export function cardinalityJob({ sources, prometheus: { config, rules }, forbiddenLabels }: ObservabilityValidateOptions): StepsJob {
  return {
    name: "Metric cardinality",
    needs: ["detect-changes"],
    if: touched("code", "prometheus"),
    timeoutMinutes: 5,
    steps: [
      checkout(),
      runScript("check-cardinality.mjs", {
        name: "Look for labels without end",
        env: { SOURCES: lines(sources), RULES: lines([...rules, ...config]), LABELS: forbiddenLabels.join(",") },
      }),
    ],
  };
}
