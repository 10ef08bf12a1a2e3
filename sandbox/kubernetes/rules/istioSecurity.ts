import { fields, hasUnknown, isEmpty, list, text } from "../manifest.ts";
import { denied } from "./istioRoutes.ts";
import { portProblem } from "./istioSyntax.ts";
import type { Check, Rule } from "./rule.ts";

const NEVER = (action: string): string =>
  `${action} action without \`rules\` is meaningless as it will never be triggered, add an empty rule \`{}\` if you want it be triggered for every request`;

const action: Check = (value, report) => {
  const { action: given = "ALLOW", rules, provider } = fields(value);
  const say = denied(report);
  if ((given === "DENY" || given === "CUSTOM") && rules === undefined) say(NEVER(given));
  if (given === "CUSTOM" && rules !== undefined && isEmpty(fields(provider)["name"])) say("`provider.name` must not be empty", "provider");
  if (provider !== undefined && given !== "CUSTOM" && text(given) !== undefined) say(`\`provider\` must not be with non CUSTOM action, found ${given}`, "provider");
};

const holdsSomething = (value: unknown): boolean => hasUnknown(value) || Object.values(fields(value)).some((each) => list(each).length > 0);

const rules: Check = (value, report) => {
  const say = denied(report);
  list(value).map(fields).forEach(({ from, to, when }, index) => {
    if (Array.isArray(from) && from.length === 0) say(`\`from\` must not be empty, found at rule ${index}`, `[${index}].from`);
    if (Array.isArray(to) && to.length === 0) say(`\`to\` must not be empty, found at rule ${index}`, `[${index}].to`);
    list(from).map(fields).forEach(({ source }, at) => {
      if (source === undefined) say(`\`from.source\` must not be nil, found at rule ${index}`, `[${index}].from[${at}]`);
      else if (!holdsSomething(source)) say(`\`from.source\` must not be empty, found at rule ${index}`, `[${index}].from[${at}].source`);
    });
    list(to).map(fields).forEach(({ operation }, at) => {
      if (operation === undefined) say(`\`to.operation\` must not be nil, found at rule ${index}`, `[${index}].to[${at}]`);
      else if (!holdsSomething(operation)) say(`\`to.operation\` must not be empty, found at rule ${index}`, `[${index}].to[${at}].operation`);
    });
    list(when).map(fields).forEach(({ key, values, notValues }, at) => {
      if (list(values).length === 0 && list(notValues).length === 0 && !hasUnknown([values, notValues])) {
        say(`at least one of \`values\` or \`notValues\` must be set for key ${key}`, `[${index}].when[${at}]`);
      }
    });
  });
};

const ports: Check = (value, report) => {
  list(value).forEach((each, index) => {
    const known = text(each);
    if (known !== undefined && (!/^\d+$/.test(known) || portProblem(Number(known)) !== undefined)) denied(report)(`invalid port ${known}`, `[${index}]`);
  });
};

const portLevel: Check = (value, report, { spec }) => {
  if (value === undefined) return;
  const entries = Object.keys(fields(value));
  const selector = fields(fields(spec)["selector"])["matchLabels"];
  if (selector === undefined) denied(report)("mesh/namespace peer authentication cannot have port level mTLS");
  if (entries.length === 0) denied(report)("port level mTLS, if defined, must have at least one element");
  if (entries.some((port) => portProblem(Number(port)) !== undefined)) denied(report)("port must be in range 1..65535");
};

const jwtRule: Check = (value, report) => {
  const { issuer, jwksUri, audiences } = fields(value);
  if (isEmpty(issuer) && isEmpty(jwksUri)) denied(report)("issuer or jwksUri must be non-empty string");
  if (list(audiences).includes("")) denied(report)("audience must be non-empty string", "audiences");
};

const selectorLabels: Check = (value, report) => {
  for (const [key, label] of Object.entries(fields(value))) {
    if (key === "") denied(report)(`empty key is not supported in selector: ${JSON.stringify(`${key}=${label}`)}`);
    if (key.includes("*") || text(label)?.includes("*") === true) denied(report)(`wildcard is not supported in selector: ${JSON.stringify(`${key}=${label}`)}`);
  }
};
const selector: Rule = ["spec.selector.matchLabels", selectorLabels];

export const securityRules: Record<string, readonly Rule[]> = {
  AuthorizationPolicy: [
    selector,
    ["spec", action],
    ["spec.rules", rules],
    ["spec.rules[*].to[*].operation.ports", ports],
    ["spec.rules[*].to[*].operation.notPorts", ports],
  ],
  PeerAuthentication: [selector, ["spec.portLevelMtls", portLevel]],
  RequestAuthentication: [selector, ["spec.jwtRules[*]", jwtRule]],
};
