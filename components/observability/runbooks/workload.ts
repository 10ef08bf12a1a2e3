import { EVENTS, PODS } from "./runbook.ts";
import type { Runbook } from "./runbook.ts";

const DESCRIBE = "kubectl -n <namespace> describe pod <pod>";
const BEFORE = "kubectl -n <namespace> logs <pod> -c <service> --previous --tail=200";

/** The pods, and what keeps them running. */
export const workloadRunbooks = {
  SlipwayCrashLooping: {
    means: "The service's container in a pod ends again and again, and Kubernetes waits longer before each start.",
    harm: "Nobody while other pods answer; the service has less room than it should.",
    next: "read the last words of pod <pod>: kubectl -n <namespace> logs <pod> -c <service> --previous",
    causes: ["configuration or a secret that the process refuses", "a dependency that it needs to start", "too little memory", "a liveness probe that kills it"],
    steps: [{ act: "Read its last words.", run: BEFORE }, { act: "Read why it ended: exit code, OOMKilled, a probe.", run: DESCRIBE }, { act: "If it is a canary's pod, take the canary back; the stable revision does not need it." }],
    over: "It ends five minutes after the container keeps running.",
  },
  SlipwayPodNotReady: {
    means: "A pod exists and has not been ready for a quarter of an hour.",
    harm: "Nobody while other pods answer; a rollout may wait for it.",
    next: "read why: kubectl -n <namespace> describe pod <pod>",
    causes: ["a readiness probe that fails", "no node with room for it", "an image that cannot be pulled", "a Secret that is missing"],
    steps: [{ act: "Read its conditions and events.", run: DESCRIBE }, { act: "Read what it says.", run: "kubectl -n <namespace> logs <pod> -c <service> --tail=200" }, { act: "See the namespace's quota.", run: "kubectl -n <namespace> describe resourcequota" }],
    over: "It ends when the pod is ready or gone.",
  },
  SlipwayNoPodReady: {
    means: "The service has pods and none of them is ready: nothing answers.",
    harm: "Every caller. The mesh answers 503 in the service's place, and no alert on requests sees it, as no pod is there to count.",
    next: "see what the pods wait for: kubectl -n <namespace> get pods -l app=<service>; roll back if a release preceded it",
    causes: ["a release whose pods replaced the old ones and do not start", "a dependency that the readiness probe asks", "nodes that are gone", "a Secret or ConfigMap that is gone"],
    steps: [{ act: "See the pods and their revisions.", run: PODS }, { act: "Read the events.", run: EVENTS }, { act: "See what changed last.", run: "pulumi stack history --page-size 5" }, { act: "Scale a retained revision up if it has no pods.", run: "kubectl -n <namespace> get deployments -l app=<service>" }],
    over: "It ends when one pod is ready. One pod may not be enough: look at the rest.",
  },
  SlipwayRolloutStuck: {
    means: "The Deployment of a revision has made no progress within its deadline of ten minutes.",
    harm: "Nobody: weight moves only to pods that are ready. The release stands still.",
    next: "see what its pods wait for: kubectl -n <namespace> describe deployment <deployment>",
    causes: ["pods that do not become ready", "a quota or nodes without room", "an image that cannot be pulled", "an admission webhook that refuses the pods"],
    steps: [{ act: "Read its conditions.", run: "kubectl -n <namespace> describe deployment <deployment>" }, { act: "Read the events.", run: EVENTS }, { act: "Repair it, or take the revision back." }],
    over: "It ends when the Deployment progresses again or is gone.",
  },
  SlipwayAutoscalerMaxed: {
    means: "The autoscaler has had its greatest number of pods for a quarter of an hour, and cannot add one.",
    harm: "Nobody yet. With more load the pods become slow.",
    next: "look on the dashboard whether CPU is above the autoscaler's aim and the load still grows; if so raise services.<service>.scaling.max",
    causes: ["more load than was planned for", "pods that do more work for a request since a release", "a retry storm"],
    steps: [{ act: "See what it sees.", run: "kubectl -n <namespace> describe hpa <horizontalpodautoscaler>" }, { act: "Raise `services.<service>.scaling.max`, and the namespace's quota with it." }, { act: "If the work for a request grew, look at the last release." }],
    over: "It ends when the autoscaler takes a pod away.",
  },
  SlipwayCpuThrottled: {
    means: "A pod was held back by its CPU limit in more than a quarter of the scheduler's periods.",
    harm: "Requests that are late without a reason in the logs.",
    next: "compare with the p95 on the dashboard; if it is late too, raise services.<service>.resources.limits.cpu or leave the limit out",
    causes: ["a limit near the request", "threads that all work at the same moment", "garbage collection"],
    steps: [{ act: "Compare it with the latency on the dashboard." }, { act: "Raise or leave out `services.<service>.resources.limits.cpu`; a request keeps its share without a limit." }],
    over: "It ends when less than a quarter of the periods are held back.",
  },
  SlipwayDisruptionBudgetBroken: {
    means: "A revision has fewer healthy pods than its PodDisruptionBudget asks for.",
    harm: "Nobody yet, but no node of theirs can be drained, and one more failure may be felt.",
    next: "see which pods are not healthy: kubectl -n <namespace> get pods -l app=<service>",
    causes: ["pods that are not ready", "nodes that are gone", "fewer pods than the budget asks for"],
    steps: [{ act: "Read the budget.", run: "kubectl -n <namespace> describe pdb <poddisruptionbudget>" }, { act: "See the pods.", run: PODS }],
    over: "It ends when enough pods are healthy.",
  },
  SlipwayOutOfMemory: {
    means: "The kernel killed the service's container in a pod because it used more memory than its limit.",
    harm: "Requests that were in that pod at the moment failed.",
    next: "look on the dashboard whether the memory of <pod> grows without end (a leak) or jumped (a large request)",
    causes: ["a limit below what the process needs", "a leak since a release", "one request that is far larger than the others"],
    steps: [{ act: "See whether it grows or jumps: the dashboard shows memory as a share of the limit." }, { act: "Growth since a release: roll it back." }, { act: "Otherwise raise `services.<service>.resources.limits.memory`." }],
    over: "It ends ten minutes after the last kill; the cause may be there still.",
  },
} as const satisfies Record<string, Runbook>;
