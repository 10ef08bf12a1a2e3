import { fields, hasUnknown, isEmpty, list, text } from "../manifest.ts";
import { duplicate, forbidden, invalid, portRange, required } from "../reasons.ts";
import { dnsLabel, dnsSubdomain, isCidr, isIpAddress, portName } from "../syntax.ts";
import { shaped, unique, within, type Check, type Leaf, type Rule } from "./rule.ts";
import { labels } from "./selectors.ts";

const PORT = within(1, 65535, portRange);
const IP_FORM = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
const SESSION_MOST = 86_400;

const ports: Check = (value, report) => {
  const { ports: given, type, clusterIP } = fields(value);
  const needed = type !== "ExternalName" && clusterIP !== "None" && !hasUnknown([type, clusterIP, given]);
  if (needed && list(given).length === 0) report(required(), "ports");
  if (list(given).length < 2) return;
  list(given).map(fields).forEach(({ name }, index) => {
    if (isEmpty(name)) report(required(), `ports[${index}].name`);
  });
};

const targetPort: Leaf = (value, report) => {
  if (typeof value === "number") PORT(value, report);
  else shaped(portName)(value, report);
};

/** A port without a target is its own target, so a bad one is said of both. */
const ownTarget: Leaf = (value, report) => {
  const { port, targetPort: target } = fields(value);
  if (isEmpty(target)) PORT(port, (reason) => report(reason, "targetPort"));
};

const address: Leaf = (value, report) => {
  const known = text(value);
  if (known !== undefined && known !== "" && known !== "None" && !isIpAddress(known)) report(invalid(known, IP_FORM));
};
const range: Check = (value, report) => {
  const known = text(value);
  if (known !== undefined && !isCidr(known)) report(invalid(known, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"));
};

const EXTERNAL = new Set(["NodePort", "LoadBalancer"]);
const onlyBalanced = (field: string): Rule => ["spec", (value, report) => {
  if (fields(value)[field] !== undefined && (text(fields(value)["type"]) ?? "ClusterIP") !== "LoadBalancer") report(forbidden("may only be used when `type` is 'LoadBalancer'"), field);
}];

const byType: Check = (value, report) => {
  const { type = "ClusterIP", externalName, externalTrafficPolicy, healthCheckNodePort, ports: given, clusterIP } = fields(value);
  if (type === "ExternalName" && isEmpty(externalName)) report(required(), "externalName");
  if (externalTrafficPolicy !== undefined && text(type) !== undefined && !EXTERNAL.has(String(type))) {
    report(invalid(externalTrafficPolicy, "may only be set for externally-accessible services"), "externalTrafficPolicy");
  }
  if (typeof healthCheckNodePort === "number" && (type !== "LoadBalancer" || externalTrafficPolicy !== "Local")) {
    report(invalid(healthCheckNodePort, "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"), "healthCheckNodePort");
  }
  if (clusterIP === "None" && EXTERNAL.has(String(type))) report(invalid("None", `may not be set to 'None' for ${type} services`), "clusterIPs[0]");
  list(given).map(fields).forEach(({ nodePort }, index) => {
    if (typeof nodePort === "number" && nodePort !== 0 && type === "ClusterIP") report(forbidden("may not be used when `type` is 'ClusterIP'"), `ports[${index}].nodePort`);
  });
};

const affinity: Check = (value, report) => {
  const { sessionAffinity, sessionAffinityConfig } = fields(value);
  const seconds = fields(fields(sessionAffinityConfig)["clientIP"])["timeoutSeconds"];
  if (typeof seconds === "number" && (seconds <= 0 || seconds > SESSION_MOST)) report(invalid(seconds, "must be greater than 0 and less than 86400"), "sessionAffinityConfig.clientIP.timeoutSeconds");
  if (sessionAffinityConfig !== undefined && sessionAffinity !== "ClientIP" && text(sessionAffinity ?? "None") !== undefined) {
    report(forbidden('must not be set when session affinity is "None"'), "sessionAffinityConfig");
  }
};

export const serviceRules: readonly Rule[] = [
  ["spec", ports],
  ["spec", byType],
  ["spec", affinity],
  ["spec.ports[*].name", shaped(dnsLabel)],
  ["spec.ports", unique("name", duplicate)],
  ["spec.ports[*].port", PORT],
  ["spec.ports[*].targetPort", targetPort],
  ["spec.ports[*]", ownTarget],
  ["spec.ports[*].nodePort", within(0, 65535, portRange)],
  ["spec.selector", labels],
  ["spec", (value, report) => address(fields(value)["clusterIP"], (reason) => report(reason, "clusterIPs[0]"))],
  ["spec.externalIPs[*]", address],
  ["spec.loadBalancerSourceRanges[*]", range],
  ["spec.externalName", shaped(dnsSubdomain)],
  ...["allocateLoadBalancerNodePorts", "loadBalancerClass", "loadBalancerSourceRanges"].map(onlyBalanced),
];
