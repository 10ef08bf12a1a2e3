import type { ServiceLevel } from "../../components/observability/service-level.ts";
import type { Told } from "./pods.ts";
import { constant, seriesOf } from "./series.ts";
import type { Series } from "./series.ts";

/** An alert on an object of a revision: its metrics when it fires, and when it does not. */
interface Row {
  kind: string;
  fires: Record<string, number>;
  value: number;
  /** Of another revision, which has no trouble. */
  calm: Record<string, number>;
  quiet: Record<string, Record<string, number>>;
  /** Further labels of the metrics. */
  more?: Record<string, string>;
  /** What else is told of the object, and is no trouble. */
  beside?: readonly Record<string, string>[];
}

const STEPS = 120;

const ROWS: Record<string, Row> = {
  SlipwayRolloutStuck: {
    kind: "deployment", fires: { kube_deployment_status_condition: 1 }, value: 1, calm: { kube_deployment_status_condition: 0 }, quiet: { "it progresses": { kube_deployment_status_condition: 0 } },
    more: { condition: "Progressing", status: "false" }, beside: [{ condition: "Progressing", status: "true" }, { condition: "Available", status: "false" }],
  },
  SlipwayAutoscalerMaxed: {
    kind: "horizontalpodautoscaler", value: 6,
    fires: { kube_horizontalpodautoscaler_status_current_replicas: 6, kube_horizontalpodautoscaler_spec_max_replicas: 6, kube_horizontalpodautoscaler_spec_min_replicas: 4 },
    calm: { kube_horizontalpodautoscaler_status_current_replicas: 2, kube_horizontalpodautoscaler_spec_max_replicas: 6, kube_horizontalpodautoscaler_spec_min_replicas: 1 },
    quiet: { "it may add one": { kube_horizontalpodautoscaler_status_current_replicas: 5 }, "it has no choice": { kube_horizontalpodautoscaler_spec_min_replicas: 6 } },
  },
  SlipwayDisruptionBudgetBroken: {
    kind: "poddisruptionbudget", value: 2, fires: { kube_poddisruptionbudget_status_current_healthy: 2, kube_poddisruptionbudget_status_desired_healthy: 3 },
    calm: { kube_poddisruptionbudget_status_current_healthy: 3, kube_poddisruptionbudget_status_desired_healthy: 3 },
    quiet: { "enough are healthy": { kube_poddisruptionbudget_status_current_healthy: 3 } },
  },
};

/** Told by two scrapers, and by a third that began before the object had a status; beside objects whose names begin alike. */
export function objectStory(alert: string, { namespace, service }: ServiceLevel): Told {
  const row = ROWS[alert];
  if (row === undefined) throw new Error(`${alert} has no world`);
  const { beside = [], calm, fires, kind, more = {}, quiet, value } = row;
  const own = `${service}-r0123456789`;
  const told = (values: Record<string, number | "NaN">, labels = more, name = own): Series => Object.fromEntries(Object.entries(values).flatMap(([metric, each]) =>
    Object.entries({ before: each, now: each, first: each === "NaN" ? each : 0 }).map(([instance, said]) => [seriesOf(metric, { namespace, [kind]: name, ...labels, instance }), constant(said, STEPS)])));
  const alike = ["rabc", "rankingsapi", "api-r0123456789"].map((rest) => told(fires, more, `${service}-${rest}`));
  return {
    fires: Object.assign({}, ...alike, ...beside.map((labels) => told(fires, labels)), told(calm, more, `${service}-r9876543210`), told(fires)),
    expected: [{ labels: { [kind]: own }, value }],
    quiet: {
      ...Object.fromEntries(Object.entries(quiet).map(([title, values]) => [title, told(values)])),
      "not a number": told(Object.fromEntries(Object.keys(fires).slice(0, 1).map((metric) => [metric, "NaN" as const]))),
    },
  };
}
