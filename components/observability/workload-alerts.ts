import type { Alert } from "./alert.ts";
import type { ServiceLevel } from "./service-level.ts";
import {
  autoscalerMaxed, cpuThrottled, crashLooping, disruptionBudgetBroken, noneReady, notReady, outOfMemory, rolloutStuck,
} from "./workload-queries.ts";

/** An alert without what is the same in all of them. */
type Row = Omit<Alert, "description" | "labels"> & { says: string };

const AT_ONCE = "0s";

/** What the field expects to be told about pods. An autoscaler's where there is one. */
export function workloadAlerts(level: ServiceLevel): Alert[] {
  const { namespace } = level;
  return rows(level).map(({ says, ...row }) => ({ ...row, description: `In namespace ${namespace} ${says}${row.lasting === AT_ONCE ? "" : ` It has been so for ${row.lasting} or longer.`}` }));
}

function rows(level: ServiceLevel): Row[] {
  const { maxReplicas, service } = level;
  return [
    {
      name: "SlipwayNoPodReady", severity: "page", expression: noneReady(level), lasting: "1m",
      summary: `No pod of ${service} is ready`, says: `none of the pods of ${service} is ready, so that nothing answers.`,
    },
    {
      name: "SlipwayPodNotReady", severity: "ticket", expression: notReady(level), lasting: "15m",
      summary: `Pod {{ $labels.pod }} of ${service} is not ready`, says: `pod {{ $labels.pod }} of ${service} exists and is not ready.`,
    },
    {
      name: "SlipwayCrashLooping", severity: "ticket", expression: crashLooping(level), lasting: "5m",
      summary: `Pod {{ $labels.pod }} of ${service} ends again and again`, says: `the container of pod {{ $labels.pod }} of ${service} ends again and again (CrashLoopBackOff).`,
    },
    {
      name: "SlipwayRolloutStuck", severity: "ticket", expression: rolloutStuck(level), lasting: "1m",
      summary: `Deployment {{ $labels.deployment }} makes no progress`, says: "Deployment {{ $labels.deployment }} has made no progress within its deadline of 10 minutes.",
    },
    ...(maxReplicas === undefined ? [] : [{
      name: "SlipwayAutoscalerMaxed" as const, severity: "ticket" as const, expression: autoscalerMaxed(level), lasting: "15m",
      summary: `Autoscaler {{ $labels.horizontalpodautoscaler }} has all the {{ $value }} pods that it may have`,
      says: `autoscaler {{ $labels.horizontalpodautoscaler }} has {{ $value }} pods and may not add one; the settings allow ${maxReplicas} a revision.`,
    }]),
    {
      name: "SlipwayCpuThrottled", severity: "info", expression: `${cpuThrottled(level)} > 0.25`, lasting: "15m",
      summary: `Pod {{ $labels.pod }} of ${service} is held back by its CPU limit {{ $value | humanizePercentage }} of the time`,
      says: "pod {{ $labels.pod }} was held back by its CPU limit in {{ $value | humanizePercentage }} of the scheduler's periods over 5 minutes; the limit is 25 %.",
    },
    {
      name: "SlipwayDisruptionBudgetBroken", severity: "ticket", expression: disruptionBudgetBroken(level), lasting: "15m",
      summary: `{{ $labels.poddisruptionbudget }} has {{ $value }} healthy pods, fewer than it has to`,
      says: "PodDisruptionBudget {{ $labels.poddisruptionbudget }} has {{ $value }} healthy pods and asks for more.",
    },
    {
      name: "SlipwayOutOfMemory", severity: "ticket", expression: outOfMemory(level), lasting: AT_ONCE,
      summary: `Pod {{ $labels.pod }} of ${service} ran out of memory`,
      says: "the kernel killed the container of pod {{ $labels.pod }} at its memory limit; it restarted about {{ $value | printf \"%.0f\" }} times in 10 minutes.",
    },
  ];
}
