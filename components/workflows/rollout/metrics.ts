import { runScript } from "../kit/index.ts";
import type { RepositoryService, RunStep } from "../kit/index.ts";

/** What a service has to hold, as Prometheus tells it. No data, too few requests and NaN are refusals. */
export interface Metrics {
  /** Secret with the address of Prometheus; it may hold a name and a password. */
  prometheus: string;
  errorRatePercent: number;
  /** 95th percentile. */
  responseTimeMs: number;
  successRatePercent: number;
  /** Over how many minutes. */
  windowMinutes: number;
  /** Requests in that time, below which nothing is known. */
  leastRequests: number;
}

interface Look {
  name: string;
  id?: string;
  if?: string;
  /** An expression. @default all revisions together */
  revision?: string;
  testerHeader?: string | undefined;
  /** @default one look */
  watchMinutes?: number;
}

/** A step that judges a service; it fails on a broken limit, and on not knowing. */
export function metricsStep(metrics: Metrics, service: RepositoryService & { name: string }, { name, id, if: condition, revision, testerHeader, watchMinutes }: Look): RunStep {
  const { host, healthPath } = service;
  return runScript("canary-metrics.mjs", {
    name,
    ...(id !== undefined && { id }),
    ...(condition !== undefined && { if: condition }),
    env: {
      SERVICE: service.name,
      NAMESPACE: service.namespace,
      ...(revision !== undefined && { REVISION: revision }),
      ...(host !== undefined && healthPath !== undefined && { HEALTH_URL: `https://${host}${healthPath}` }),
      ...(testerHeader !== undefined && { TESTER_HEADER: testerHeader }),
      WINDOW: `${metrics.windowMinutes}m`,
      ...(watchMinutes !== undefined && { WATCH_MINUTES: watchMinutes }),
      ERROR_RATE_PERCENT: metrics.errorRatePercent,
      RESPONSE_TIME_MS: metrics.responseTimeMs,
      SUCCESS_RATE_PERCENT: metrics.successRatePercent,
      LEAST_REQUESTS: metrics.leastRequests,
      PROMETHEUS_URL: `\${{ secrets.${metrics.prometheus} }}`,
    },
  });
}
