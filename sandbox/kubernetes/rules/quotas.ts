import { fields, isEmpty, text } from "../manifest.ts";
import { quantity } from "../quantity.ts";
import { duplicate, forbidden, invalid, notNegative } from "../reasons.ts";
import { qualifiedName } from "../syntax.ts";
import { resourceName } from "./resources.ts";
import { unique, type Check, type Report, type Rule } from "./rule.ts";
import { selector } from "./selectors.ts";
import { countOrPercent } from "./workloads.ts";

const COUNTED = new Set([
  "pods", "services", "replicationcontrollers", "resourcequotas", "secrets", "configmaps", "persistentvolumeclaims", "services.nodeports", "services.loadbalancers",
]);
const MEASURED = new Set(["cpu", "memory", "ephemeral-storage", "storage"]);
const isQuotaName = (name: string): boolean =>
  COUNTED.has(name) || MEASURED.has(name.replace(/^(requests|limits)\./, "")) || /^(requests\.)?hugepages-/.test(name);

const hard: Check = (value, report) => {
  for (const [name, amount] of Object.entries(fields(value))) {
    for (const reason of resourceName(name, isQuotaName, "quota")) report(reason, `[${name}]`);
    const number = quantity(amount);
    if (number !== undefined && number < 0) report(invalid(String(amount), notNegative), `[${name}]`);
    if (number !== undefined && COUNTED.has(name) && !Number.isInteger(number)) report(invalid(`${number * 1000}m`, "must be an integer"), `[${name}]`);
  }
};

const isLimitName = (name: string): boolean => MEASURED.has(name) || name.startsWith("hugepages-");
const LIMIT_TYPES = new Set(["Pod", "Container", "PersistentVolumeClaim"]);
/** Each pair in order: the first may not be above the second. `shown` is the value that the server prints. */
const ORDERED: [low: string, high: string, below: string, words: [string, string]][] = [
  ["min", "max", "min", ["min", "max"]],
  ["min", "defaultRequest", "defaultRequest", ["min", "default request"]],
  ["defaultRequest", "max", "defaultRequest", ["default request", "max"]],
  ["defaultRequest", "default", "defaultRequest", ["default request", "default limit"]],
  ["min", "default", "default", ["min", "default"]],
  ["default", "max", "default", ["default", "max"]],
];

function ordered(own: Record<string, unknown>, report: Report): void {
  for (const [low, high, below, [lowWord, highWord]] of ORDERED) {
    for (const [name, amount] of Object.entries(fields(own[low]))) {
      const other = fields(own[high])[name];
      const [least, most] = [quantity(amount), quantity(other)];
      if (least === undefined || most === undefined || least <= most) continue;
      const shown = below === "default" ? other : amount;
      const detail = `${lowWord} value ${amount} is greater than ${highWord} value ${other}`;
      report(invalid(String(shown), detail), `${below}[${name}]`);
    }
  }
}

const limit: Check = (value, report) => {
  const own = fields(value);
  const type = isEmpty(own["type"]) ? "" : text(own["type"]);
  if (type === undefined) return;
  const form = qualifiedName(type).map((detail) => invalid(type, detail));
  const named = form.length > 0 || type.includes("/") || LIMIT_TYPES.has(type) ? form : [invalid(type, "must be a standard limit type or fully qualified")];
  for (const reason of named) report(reason, "type");
  for (const part of ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"]) {
    for (const name of Object.keys(fields(own[part]))) for (const reason of resourceName(name, isLimitName, "containers")) report(reason, `${part}[${name}]`);
  }
  if (type === "Pod") {
    for (const part of ["default", "defaultRequest"]) if (own[part] !== undefined) report(forbidden("may not be specified when `type` is 'Pod'"), part);
  } else ordered(own, report);
};

const disruption: Check = (value, report) => {
  const { minAvailable, maxUnavailable } = fields(value);
  if (minAvailable !== undefined && maxUnavailable !== undefined) report(invalid(value, "minAvailable and maxUnavailable cannot be both set"));
};

export const quotaRules: Record<string, readonly Rule[]> = {
  ResourceQuota: [["spec.hard", hard]],
  LimitRange: [["spec.limits", unique("type", duplicate)], ["spec.limits[*]", limit]],
  PodDisruptionBudget: [
    ["spec", disruption],
    ["spec.minAvailable", countOrPercent],
    ["spec.maxUnavailable", countOrPercent],
    ["spec.selector", selector],
  ],
};
