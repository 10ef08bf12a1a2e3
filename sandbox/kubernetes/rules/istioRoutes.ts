import { fields, hasUnknown, list, number, text, type Fields } from "../manifest.ts";
import { fault, httpStatus, redirect, retries, retryOn, rewrite } from "./istioActions.ts";
import { denied } from "./istioWebhook.ts";
import { durationProblem, gatewayProblem, hostProblem, portProblem, subsetProblem } from "./istioSyntax.ts";
import type { Check, Rule } from "./rule.ts";

const has = (own: Fields, name: string): boolean => own[name] !== undefined && !(Array.isArray(own[name]) && list(own[name]).length === 0);

const hosts: Check = (value, report) => {
  const say = denied(report);
  const { hosts: given, gateways, http, tls, tcp } = fields(value);
  const names = list(given);
  if (names.length === 0 && !hasUnknown(given)) {
    for (const [part, word] of [["gateways", "gateways"], ["tls", "tls route"], ["tcp", "tcp route"]] as const) {
      if (has(fields(value), part)) say(`delegate virtual service must have no ${word} specified`, part);
    }
  }
  const isForMesh = list(gateways).length === 0 || (list(gateways).length > 0 && list(gateways).includes("mesh"));
  names.forEach((name, index) => {
    const known = text(name);
    if (known === undefined) return;
    const wrong = hostProblem(known);
    if (wrong !== undefined) say(wrong, `hosts[${index}]`);
    else if (known === "*" && isForMesh && !hasUnknown(gateways)) say("wildcard host * is not allowed for virtual services bound to the mesh gateway", `hosts[${index}]`);
    if (names.indexOf(name) < index) say(`duplicate hosts in virtual service: ${known} & ${known}`, `hosts[${index}]`);
  });
  if (![http, tls, tcp].some((part) => part !== undefined && (!Array.isArray(part) || part.length > 0))) say("http, tcp or tls must be provided in virtual service");
};

const gateway: Check = (value, report) => {
  const wrong = gatewayProblem(text(value) ?? "unknown");
  if (wrong !== undefined) denied(report)(wrong);
};

const CONFLICTS: [one: string, other: string, detail: string][] = [
  ["redirect", "route", "HTTP route cannot contain both route and redirect"],
  ["redirect", "fault", "HTTP route cannot contain both fault and redirect"],
  ["redirect", "rewrite", "HTTP route rule cannot contain both rewrite and redirect"],
  ["redirect", "directResponse", "HTTP route rule cannot contain both direct_response and redirect"],
  ["directResponse", "route", "HTTP route cannot contain both route and direct_response"],
  ["directResponse", "fault", "HTTP route cannot contain both fault and direct_response"],
  ["directResponse", "rewrite", "HTTP route rule cannot contain both rewrite and direct_response"],
  ["mirror", "mirrors", "HTTP route cannot contain both mirror and mirrors"],
];

const conflicts: Check = (value, report) => {
  const own = fields(value);
  const say = denied(report);
  if (own["delegate"] !== undefined) {
    for (const part of ["redirect", "route"]) if (has(own, part)) say(`root HTTP route ${text(own["name"]) ?? ""} must not specify ${part}`);
    return;
  }
  for (const [one, other, detail] of CONFLICTS) if (has(own, one) && has(own, other)) say(detail);
  if (!["redirect", "directResponse", "route"].some((part) => has(own, part))) say("HTTP route, redirect or direct_response is required");
};

/** Weights need not add up to 100: istiod only asks that they are not negative and not all zero, and splits by their shares. */
const weights: Check = (value, report) => {
  const routes = list(value).map(fields);
  const say = denied(report);
  routes.forEach(({ weight }, index) => {
    if ((number(weight) ?? 0) < 0) say(`weight ${weight} < 0`, `[${index}].weight`);
  });
  const total = routes.reduce((sum, { weight }) => sum + (number(weight) ?? 0), 0);
  if (routes.length > 1 && total === 0 && !hasUnknown(routes.map(({ weight }) => weight))) say("total destination weight = 0");
};

const destination: Check = (value, report) => {
  if (value === undefined) return;
  const { host, subset, port } = fields(value);
  const say = denied(report);
  const wrongHost = host === "*" ? "invalid destination host *" : hostProblem(text(host) ?? "unknown");
  if (wrongHost !== undefined) say(wrongHost, "host");
  const wrong = subsetProblem(text(subset));
  if (wrong !== undefined) say(wrong, "subset");
  const wrongPort = portProblem(port === undefined ? 1 : fields(port)["number"] ?? 0);
  if (wrongPort !== undefined) say(wrongPort, "port.number");
};

const percentage: Check = (value, report) => {
  const share = number(fields(value)["value"]);
  if (share !== undefined && share > 100) denied(report)(`mirror_percentage must have a max value of 100 (it has ${share.toFixed(6)})`);
  if (share !== undefined && share < 0) denied(report)(`mirror_percentage must have a min value of 0 (it has ${share.toFixed(6)})`);
};

export const duration: Check = (value, report) => {
  const problem = durationProblem(text(value));
  if (problem !== undefined) denied(report)(problem);
};

export const virtualServiceRules: readonly Rule[] = [
  ["spec", hosts],
  ["spec.gateways[*]", gateway],
  ["spec.http[*]", conflicts],
  ...["http", "tcp", "tls"].flatMap((part): Rule[] => [[`spec.${part}[*].route`, weights], [`spec.${part}[*].route[*].destination`, destination]]),
  ["spec.http[*].mirror", destination],
  ["spec.http[*].mirrors[*].destination", destination],
  ["spec.http[*].mirrorPercentage", percentage],
  ["spec.http[*].retries", retries],
  ["spec.http[*].redirect", redirect],
  ["spec.http[*].rewrite", rewrite],
  ["spec.http[*].fault", fault],
  ["spec.http[*].fault.abort.httpStatus", httpStatus],
  ["spec.http[*].directResponse.status", httpStatus],
  ["spec.http[*].retries.retryOn", retryOn],
  ["spec.http[*].timeout", duration],
  ["spec.http[*].retries.perTryTimeout", duration],
];
