import { objectives } from "../../components/observability/objectives.ts";
import type { RecordedMetric } from "../../components/observability/recorded.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import type { Sample } from "../gate/answer.ts";
import type { LevelReport } from "./types.ts";

/** What Prometheus says, by recorded series. */
export type LevelAnswers = Partial<Record<RecordedMetric, readonly Sample[]>>;

const NOW = {
  requests: "slipway:service_requests:rate5m",
  errorRatio: "slipway:service_error_ratio:rate5m",
  p95Milliseconds: "slipway:service_latency_milliseconds:p95_rate5m",
} as const satisfies Record<string, RecordedMetric>;
const BURN = "slipway:burn_rate:rate1h" satisfies RecordedMetric;

/** Every series that the rules record for a report: each is one query, however many services there are. */
export function levelQueries(levels: readonly ServiceLevel[]): RecordedMetric[] {
  const windows = [...new Set(levels.map(({ windowDays }) => windowDays))].sort();
  return levels.length === 0 ? [] : [...windows.map(budgetOf), BURN, ...Object.values(NOW)];
}

/** How each service keeps what it promises; a series that is not there stays unknown. */
export function levelsOf(levels: readonly ServiceLevel[], answers: LevelAnswers): LevelReport[] {
  return levels.map((level) => {
    const { namespace, service, windowDays } = level;
    const value = (metric: RecordedMetric, labels: Record<string, string> = {}) => valueOf(answers[metric] ?? [], { namespace, service, ...labels });
    return {
      service,
      namespace,
      objectives: objectives(level).map(({ name, promise }) => ({
        name, promise, windowDays, remaining: value(budgetOf(windowDays), { objective: name }), burn: value(BURN, { objective: name }),
      })),
      now: { requests: value(NOW.requests), errorRatio: value(NOW.errorRatio), p95Milliseconds: value(NOW.p95Milliseconds) },
    };
  });
}

function budgetOf(days: ServiceLevel["windowDays"]): RecordedMetric {
  return `slipway:error_budget:remaining${days}d`;
}

/** Two series of one name come from two evaluators of the same rules: they are the same, and the first stands for both. */
function valueOf(samples: readonly Sample[], labels: Readonly<Record<string, string>>): number | undefined {
  return samples.find((sample) => Object.entries(labels).every(([name, wanted]) => sample.labels[name] === wanted))?.value;
}
