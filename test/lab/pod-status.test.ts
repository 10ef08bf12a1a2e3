import { expect, test } from "@jest/globals";
import { workloadEntry } from "../../lab/agent/entry.ts";
import { CREATING, doneStatus, podStatus } from "../../lab/agent/pod-status.ts";
import { pod } from "./pods.ts";

const since = "2026-01-01T00:00:05Z";
const running = { ...CREATING, waiting: undefined, started: true, ready: true, since, startedAt: since };

test("a pod whose process passes its probe is running and ready", () => {
  expect(podStatus(pod("a"), running)).toEqual({
    phase: "Running",
    conditions: [
      { type: "PodScheduled", status: "True", lastTransitionTime: "2026-01-01T00:00:00Z" },
      { type: "Initialized", status: "True", lastTransitionTime: "2026-01-01T00:00:00Z" },
      { type: "ContainersReady", status: "True", lastTransitionTime: since },
      { type: "Ready", status: "True", lastTransitionTime: since },
    ],
    startTime: "2026-01-01T00:00:00Z",
    containerStatuses: [{
      name: "shop", image: "ghcr.io/acme/shop@sha256:aa", imageID: "ghcr.io/acme/shop@sha256:aa", ready: true, started: true, restartCount: 0, state: { running: { startedAt: since } },
    }],
  });
});

test("a pod whose process crashed waits, unready, and remembers how it ended", () => {
  const last = { exitCode: 1, finishedAt: since };
  const status = podStatus(pod("a"), { ...running, ready: false, started: false, restarts: 2, waiting: { reason: "CrashLoopBackOff", message: "back-off 4s restarting failed container" }, last });
  expect(status).toMatchObject({
    phase: "Running",
    conditions: [{}, {}, {}, { type: "Ready", status: "False", reason: "ContainersNotReady", message: "containers with unready status: [shop]" }],
    containerStatuses: [{
      ready: false, started: false, restartCount: 2, state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 4s restarting failed container" } },
      lastState: { terminated: { exitCode: 1, finishedAt: since, reason: "Error" } },
    }],
  });
});

test("a pod whose process never ran is pending", () => {
  expect(podStatus(pod("a"), { ...CREATING, since })).toMatchObject({ phase: "Pending", containerStatuses: [{ state: { waiting: { reason: "ContainerCreating" } } }] });
});

test("a pod that runs to its end has done so", () => {
  expect(doneStatus(pod("a"), since)).toMatchObject({ phase: "Succeeded", containerStatuses: [{ ready: false, state: { terminated: { exitCode: 0, reason: "Completed" } } }] });
});

test("a ready pod enters the mesh on loopback with its labels and the ports of its process, and goes with its pod", () => {
  expect(workloadEntry(pod("a"), { http: 40001 })).toEqual({
    apiVersion: "networking.istio.io/v1",
    kind: "WorkloadEntry",
    metadata: { name: "a", namespace: "shop", labels: { app: "shop", version: "v1" }, ownerReferences: [{ apiVersion: "v1", kind: "Pod", name: "a", uid: "uid-a" }] },
    spec: { address: "127.0.0.1", labels: { app: "shop", version: "v1" }, ports: { http: 40001 }, serviceAccount: "shop" },
  });
});
