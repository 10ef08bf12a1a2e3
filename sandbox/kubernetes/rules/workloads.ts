import { fields, hasUnknown, isEmpty, number, text } from "../manifest.ts";
import { forbidden, invalid, notNegative, required, unsupported } from "../reasons.ts";
import { dnsLabel } from "../syntax.ts";
import { claimRules } from "./claims.ts";
import { schedule, timeZone } from "./schedule.ts";
import { shaped, within, type Check, type Leaf, type Rule } from "./rule.ts";
import { ownSelector } from "./selectors.ts";

const PERCENT = /^[0-9]+%$/;
const PERCENT_FORM = "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
const NOT_NEGATIVE = within(0, Infinity, notNegative);

/** A count of pods, or a share of them: 0 to 100 %. */
export const countOrPercent: Leaf = (value, report) => {
  const known = text(value);
  if (known !== undefined && !PERCENT.test(known)) report(invalid(known, PERCENT_FORM));
  else if (known !== undefined && Number.parseInt(known, 10) > 100) report(invalid(known, "must not be greater than 100%"));
  if (typeof value === "number" && value < 0) report(invalid(value, notNegative));
};

/** A surge may exceed the whole: 150 % more pods is allowed. */
const surge: Leaf = (value, report) => {
  if (!PERCENT.test(String(value))) countOrPercent(value, report);
};

const isZero = (value: unknown): boolean => value === 0 || value === "0%";

const rollingUpdate: Check = (value, report) => {
  const { maxSurge, maxUnavailable } = fields(value);
  if (isZero(maxSurge) && isZero(maxUnavailable)) report(invalid(maxUnavailable, "may not be 0 when `maxSurge` is 0"), "maxUnavailable");
};

const strategy: Check = (value, report) => {
  const { type, rollingUpdate: given } = fields(value);
  if (type === "Recreate" && given !== undefined) report(forbidden("may not be specified when strategy `type` is 'Recreate'"), "rollingUpdate");
};

const deadline: Check = (value, report) => {
  const { progressDeadlineSeconds, minReadySeconds } = fields(value);
  const seconds = number(progressDeadlineSeconds);
  if (seconds !== undefined && seconds <= (number(minReadySeconds) ?? 0) && !hasUnknown(minReadySeconds)) {
    report(invalid(seconds, "must be greater than minReadySeconds"), "progressDeadlineSeconds");
  }
};

const daemonUpdate: Check = (value, report) => {
  const { maxSurge, maxUnavailable } = fields(value);
  if (maxSurge !== undefined && !isZero(maxSurge) && !isZero(maxUnavailable ?? 1) && !hasUnknown([maxSurge, maxUnavailable])) {
    report(invalid(maxSurge, "may not be set when maxUnavailable is non-zero"), "maxSurge");
  }
};

const alwaysRestarts: Check = (value, report) => {
  if (text(value) !== undefined && value !== "Always" && value !== "") report(unsupported(value, ["Always"]));
};
const runsToAnEnd: Check = (value, report) => {
  const { spec } = fields(value);
  const policy = fields(spec)["restartPolicy"];
  if (isEmpty(policy) && !hasUnknown(spec)) report(required('valid values: "OnFailure", "Never"'), "spec.restartPolicy");
  else if (policy === "Always") report(unsupported(policy, ["OnFailure", "Never"]), "spec.restartPolicy");
};
const noDeadline: Check = (value, report) => {
  if (value !== undefined) report(forbidden("activeDeadlineSeconds in ReplicaSet is not Supported"));
};

const claimName: Leaf = (value, report) => {
  const { name } = fields(fields(value)["metadata"]);
  if (isEmpty(name)) report(required(), "metadata.name");
  else shaped(dnsLabel)(name, (reason) => report(reason, "metadata.name"));
};

const counts = (...names: string[]): Rule[] => names.map((name) => [name, NOT_NEGATIVE]);
const own = (emptyText?: string): Rule => ["spec", (value, report) => ownSelector(value, report, emptyText)];
const JOB_COUNTS = ["parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished"];

export const workloadRules: Record<string, readonly Rule[]> = {
  Deployment: [
    own("empty selector is invalid for deployment"),
    ...counts("spec.replicas", "spec.minReadySeconds", "spec.revisionHistoryLimit", "spec.progressDeadlineSeconds"),
    ["spec", deadline],
    ["spec.strategy", strategy],
    ["spec.strategy.rollingUpdate", rollingUpdate],
    ["spec.strategy.rollingUpdate.maxSurge", surge],
    ["spec.strategy.rollingUpdate.maxUnavailable", countOrPercent],
    ["spec.template.spec.restartPolicy", alwaysRestarts],
    ["spec.template.spec.activeDeadlineSeconds", noDeadline],
  ],
  ReplicaSet: [own("empty selector is invalid for deployment"), ...counts("spec.replicas", "spec.minReadySeconds"), ["spec.template.spec.restartPolicy", alwaysRestarts]],
  StatefulSet: [
    own("empty selector is invalid for statefulset"),
    ...counts("spec.replicas", "spec.minReadySeconds", "spec.revisionHistoryLimit", "spec.updateStrategy.rollingUpdate.partition"),
    ["spec.updateStrategy.rollingUpdate.maxUnavailable", countOrPercent],
    ["spec.serviceName", shaped(dnsLabel)],
    ["spec.volumeClaimTemplates[*]", claimName],
    ...claimRules("spec.volumeClaimTemplates[*].spec"),
    ["spec.template.spec.restartPolicy", alwaysRestarts],
  ],
  DaemonSet: [
    own("empty selector is invalid for daemonset"),
    ...counts("spec.minReadySeconds", "spec.revisionHistoryLimit"),
    ["spec.updateStrategy.rollingUpdate", daemonUpdate],
    ["spec.template.spec.restartPolicy", alwaysRestarts],
  ],
  Job: [...counts(...JOB_COUNTS.map((name) => `spec.${name}`)), ["spec.template", runsToAnEnd]],
  CronJob: [
    ["spec.schedule", schedule],
    ["spec.timeZone", timeZone],
    ...counts("spec.startingDeadlineSeconds", "spec.successfulJobsHistoryLimit", "spec.failedJobsHistoryLimit"),
    ...counts(...JOB_COUNTS.map((name) => `spec.jobTemplate.spec.${name}`)),
    ["spec.jobTemplate.spec.template", runsToAnEnd],
  ],
};

/** Where a workload keeps its pod template; a Pod is one itself. */
export const TEMPLATES: Record<string, string> = {
  Deployment: "spec.template", ReplicaSet: "spec.template", StatefulSet: "spec.template", DaemonSet: "spec.template",
  Job: "spec.template", CronJob: "spec.jobTemplate.spec.template",
};
