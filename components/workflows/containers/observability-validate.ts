import type { Family, Job } from "../kit/index.ts";
import { gate } from "./gate.ts";
import { cardinalityJob, loggingJob, tracingJob } from "./observability-code.ts";
import { baselineJob, detectJob, grafanaJob, metricsJob, prometheusJob, ruleTestsJob } from "./observability-jobs.ts";

/** Checks what watches the services: configuration and rules of Prometheus, dashboards, metrics, logs, traces. */
export interface ObservabilityValidateOptions {
  /** Pushes and pull requests to them are checked. */
  branches: [string, ...string[]];
  prometheus: {
    /** Its configuration files, as patterns. */
    config: string[];
    /** Files of alert and recording rules, as patterns. */
    rules: string[];
    /** Tests of the rules, as patterns. */
    tests: string[];
  };
  dashboards: {
    /** Where they lie; below it a service's is `<service>.json`. */
    folder: string;
    /** What each names in its title or tags. @default nothing */
    branding?: string | undefined;
    /** Services that get a dashboard where they have none. @default those of the stack */
    services?: string[] | undefined;
  };
  /** The code, as patterns; `!` takes away again, such as tests. */
  sources: string[];
  /** Code that may write to the console: the logger itself, programs for a terminal. */
  loggers: string[];
  /** Folders of the packages that send traces. */
  tracedPackages: string[];
  metrics: {
    /** Compose file that starts the services. */
    composeFile: string;
    /** Seconds in which they must become healthy. */
    waitSeconds: number;
    /** Where metrics are, and which must be there. */
    endpoints: { url: string; metrics: string[] }[];
  };
  /** Labels that no metric may have. */
  forbiddenLabels: string[];
  /** Name of the job that a ruleset asks for. */
  check: string;
}

const FILE = "observability-validate.yml";

export const observabilityValidate: Family<ObservabilityValidateOptions> = (options, repository) => {
  const { branches, check, metrics, tracedPackages } = options;
  const checks: Record<string, Job> = {
    "validate-prometheus": prometheusJob(options),
    "validate-grafana": grafanaJob(options),
    ...(metrics.endpoints.length > 0 && { "test-metrics-endpoints": metricsJob(options) }),
    "validate-logging": loggingJob(options),
    ...(tracedPackages.length > 0 && { "validate-tracing": tracingJob(options) }),
    "metric-cardinality-check": cardinalityJob(options),
    "alert-rules-test": ruleTestsJob(options),
  };
  return {
    workflows: [
      {
        file: FILE,
        about: "Checks what watches the services: Prometheus, dashboards, metrics, logs and traces.\nOn the default branch it proposes a dashboard for each service that has none.",
        document: {
          name: "Observability",
          on: { push: { branches }, pull_request: { branches }, merge_group: {}, workflow_dispatch: {} },
          concurrency: "cancel-on-pull-request",
          jobs: {
            "detect-changes": detectJob(options),
            ...checks,
            "create-baseline-dashboards": baselineJob(options, repository),
            "observability-validate": gate(check, ["detect-changes", ...Object.keys(checks)]),
          },
        },
      },
    ],
  };
};
