import { fields, group, hasUnknown, isEmpty, list, text } from "../manifest.ts";
import { forbidden, invalid } from "../reasons.ts";
import { qualifiedName } from "../syntax.ts";
import { alertmanagerRules } from "./alertmanager.ts";
import { autoscalingRules } from "./autoscaling.ts";
import { claimRules } from "./claims.ts";
import { configurationRules } from "./configuration.ts";
import { securityRules } from "./istioSecurity.ts";
import { destinationRules } from "./istioDestinations.ts";
import { gatewayRules } from "./istioGateways.ts";
import { virtualServiceRules } from "./istioRoutes.ts";
import { denied } from "./istioWebhook.ts";
import { networkRules } from "./network.ts";
import { quotaRules } from "./quotas.ts";
import { rbacRules } from "./rbac.ts";
import type { Check, Rule } from "./rule.ts";
import { serviceRules } from "./services.ts";
import { workloadRules } from "./workloads.ts";

const provisioner: Check = (value, report) => {
  for (const detail of isEmpty(value) ? [] : qualifiedName((text(value) ?? "unknown").toLowerCase())) report(invalid(String(value).toLowerCase(), detail));
};
const systemName: Check = (value, report) => {
  if (typeof value === "string" && /^system-(?!node-critical$|cluster-critical$)/.test(value)) {
    report(forbidden(`priority class names with 'system-' prefix are reserved for system use only. error: ${value} is not a known system priority class`));
  }
};
const crdName: Check = (value, report, { spec, metadata }) => {
  const { group: own, names } = fields(spec);
  const expected = `${fields(names)["plural"]}.${own}`;
  if (!hasUnknown(spec) && metadata.name !== undefined && metadata.name !== expected) report(invalid(value, 'must be spec.names.plural+"."+spec.group'));
};
const crdVersions: Check = (value, report) => {
  if (list(value).length > 0 && list(value).filter((version) => fields(version)["storage"] === true).length !== 1) {
    report(invalid(value, "must have exactly one version marked as storage version"));
  }
};

const BUILT_IN: Record<string, readonly Rule[]> = {
  ...workloadRules,
  ...configurationRules,
  ...networkRules,
  ...quotaRules,
  ...rbacRules,
  Service: serviceRules,
  HorizontalPodAutoscaler: autoscalingRules,
  PersistentVolumeClaim: claimRules("spec"),
  StorageClass: [["provisioner", provisioner]],
  PriorityClass: [["metadata.name", systemName]],
  CustomResourceDefinition: [["metadata.name", crdName], ["spec.versions", crdVersions]],
};
/** A Sidecar that says nothing. */
const emptySidecar: Check = (value, report) => {
  const parts = ["egress", "ingress", "outboundTrafficPolicy", "inboundConnectionPool"];
  if (!parts.some((part) => fields(value)[part] !== undefined)) denied(report)("sidecar: empty configuration provided");
};

const ISTIO: Record<string, readonly Rule[]> = { VirtualService: virtualServiceRules, DestinationRule: destinationRules, Gateway: gatewayRules, ...securityRules, Sidecar: [["spec", emptySidecar]] };

const OPERATOR: Record<string, readonly Rule[]> = { AlertmanagerConfig: alertmanagerRules };

/** What a kind must keep beyond its schema. */
export function rulesOf(apiVersion: string, kind: string): readonly Rule[] {
  const own = group(apiVersion);
  if (own === "monitoring.coreos.com") return OPERATOR[kind] ?? [];
  return (own.endsWith("istio.io") ? ISTIO[kind] : own.includes(".") && !own.endsWith(".k8s.io") ? undefined : BUILT_IN[kind]) ?? [];
}
