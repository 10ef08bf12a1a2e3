import { mainContainer } from "./pod.ts";
import type { Pod } from "./pod.ts";

/** How the process of a pod is doing. */
export interface Health {
  /** Why it does not run yet or again; undefined while it runs. */
  waiting: { reason: "ContainerCreating" | "CreateContainerConfigError" | "CrashLoopBackOff"; message?: string } | undefined;
  /** Past its startup probe. */
  started: boolean;
  ready: boolean;
  restarts: number;
  /** When it began to be ready or not, ISO 8601. */
  since: string;
  /** When the process began, ISO 8601. */
  startedAt: string;
  /** How it ended the last time. */
  last: { exitCode: number; finishedAt: string } | undefined;
}

export const CREATING: Health = { waiting: { reason: "ContainerCreating" }, started: false, ready: false, restarts: 0, since: "", startedAt: "", last: undefined };

/** The pod's status as a kubelet would write it. */
export function podStatus(pod: Pod, health: Health): object {
  const condition = (type: string, value: boolean) => ({
    type, status: value ? "True" : "False", lastTransitionTime: health.since, ...(!value && { reason: "ContainersNotReady", message: `containers with unready status: [${mainContainer(pod).name}]` }),
  });
  const state = health.waiting === undefined ? { running: { startedAt: health.startedAt } } : { waiting: health.waiting };
  return {
    phase: health.startedAt === "" ? "Pending" : "Running",
    conditions: [
      { type: "PodScheduled", status: "True", lastTransitionTime: pod.metadata.creationTimestamp },
      { type: "Initialized", status: "True", lastTransitionTime: pod.metadata.creationTimestamp },
      condition("ContainersReady", health.ready),
      condition("Ready", health.ready),
    ],
    startTime: pod.metadata.creationTimestamp,
    containerStatuses: pod.spec.containers.map(({ image, name }) => ({
      name, image, imageID: image, ready: health.ready, started: health.started, restartCount: health.restarts, state,
      ...(health.last && { lastState: { terminated: { ...health.last, reason: health.last.exitCode === 0 ? "Completed" : "Error" } } }),
    })),
  };
}

/** The status of a pod that is to run to its end: there is nothing to run, so it is done at once. */
export function doneStatus(pod: Pod, now: string): object {
  const terminated = { exitCode: 0, reason: "Completed", startedAt: now, finishedAt: now };
  return {
    phase: "Succeeded",
    conditions: [{ type: "Ready", status: "False", reason: "PodCompleted", lastTransitionTime: now }],
    startTime: pod.metadata.creationTimestamp,
    containerStatuses: pod.spec.containers.map(({ image, name }) => ({ name, image, imageID: image, ready: false, started: false, restartCount: 0, state: { terminated } })),
  };
}
