import { fields, hasUnknown, isEmpty, list, number, text } from "../manifest.ts";
import { quantity } from "../quantity.ts";
import { forbidden, invalid, positive, required } from "../reasons.ts";
import { within, type Check, type Report, type Rule } from "./rule.ts";

const METRICS: Record<string, string> = { Resource: "resource", Pods: "pods", Object: "object", External: "external", ContainerResource: "containerResource" };
const ABOVE_ZERO = within(1, Infinity, "must be greater than zero");

const replicas: Check = (value, report) => {
  const { minReplicas, maxReplicas } = fields(value);
  const [least, most] = [number(minReplicas) ?? 1, number(maxReplicas)];
  if (least < 1) report(invalid(least, "must be greater than or equal to 1"), "minReplicas");
  if (most === undefined || hasUnknown(minReplicas)) return;
  if (most < 1) report(required("must be set and greater than 0"), "maxReplicas");
  if (most < least) report(invalid(most, "must be greater than or equal to `minReplicas`"), "maxReplicas");
};

const target: Check = (value, report) => {
  const { apiVersion, kind, name } = fields(value);
  if (text(name)?.includes("/") === true) report(invalid(name, "may not contain '/'"), "name");
  const parts = text(apiVersion ?? "")?.split("/").length;
  const isOfCore = parts === 1 && !(apiVersion === "v1" && kind === "ReplicationController");
  if (isEmpty(apiVersion) || isOfCore) report(invalid(apiVersion ?? "", "apiVersion must specify API group"), "apiVersion");
  else if (parts !== undefined && parts > 2) report(invalid(apiVersion, `unexpected GroupVersion string: ${apiVersion}`), "apiVersion");
};

/** A metric's target: one value, in the sense that its type names. */
function metricTarget(given: unknown, path: string, relative: boolean, report: Report): void {
  const { type, value, averageValue, averageUtilization } = fields(given);
  if (hasUnknown(given)) return;
  if (text(type) !== undefined && !["Utilization", "Value", "AverageValue"].includes(String(type))) report(invalid(type, "must be either Utilization, Value, or AverageValue"), `${path}.type`);
  if (typeof averageUtilization === "number" && averageUtilization < 1) report(invalid(averageUtilization, positive), `${path}.averageUtilization`);
  if ((quantity(averageValue) ?? 1) <= 0) report(invalid(String(averageValue), "must be positive"), `${path}.averageValue`);
  if ((quantity(value) ?? 1) <= 0) report(invalid(String(value), "must be positive"), `${path}.value`);
  if (!relative) return;
  if (isEmpty(averageUtilization) && isEmpty(averageValue)) report(required("must set either a target raw value or a target utilization"), `${path}.averageUtilization`);
  if (!isEmpty(averageUtilization) && !isEmpty(averageValue)) report(forbidden("may not set both a target raw value and a target utilization"), `${path}.averageValue`);
}

const metric: Check = (value, report) => {
  const own = fields(value);
  const part = METRICS[String(own["type"])];
  if (part === undefined || hasUnknown(own["type"])) return;
  const source = own[part];
  if (source === undefined) return report(required("must populate information for the given metric source"), part);
  const { name, metric: identifier, target: given } = fields(source);
  const relative = part === "resource" || part === "containerResource";
  if (relative && isEmpty(name)) report(required("must specify a resource name"), `${part}.name`);
  if (!relative && isEmpty(fields(identifier)["name"])) report(required("must specify a metric name"), `${part}.metric.name`);
  if (part === "pods" && isEmpty(fields(given)["averageValue"])) report(required("must specify a positive target averageValue"), "pods.target.averageValue");
  metricTarget(given, `${part}.target`, relative, report);
  for (const other of Object.values(METRICS)) {
    if (other !== part && own[other] !== undefined) report(forbidden("must populate the given metric source only"), other);
  }
};

const policies: Check = (value, report) => {
  if (Array.isArray(value) && list(value).length === 0) report(required("must specify at least one Policy"));
};

const behaviour = (way: string): Rule[] => [
  [`spec.behavior.${way}.policies`, policies],
  [`spec.behavior.${way}.stabilizationWindowSeconds`, within(-Infinity, 3600, "must be less than or equal to 3600")],
  [`spec.behavior.${way}.stabilizationWindowSeconds`, within(0, Infinity, "must be greater than or equal to zero")],
  [`spec.behavior.${way}.policies[*].value`, ABOVE_ZERO],
  [`spec.behavior.${way}.policies[*].periodSeconds`, ABOVE_ZERO],
  [`spec.behavior.${way}.policies[*].periodSeconds`, within(-Infinity, 1800, "must be less than or equal to 1800")],
];

export const autoscalingRules: readonly Rule[] = [
  ["spec", replicas],
  ["spec.scaleTargetRef", target],
  ["spec.metrics[*]", metric],
  ...behaviour("scaleUp"),
  ...behaviour("scaleDown"),
];
