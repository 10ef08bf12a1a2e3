import type { ServiceLevel } from "../../components/observability/service-level.ts";
import { traffic } from "./mesh.ts";
import { lives } from "./story.ts";
import type { Life } from "./story.ts";
import { chance, happened, remembered, wobble } from "./track.ts";
import type { Track } from "./track.ts";

type Labels = Readonly<Record<string, string>>;

const DAY = 86_400;
const MEGABYTE = 1024 * 1024;
const PHASES = ["Running", "Pending", "Failed", "Succeeded", "Unknown"];
/** What each container asks for, and may take. */
const ASKED = { cpu: 0.25, memory: 256 * MEGABYTE };
const ALLOWED = { cpu: 1, memory: 512 * MEGABYTE };
const QUOTA = { "requests.cpu": 8, "requests.memory": 16 * 1024 * MEGABYTE, "limits.memory": 32 * 1024 * MEGABYTE, pods: 40 };

/** What kube-state-metrics, cAdvisor and Prometheus itself tell of a service, for a bit more than a day. */
export function clusterTracks(level: ServiceLevel, now: number): Track[] {
  return lives(level, now).filter(({ to }) => to > now - DAY).flatMap((life) => [...life.pods.flatMap((pod) => ofPod(level, life, pod)), ...ofObjects(level, life)]);
}

/** What it tells of the namespace as a whole. */
export function namespaceTracks(namespace: string): Track[] {
  return Object.entries(QUOTA).flatMap(([resource, hard]) => {
    const share = 0.3 + 0.4 * chance(`${namespace} ${resource}`, 0);
    const labels = { namespace, resourcequota: "quota", resource };
    return [gauge("kube_resourcequota", { ...labels, type: "hard" }, () => hard), gauge("kube_resourcequota", { ...labels, type: "used" }, (time) => Math.round(hard * share * wobble(resource, Math.floor(time / 1800) * 1800, 0.1) * (hard < 10 ? 4 : 1)) / (hard < 10 ? 4 : 1))];
  });
}

function gauge(name: string, labels: Labels, at: Track["at"]): Track {
  return { name, labels, at, since: 1.1 * DAY };
}

function ofPod(level: ServiceLevel, { from, image, pods, role, to, weight }: Life, pod: string): Track[] {
  const { namespace, service } = level;
  const alive = (at: (time: number) => number): Track["at"] => (time) => (time >= from && time <= to ? at(time) : undefined);
  const container = { namespace, pod, container: service };
  const metric = (name: string, labels: Labels, at: (time: number) => number): Track => gauge(name, { ...container, ...labels }, alive(at));
  const counter = (name: string, at: (time: number) => number): Track => ({ ...metric(name, {}, at), counter: true });
  const work = remembered((time) => (traffic(level, time) * weight(time)) / pods.length);
  // One pod of the candidate is short of CPU, so that one alert of every service fires.
  const short = role === "candidate" && pod === pods[0];
  return [
    metric("kube_pod_container_status_ready", {}, (time) => (time > from + 40 ? 1 : 0)),
    metric("kube_pod_container_info", { image, image_spec: image }, () => 1),
    metric("kube_pod_container_status_last_terminated_reason", { reason: "OOMKilled" }, () => 0),
    metric("kube_pod_container_status_waiting_reason", { reason: "CrashLoopBackOff" }, () => 0),
    metric("kube_pod_container_status_restarts_total", {}, (time) => happened(`${pod} restart`, 2.5 * 3600, time)),
    ...PHASES.map((phase) => gauge("kube_pod_status_phase", { namespace, pod, phase }, alive((time) => (phase === (time > from + 20 ? "Running" : "Pending") ? 1 : 0)))),
    ...Object.entries(ASKED).map(([resource, value]) => metric("kube_pod_container_resource_requests", { resource }, () => value)),
    ...Object.entries(ALLOWED).map(([resource, value]) => metric("kube_pod_container_resource_limits", { resource }, () => value)),
    counter("container_cpu_usage_seconds_total", (time) => (0.03 + work(time) * 0.009) * wobble(`${pod} cpu`, time, 0.15)),
    counter("container_cpu_cfs_periods_total", () => 10),
    counter("container_cpu_cfs_throttled_periods_total", (time) => 10 * (short ? 0.32 : 0.03) * wobble(`${pod} throttled`, time, 0.3)),
    metric("container_memory_working_set_bytes", {}, (time) => (150 + 60 * chance(pod, 3)) * MEGABYTE * (1 + 0.25 * Math.sin(time / 9000 + chance(pod, 4) * 6)) * wobble(`${pod} memory`, time, 0.02)),
    gauge("up", { namespace, pod, job: service, container: service }, alive(() => 1)),
  ];
}

function ofObjects(level: ServiceLevel, { from, id, pods, role, to }: Life): Track[] {
  const { maxReplicas, namespace, service } = level;
  const name = `${service}-${id}`;
  const metric = (metricName: string, labels: Labels, value: number): Track => gauge(metricName, { namespace, ...labels }, (time) => (time >= from && time <= to ? value : undefined));
  const autoscaler = { horizontalpodautoscaler: name };
  const budget = { poddisruptionbudget: name };
  return [
    metric("kube_deployment_created", { deployment: name }, Math.floor(from)),
    metric("kube_deployment_status_condition", { deployment: name, condition: "Progressing", status: "false" }, 0),
    ...(maxReplicas === undefined ? [] : [
      metric("kube_horizontalpodautoscaler_spec_min_replicas", autoscaler, Math.min(2, maxReplicas)),
      metric("kube_horizontalpodautoscaler_spec_max_replicas", autoscaler, maxReplicas),
      metric("kube_horizontalpodautoscaler_status_current_replicas", autoscaler, Math.min(pods.length, maxReplicas)),
    ]),
    metric("kube_poddisruptionbudget_status_current_healthy", budget, pods.length),
    // One pod of the stable revision is missing, so that a ticket's alert of every service fires.
    metric("kube_poddisruptionbudget_status_desired_healthy", budget, role === "stable" ? pods.length + 1 : 1),
  ];
}
