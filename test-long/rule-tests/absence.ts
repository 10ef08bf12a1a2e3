import type { AlertRule } from "../../components/observability/alert.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import type { Case } from "./document.ts";
import { evaluationOf, seconds, withStrangers } from "./lasting.ts";
import { constant, seriesOf } from "./series.ts";

const STEPS = 90;

/** Cases of the alerts on what is not there. */
export function absentCases(rule: AlertRule, level: ServiceLevel): Case[] {
  switch (rule.alert) {
    case "SlipwayPodsAbsent": return podsAbsent(rule, level);
    case "SlipwayMetricsAbsent": return metricsAbsent(rule, level);
    case "SlipwayApplicationMetricsDown": return applicationMetrics(rule, level);
    default: throw new Error(`${rule.alert} has no world`);
  }
}

function flat(value: number | "_" | "NaN"): string {
  return constant(value, STEPS);
}

function ready({ namespace, service }: ServiceLevel, pod: string, container = service): string {
  return seriesOf("kube_pod_container_status_ready", { namespace, container, pod: `${service}-r0123456789-${pod}` });
}

function times(rule: AlertRule): { early: number; end: number; wait: number } {
  const wait = seconds(rule.for);
  return { early: wait - evaluationOf(rule), end: STEPS * 30, wait };
}

function podsAbsent(rule: AlertRule, level: ServiceLevel): Case[] {
  const { early, end, wait } = times(rule);
  const there = { ...withStrangers(level, { [ready(level, "a")]: flat(0) }), [ready(level, "a", "istio-proxy")]: flat(1) };
  const gone = { ...there, [ready(level, "a")]: flat("_") };
  return [
    { title: "no pod", series: gone, at: wait, expected: [{ labels: { container: level.service }, value: 1 }] },
    { title: "it waits until it has lasted", series: gone, at: early, expected: [] },
    { title: "a pod that is not ready is there", series: there, at: end, expected: [] },
  ];
}

function metricsAbsent(rule: AlertRule, level: ServiceLevel): Case[] {
  const { early, end, wait } = times(rule);
  const requests = (reporter: string): string => seriesOf("istio_requests_total", { reporter, destination_workload_namespace: level.namespace, destination_app: level.service });
  const [a, b, sidecar] = [ready(level, "a"), ready(level, "b"), ready(level, "a", "istio-proxy")];
  const strangers = withStrangers(level, { [a]: flat(1), [requests("destination")]: flat(7) });
  const blind = { ...strangers, [a]: flat(1), [b]: flat(1), [sidecar]: flat(1), [requests("destination")]: flat("_"), [requests("source")]: flat(9) };
  return [
    { title: "pods without requests", series: blind, at: wait, expected: [{ labels: {}, value: 2 }] },
    { title: "it waits until it has lasted", series: blind, at: early, expected: [] },
    { title: "a request was counted", series: { ...blind, [requests("destination")]: flat(1) }, at: end, expected: [] },
    { title: "no pod is ready: another alert says so", series: { ...blind, [a]: flat(0), [b]: flat(0) }, at: end, expected: [] },
    { title: "no pods: another alert says so", series: { ...blind, [a]: flat("_"), [b]: flat("_") }, at: end, expected: [] },
  ];
}

function applicationMetrics(rule: AlertRule, level: ServiceLevel): Case[] {
  const { early, end, wait } = times(rule);
  const pod = `${level.service}-r0123456789-a`;
  const up = (endpoint: string): string => seriesOf("up", { namespace: level.namespace, job: level.service, pod, endpoint });
  const left = (endpoint: string): string => seriesOf("scrape_samples_post_metric_relabeling", { namespace: level.namespace, job: level.service, pod, endpoint });
  const [one, two] = [up("metrics"), up("more")];
  const [some, others] = [left("metrics"), left("more")];
  const fine = withStrangers(level, { [one]: flat(1), [two]: flat(1), [some]: flat(7), [others]: flat(7) });
  const down = { ...withStrangers(level, { [one]: flat(0) }), [one]: flat(0), [two]: flat(1) };
  return [
    { title: "one of its ports cannot be read", series: down, at: wait, expected: [{ labels: { pod }, value: 0 }] },
    { title: "it cannot be read, and others can", series: { ...fine, [one]: flat(0), [two]: flat(0) }, at: wait, expected: [{ labels: { pod }, value: 0 }] },
    { title: "the sidecar answers for an application that does not", series: { ...fine, [some]: flat(0) }, at: wait, expected: [{ labels: { pod }, value: 0 }] },
    { title: "the sidecar did not answer for long enough", series: { ...fine, [some]: flat(0) }, at: early, expected: [] },
    { title: "it has few samples, and others have none", series: { ...fine, ...withStrangers(level, { [some]: flat(0) }), [some]: flat(1), [others]: flat(1) }, at: end, expected: [] },
    { title: "it is not known", series: { ...fine, [one]: flat("_"), [two]: flat("_") }, at: wait, expected: [{ labels: { job: level.service }, value: 1 }] },
    { title: "it waits until it has lasted", series: down, at: early, expected: [] },
    { title: "it is read", series: { ...down, [one]: flat(1) }, at: end, expected: [] },
    { title: "not a number", series: { ...down, [one]: flat("NaN"), [two]: flat("NaN") }, at: end, expected: [] },
  ];
}
