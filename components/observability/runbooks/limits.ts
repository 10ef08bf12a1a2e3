import { LOGS, PODS, ROLL_BACK } from "./runbook.ts";
import type { Runbook } from "./runbook.ts";

const CODES = 'sum by (destination_version, response_code, grpc_response_status, response_flags) (rate(istio_requests_total{reporter="destination",destination_workload_namespace="<namespace>",destination_app="<service>"}[5m]))';

const CANARY = {
  harm: "Only the callers that the split sends to the canary. Everybody else is answered by the stable revision.",
  steps: [
    { act: "Look whether a rollout is under way and has begun to roll back by itself; then there is nothing to do but to read why.", run: "pulumi stack output" },
    { act: "If it has not: take the traffic away. The first update records the rejection, the second moves the weight.", run: ROLL_BACK },
    { act: "Read what the canary says.", run: LOGS },
    { act: "Compare both revisions by code and flag.", run: CODES },
  ],
} as const;

const STABLE = {
  harm: "Most callers of the service, now.",
  steps: [
    { act: "Look when it began, and which revision was released last: the dashboard shows both.", run: "pulumi stack history --page-size 5" },
    { act: "If it began with a release, go back. The newest retained revision takes the traffic.", run: ROLL_BACK },
    { act: "If it did not, look at the pods and at what they say.", run: `${PODS}\n${LOGS}` },
    { act: "Look at which codes and flags it is: UF and UO speak of the network and of limits, 5xx without a flag of the application.", run: CODES },
  ],
} as const;

const CAUSES = {
  errors: ["the release", "a dependency that fails", "configuration or a secret that is wrong", "pods that are out of memory or restart"],
  latency: ["the release", "a dependency that is slow", "CPU that is throttled or lacking", "too few pods: look at the autoscaler", "a database without an index, or a lock"],
} as const;

const OVER = "It ends when the number is within its limit again, and also when there are too few requests to judge by: look at the traffic before you believe it.";

/** The limits that no revision may exceed. */
export const limitRunbooks = {
  SlipwayCanaryErrorRateHigh: {
    ...CANARY, causes: CAUSES.errors, over: OVER,
    means: "A revision that does not answer most of the requests fails more of them than its limit allows. Failed is HTTP 5xx, or a gRPC status that is the server's fault.",
    next: "see whether the rollout of <service> is rolling back by itself; if not, roll revision <revision> back, the runbook has the command",
  },
  SlipwayCanaryLatencyHigh: {
    ...CANARY, causes: CAUSES.latency, over: OVER,
    means: "One request in twenty to a revision that does not answer most of the requests takes longer than the limit.",
    next: "see whether the rollout of <service> is rolling back by itself; if not, roll revision <revision> back, the runbook has the command",
  },
  SlipwayCanarySuccessRateLow: {
    ...CANARY, causes: CAUSES.errors, over: OVER,
    means: "Over half an hour, a revision that does not answer most of the requests has succeeded with fewer of them than it has to.",
    next: "hold the rollout of <service> and compare revision <revision> with the stable one on the dashboard",
  },
  SlipwayStableErrorRateHigh: {
    ...STABLE, causes: CAUSES.errors, over: OVER,
    means: "The revision that answers most of the requests fails more of them than its limit allows. Failed is HTTP 5xx, or a gRPC status that is the server's fault.",
    next: "look on the dashboard whether it began with a release of <service>; if so, roll revision <revision> back, the runbook has the command",
  },
  SlipwayStableLatencyHigh: {
    ...STABLE, causes: CAUSES.latency, over: OVER,
    means: "One request in twenty to the revision that answers most of the requests takes longer than the limit.",
    next: "look on the dashboard whether CPU, pods or a release of <service> changed when it began",
  },
  SlipwayStableSuccessRateLow: {
    ...STABLE, causes: CAUSES.errors, over: OVER,
    means: "Over half an hour, the revision that answers most of the requests has succeeded with fewer of them than it has to: a failure that comes and goes, or a service with few requests.",
    next: "look on the dashboard at which times <service> failed, and read what revision <revision> logged then",
  },
} as const satisfies Record<string, Runbook>;
