import { fields, hasUnknown, isEmpty, list, number, text } from "../manifest.ts";
import { hostProblem, subsetProblem } from "./istioSyntax.ts";
import { duration } from "./istioRoutes.ts";
import { denied } from "./istioWebhook.ts";
import type { Check, Rule } from "./rule.ts";

const POLICY_FIELDS = ["outlierDetection", "connectionPool", "loadBalancer", "tls", "portLevelSettings", "tunnel", "proxyProtocol", "retryBudget"];

const host: Check = (value, report) => {
  const wrong = hostProblem(text(value) ?? "unknown");
  if (wrong !== undefined) denied(report)(wrong);
};

const policy: Check = (value, report) => {
  if (value !== undefined && !POLICY_FIELDS.some((name) => fields(value)[name] !== undefined)) denied(report)("traffic policy must have at least one field");
};

const pool: Check = (value, report) => {
  const { http, tcp } = fields(value);
  if (value !== undefined && http === undefined && tcp === undefined) denied(report)("connection pool must have at least one field");
};

const outliers: Check = (value, report) => {
  const own = fields(value);
  for (const name of ["maxEjectionPercent", "minHealthPercent"]) {
    const share = number(own[name]);
    if (share !== undefined && (share < 0 || share > 100)) denied(report)(`percentage ${share} is not in range 0..100`, name);
  }
  if ((number(own["consecutiveLocalOriginFailures"]) ?? 0) > 0 && own["splitExternalLocalOriginErrors"] !== true && !hasUnknown(own["splitExternalLocalOriginErrors"])) {
    denied(report)("outlier detection consecutive local origin failures is specified, but split external local origin errors is set to false");
  }
};

const subsets: Check = (value, report) => {
  const seen = new Set<string>();
  list(value).forEach((each, index) => {
    const name = text(fields(each)["name"]);
    if (name === undefined) return;
    if (seen.has(name)) denied(report)(`duplicate subset names: ${name}`, `[${index}].name`);
    seen.add(name);
    const wrong = subsetProblem(name);
    if (wrong !== undefined) denied(report)(wrong, `[${index}].name`);
  });
};

const clientTls: Check = (value, report) => {
  const { mode, clientCertificate, privateKey, credentialName } = fields(value);
  if (mode !== "MUTUAL" || !isEmpty(credentialName)) return;
  if (isEmpty(clientCertificate)) denied(report)("client certificate required for mutual tls", "clientCertificate");
  if (isEmpty(privateKey)) denied(report)("private key required for mutual tls", "privateKey");
};

const policyRules = (path: string): Rule[] => [
  [path, policy],
  [`${path}.connectionPool`, pool],
  [`${path}.outlierDetection`, outliers],
  [`${path}.tls`, clientTls],
  [`${path}.outlierDetection.interval`, duration],
  [`${path}.outlierDetection.baseEjectionTime`, duration],
  [`${path}.connectionPool.tcp.connectTimeout`, duration],
];

export const destinationRules: readonly Rule[] = [
  ["spec.host", host],
  ["spec.subsets", subsets],
  ...policyRules("spec.trafficPolicy"),
  ...policyRules("spec.subsets[*].trafficPolicy"),
];
