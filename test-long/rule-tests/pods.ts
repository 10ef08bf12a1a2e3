import type { AlertRule } from "../../components/observability/alert.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import { lasting, withStrangers } from "./alerts.ts";
import type { Case } from "./document.ts";
import { constant, seriesOf } from "./series.ts";

type Series = Record<string, string>;
interface World {
  fires: Series;
  expected: Case["expected"];
  quiet: Record<string, Series>;
  /** Seconds until it can be seen: an increase needs a second sample, and more to be a whole one. @default 0 */
  begins?: number;
}

const STEPS = 90;
const POD = { pod: "storefront-r0123456789-aaaaa" };

/** Worlds of the alerts on pods. */
export function podCases(rule: AlertRule, level: ServiceLevel): Case[] {
  const { begins, expected, fires, quiet } = world(rule.alert, level);
  return lasting(rule, level, fires, expected, quiet, STEPS * 30, begins);
}

function world(alert: string, { namespace, service }: ServiceLevel): World {
  const flat = (value: number | "NaN"): string => constant(value, STEPS);
  const container = (metric: string, more: Record<string, string> = {}): string => seriesOf(metric, { namespace, container: service, ...POD, ...more });
  const object = (metric: string, kind: string, more: Record<string, string> = {}, name = `${service}-r0123456789`): string => seriesOf(metric, { namespace, [kind]: name, ...more });
  const other = { pod: "storefront-r9876543210-bbbbb" };
  const single = (name: string, labels: Record<string, string>, value: number, calm: number, threshold?: number): World => ({
    fires: { [name]: flat(value) }, expected: [{ labels, value }],
    quiet: { "all is well": { [name]: flat(calm) }, "not a number": { [name]: flat("NaN") }, ...(threshold === undefined ? {} : { "at the limit": { [name]: flat(threshold) } }) },
  });
  const pair = (kind: string, left: string, right: string, values: [number, number], calm: [number, number]): World => ({
    fires: { [object(left, kind)]: flat(values[0]), [object(right, kind)]: flat(values[1]) },
    expected: [{ labels: { [kind]: `${service}-r0123456789` }, value: values[0] }],
    quiet: { "all is well": { [object(left, kind)]: flat(calm[0]), [object(right, kind)]: flat(calm[1]) }, "not a number": { [object(left, kind)]: flat("NaN") } },
  });
  const counter = (step: number): string => `1000+${step}x${STEPS}`;
  switch (alert) {
    case "SlipwayNoPodReady": {
      const ready = "kube_pod_container_status_ready";
      return { fires: { [container(ready)]: flat(0), [container(ready, other)]: flat(0) }, expected: [{ labels: {}, value: 0 }], quiet: { "one is ready": { [container(ready, other)]: flat(1) }, "not a number": { [container(ready)]: flat("NaN") } } };
    }
    case "SlipwayPodNotReady": {
      const [ready, phase] = [container("kube_pod_container_status_ready"), (name: string, pod = POD) => seriesOf("kube_pod_status_phase", { namespace, phase: name, ...pod })];
      return {
        fires: { [ready]: flat(0), [phase("Pending")]: flat(1), [phase("Running")]: flat(0), [phase("Failed")]: flat(0), [container("kube_pod_container_status_ready", other)]: flat(1), [phase("Running", other)]: flat(1) },
        expected: [{ labels: POD, value: 0 }],
        quiet: { "it is ready": { [ready]: flat(1) }, "it was evicted": { [phase("Pending")]: flat(0), [phase("Failed")]: flat(1) }, "not a number": { [ready]: flat("NaN") } },
      };
    }
    case "SlipwayCrashLooping": {
      const waiting = (reason: string): string => container("kube_pod_container_status_waiting_reason", { reason });
      const made = single(waiting("CrashLoopBackOff"), POD, 1, 0);
      // Between two crashes it runs for a minute: five minutes are looked at.
      return { ...made, fires: { [waiting("CrashLoopBackOff")]: Array.from({ length: STEPS / 6 + 1 }, () => "1 0 0 0 0 0").join(" ") }, quiet: { ...made.quiet, "it waits for its image": { [waiting("CrashLoopBackOff")]: flat(0), [waiting("ImagePullBackOff")]: flat(1) }, "it was six minutes ago": { [waiting("CrashLoopBackOff")]: `1x${STEPS - 12} 0x11` } } };
    }
    case "SlipwayRolloutStuck": {
      const condition = (name: string, status: string): string => object("kube_deployment_status_condition", "deployment", { condition: name, status });
      const made = single(condition("Progressing", "false"), { deployment: `${service}-r0123456789` }, 1, 0);
      return { ...made, quiet: { ...made.quiet, "it progresses": { [condition("Progressing", "false")]: flat(0), [condition("Progressing", "true")]: flat(1), [condition("Available", "false")]: flat(1) } } };
    }
    case "SlipwayAutoscalerMaxed": {
      const made = pair("horizontalpodautoscaler", "kube_horizontalpodautoscaler_status_current_replicas", "kube_horizontalpodautoscaler_spec_max_replicas", [6, 6], [5, 6]);
      const least = object("kube_horizontalpodautoscaler_spec_min_replicas", "horizontalpodautoscaler");
      return { ...made, fires: { ...made.fires, [least]: flat(2) }, quiet: { ...made.quiet, "it has no choice": { [least]: flat(6) } } };
    }
    case "SlipwayDisruptionBudgetBroken":
      return pair("poddisruptionbudget", "kube_poddisruptionbudget_status_current_healthy", "kube_poddisruptionbudget_status_desired_healthy", [1, 2], [2, 2]);
    case "SlipwayCpuThrottled": {
      const [held, all] = [container("container_cpu_cfs_throttled_periods_total"), container("container_cpu_cfs_periods_total")];
      return { fires: { [held]: counter(78), [all]: counter(300) }, expected: [{ labels: POD, value: 0.26 }], begins: 30, quiet: { "a quarter": { [held]: counter(75) }, "no periods": { [held]: counter(0), [all]: counter(0) } } };
    }
    case "SlipwayOutOfMemory": {
      const [restarts, reason] = [container("kube_pod_container_status_restarts_total"), (name: string): string => container("kube_pod_container_status_last_terminated_reason", { reason: name })];
      return {
        fires: { [restarts]: counter(1), [reason("OOMKilled")]: flat(1) }, expected: [{ labels: POD, value: 20 }], begins: STEPS * 30,
        quiet: { "it did not restart": { [restarts]: counter(0) }, "it ended for another reason": { [reason("OOMKilled")]: flat(0), [reason("Error")]: flat(1) }, "long ago": { [restarts]: `1+1x${STEPS - 30} ${STEPS - 29}x30` } },
      };
    }
    default:
      throw new Error(`${alert} has no world`);
  }
}

/** Worlds of the alerts on what is not there. */
export function absentCases(rule: AlertRule, level: ServiceLevel): Case[] {
  const { minimumRequests, namespace, service } = level;
  const ready = seriesOf("kube_pod_container_status_ready", { namespace, container: service, ...POD });
  const requests = seriesOf("istio_requests_total", { reporter: "destination", destination_workload_namespace: namespace, destination_app: service });
  const rate = seriesOf("slipway:service_requests:rate5m", { namespace, service });
  const up = seriesOf("up", { namespace, job: service, ...POD });
  const flat = (value: number | "_" | "NaN"): string => constant(value, STEPS);
  const end = STEPS * 30;
  const long = 600 * 30;
  switch (rule.alert) {
    case "SlipwayPodsAbsent": {
      const there = withStrangers(level, { [ready]: flat(0) });
      const gone = { ...there, [ready]: flat("_") };
      return [
        { title: "no pod", series: gone, at: 300, expected: [{ labels: { container: service }, value: 1 }] },
        { title: "it waits until it has lasted", series: gone, at: 270, expected: [] },
        { title: "a pod that is not ready is there", series: there, at: end, expected: [] },
      ];
    }
    case "SlipwayMetricsAbsent": {
      const blind = { ...withStrangers(level, { [ready]: flat(1), [requests]: flat(7) }), [requests]: flat("_"), [requests.replace("destination", "source")]: flat(9) };
      return [
        { title: "pods without requests", series: blind, at: 1800, expected: [{ labels: {}, value: 1 }] },
        { title: "it waits until it has lasted", series: blind, at: 1770, expected: [] },
        { title: "a request was counted", series: { ...blind, [requests]: flat(1) }, at: end, expected: [] },
        { title: "no pod is ready: another alert says so", series: { ...blind, [ready]: flat(0) }, at: end, expected: [] },
        { title: "no pods: another alert says so", series: { ...blind, [ready]: flat("_") }, at: end, expected: [] },
      ];
    }
    case "SlipwayTrafficStopped": {
      const usual = (minimumRequests * 1.01) / 300;
      const steady = `${usual}x259`;
      const strangers = { ...withStrangers(level, { [rate]: `${usual}x259 0x340` }) };
      const one = (title: string, values: string, at: number, fires: boolean): Case => ({ title, series: { ...strangers, [rate]: values }, at, expected: fires ? [{ labels: {}, value: usual * 300 }] : [] });
      return [
        one("it falls to nothing", `${steady} 0x340`, 260 * 30 + 300, true),
        one("its metrics vanish", `${steady} _x340`, 260 * 30 + 600, true),
        one("it waits until it has lasted", `${steady} 0x340`, 260 * 30 + 270, false),
        one("it still fires fifty minutes later", `${steady} 0x340`, 260 * 30 + 3000, true),
        one("and not after two hours and more", `${steady} 0x340`, 260 * 30 + 8000, false),
        one("it goes on", `${usual}x600`, long, false),
        one("it never had enough", `${(minimumRequests * 0.99) / 300}x259 0x340`, 260 * 30 + 600, false),
        one("a batch ended", `${usual}x99 0x4 ${usual}x154 0x340`, 260 * 30 + 600, false),
        one("it began a short while ago", `_x199 ${usual}x59 0x340`, 260 * 30 + 600, false),
        one("no data", "_x2", 260 * 30 + 600, false),
      ];
    }
    case "SlipwayApplicationMetricsDown": {
      const fine = withStrangers(level, { [up]: flat(1) });
      const down = { ...withStrangers(level, { [up]: flat(0) }), [up]: flat(0) };
      return [
        { title: "it cannot be read", series: down, at: 600, expected: [{ labels: POD, value: 0 }] },
        { title: "it is not known", series: { ...fine, [up]: flat("_") }, at: 600, expected: [{ labels: { job: service }, value: 1 }] },
        { title: "it waits until it has lasted", series: down, at: 570, expected: [] },
        { title: "it is read", series: { ...down, [up]: flat(1) }, at: end, expected: [] },
        { title: "not a number", series: { ...down, [up]: flat("NaN") }, at: end, expected: [] },
      ];
    }
    default:
      throw new Error(`${rule.alert} has no world`);
  }
}
