import type { AlertRule } from "../../components/observability/alert.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import type { Case } from "./document.ts";
import { lasting, seconds } from "./lasting.ts";
import type { Story } from "./lasting.ts";
import { objectStory } from "./objects.ts";
import { constant, seriesOf } from "./series.ts";
import type { Series } from "./series.ts";

type Labels = Record<string, string>;
/** Without an end the worlds are looked at when all has lasted. */
export type Told = Omit<Story, "end"> & Partial<Pick<Story, "end">>;

export const STEPS = 120;
const READY = "kube_pod_container_status_ready";
const PHASE = "kube_pod_status_phase";
const RESTARTS = "kube_pod_container_status_restarts_total";

/** Cases of the alerts on pods and on the objects that have them. */
export function podCases(rule: AlertRule, level: ServiceLevel): Case[] {
  const story = STORIES[rule.alert]?.(level) ?? objectStory(rule.alert, level);
  return lasting(rule, level, { end: Math.max(600, 2 * seconds(rule.for)), ...story });
}

function flat(value: number | "NaN"): string {
  return constant(value, STEPS);
}

interface Pod {
  pod: string;
  of: (metric: string, more?: Labels) => string;
  /** As the scraper told it that was replaced, and whose series are read for a while yet. */
  again: (metric: string, more?: Labels) => string;
  sidecar: (metric: string, more?: Labels) => string;
}

/** Two pods of the service. */
function pods({ namespace, service }: ServiceLevel): Record<"a" | "b", Pod> {
  const pod = (name: string): Pod => {
    const of = (metric: string, more: Labels = {}): string => seriesOf(metric, { namespace, container: service, pod: name, ...more });
    return { pod: name, of, again: (metric, more) => of(metric, { ...more, instance: "before" }), sidecar: (metric, more) => of(metric, { ...more, container: "istio-proxy" }) };
  };
  return { a: pod(`${service}-r0123456789-aaaaa`), b: pod(`${service}-r9876543210-bbbbb`) };
}

const STORIES: Record<string, (level: ServiceLevel) => Told> = {
  SlipwayNoPodReady: (level) => {
    const { a, b } = pods(level);
    return {
      fires: { [a.of(READY)]: flat(0), [b.of(READY)]: flat(0), [a.sidecar(READY)]: flat(1) }, expected: [{ labels: {}, value: 0 }],
      quiet: { "one is ready": { [b.of(READY)]: flat(1) }, "not a number": { [a.of(READY)]: flat("NaN") } },
    };
  },
  SlipwayPodNotReady: (level) => {
    const { a, b } = pods(level);
    const phases = (phase: string): Series => Object.fromEntries(["Pending", "Running", "Unknown", "Failed", "Succeeded"].flatMap((each) => [a.of, a.again].map((of) => [of(PHASE, { phase: each }), flat(each === phase ? 1 : 0)])));
    return {
      fires: {
        [a.of(READY)]: flat(0), [a.again(READY)]: flat(1), [a.sidecar(READY)]: flat(1),
        ...phases("Pending"),
        [b.of(READY)]: flat(1), [b.sidecar(READY)]: flat(0), [b.of(PHASE, { phase: "Running" })]: flat(1),
      },
      expected: [{ labels: { pod: a.pod }, value: 0 }],
      alsoFires: { "it runs": { series: phases("Running") }, "its node is lost": { series: phases("Unknown") } },
      quiet: {
        "it is ready": { [a.of(READY)]: flat(1) }, "it was evicted": phases("Failed"),
        "not a number": { [a.of(READY)]: flat("NaN"), [a.again(READY)]: flat("NaN") },
      },
    };
  },
  SlipwayCrashLooping: (level) => {
    const { a, b } = pods(level);
    const metric = "kube_pod_container_status_waiting_reason";
    const [loops, image] = [{ reason: "CrashLoopBackOff" }, { reason: "ImagePullBackOff" }];
    // Between two crashes it runs for four minutes and a half: five are looked at.
    const nowAndThen = Array.from({ length: STEPS / 10 + 1 }, () => "1 0 0 0 0 0 0 0 0 0").join(" ");
    return {
      fires: { [a.of(metric, loops)]: nowAndThen, [a.again(metric, loops)]: nowAndThen, [a.of(metric, { ...loops, instance: "first" })]: flat(0), [b.of(metric, loops)]: flat(0), [b.sidecar(metric, loops)]: flat(1) },
      expected: [{ labels: { pod: a.pod }, value: 1 }], end: STEPS * 30,
      quiet: {
        "all is well": { [a.of(metric, loops)]: flat(0), [a.again(metric, loops)]: flat(0) },
        "it waits for its image": { [a.of(metric, loops)]: flat(0), [a.again(metric, loops)]: flat(0), [a.of(metric, image)]: flat(1) },
        "it was six minutes ago": { [a.of(metric, loops)]: `1x${STEPS - 12} 0x11`, [a.again(metric, loops)]: flat(0) },
        "not a number": { [a.of(metric, loops)]: flat("NaN"), [a.again(metric, loops)]: flat("NaN") },
      },
    };
  },
  SlipwayCpuThrottled: (level) => {
    const { a, b } = pods(level);
    const [held, all] = ["container_cpu_cfs_throttled_periods_total", "container_cpu_cfs_periods_total"];
    const counter = (step: number): string => `1000+${step}x${STEPS}`;
    // The kernel counts a container anew after each start: two series of one pod, of which the old one still grows in the window.
    const pod = (of: number, before: number): Series => ({ [a.of(held)]: counter(of), [a.again(held)]: counter(before), [a.of(all)]: counter(200), [a.again(all)]: counter(100) });
    return {
      fires: { ...pod(60, 18), [a.sidecar(held)]: counter(9), [a.sidecar(all)]: counter(900), [b.of(held)]: counter(1), [b.of(all)]: counter(300), [b.sidecar(held)]: counter(200), [b.sidecar(all)]: counter(200) },
      expected: [{ labels: { pod: a.pod }, value: 0.26 }], begins: 30,
      alsoFires: {
        "its counters begin again": { series: { [a.of(held)]: `7000+60x23 60+60x${STEPS}`, [a.again(held)]: `7000+18x23 18+18x${STEPS}`, [a.of(all)]: `7000+200x23 200+200x${STEPS}`, [a.again(all)]: `7000+100x23 100+100x${STEPS}` } },
        "it hardly runs": { series: { [a.of(held)]: counter(0.0006), [a.again(held)]: counter(0.00018), [a.of(all)]: counter(0.002), [a.again(all)]: counter(0.001) } },
      },
      quiet: {
        "a quarter": pod(60, 15),
        "no periods": { ...pod(0, 0), [a.of(all)]: flat(9), [a.again(all)]: flat(9) },
        "no periods were told of": { [a.of(all)]: flat(9), [a.again(all)]: flat(9) },
        "not a number": { [a.of(held)]: flat("NaN") },
      },
    };
  },
  SlipwayOutOfMemory: (level) => {
    const { a, b } = pods(level);
    const reason = "kube_pod_container_status_last_terminated_reason";
    const [killed, error] = [{ reason: "OOMKilled" }, { reason: "Error" }];
    // The restart that is seen for the first time.
    const seen = STEPS / 2;
    const restarted = (step: number, from = 5, to = 6): string => `${from}x${step - 1} ${to}x${STEPS}`;
    return {
      fires: {
        [a.of(RESTARTS)]: restarted(seen), [a.again(RESTARTS)]: flat(5), [a.sidecar(RESTARTS)]: `1+1x${STEPS}`,
        [a.of(reason, killed)]: flat(1), [a.again(reason, killed)]: flat(1), [a.of(reason, { ...killed, instance: "first" })]: flat(0),
        [b.of(RESTARTS)]: flat(3), [b.of(reason, killed)]: flat(1), [b.sidecar(reason, killed)]: flat(1),
      },
      expected: [{ labels: { pod: a.pod }, value: 1 }], begins: seen * 30, end: seen * 30,
      alsoFires: {
        "two scrapers saw one each": { series: { [a.again(RESTARTS)]: restarted(seen) }, expected: [{ labels: { pod: a.pod }, value: 2 }] },
        "its counter begins again": { series: { [a.of(RESTARTS)]: restarted(seen, 5, 1) } },
        "eight minutes ago": { series: { [a.of(RESTARTS)]: restarted(seen - 16) } },
      },
      quiet: {
        "it did not restart": { [a.of(RESTARTS)]: flat(5) },
        "it ended for another reason": { [a.of(reason, killed)]: flat(0), [a.again(reason, killed)]: flat(0), [a.of(reason, error)]: flat(1), [a.sidecar(reason, killed)]: flat(1) },
        "a quarter of an hour ago": { [a.of(RESTARTS)]: restarted(seen - 30) },
        "not a number": { [a.of(RESTARTS)]: flat("NaN"), [a.again(RESTARTS)]: flat("NaN") },
      },
    };
  },
};
