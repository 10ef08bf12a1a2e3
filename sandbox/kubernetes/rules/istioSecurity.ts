import { fields, hasUnknown, isEmpty, list, text, type Manifest } from "../manifest.ts";
import { denied, type Say } from "./istioWebhook.ts";
import { portProblem } from "./istioSyntax.ts";
import type { Check, Report, Rule } from "./rule.ts";

const NEVER = (action: string): string =>
  `${action} action without \`rules\` is meaningless as it will never be triggered, add an empty rule \`{}\` if you want it be triggered for every request`;

/** istiod names the policy in its answers about one. */
const ofPolicy = (report: Report, { name, namespace }: Manifest["metadata"]): Say => (detail, below) => denied(report)(`invalid policy ${name}.${namespace ?? "default"}: ${detail}`, below);

const action: Check = (value, report, { metadata }) => {
  const { action: given = "ALLOW", rules, provider } = fields(value);
  const say = ofPolicy(report, metadata);
  if ((given === "DENY" || given === "CUSTOM") && rules === undefined) say(NEVER(given));
  if (given === "CUSTOM" && rules !== undefined && isEmpty(fields(provider)["name"])) say("`provider.name` must not be empty", "provider");
  if (provider !== undefined && given !== "CUSTOM" && text(given) !== undefined) say(`\`provider\` must not be with non CUSTOM action, found ${given}`, "provider");
};

const holdsSomething = (value: unknown): boolean => hasUnknown(value) || Object.values(fields(value)).some((each) => list(each).length > 0);

const rules: Check = (value, report, { metadata }) => {
  const say = ofPolicy(report, metadata);
  list(value).map(fields).forEach(({ from, to, when }, index) => {
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

const ports: Check = (value, report, { metadata }) => {
  const say = ofPolicy(report, metadata);
  list(value).forEach((each, index) => {
    const known = text(each);
    if (known !== undefined && (!/^\d+$/.test(known) || portProblem(Number(known)) !== undefined)) say(`bad port (${known}): strconv.ParseUint: parsing ${JSON.stringify(known)}: invalid syntax`, `[${index}]`);
  });
};

const portLevel: Check = (value, report) => {
  const { portLevelMtls, selector } = fields(value);
  if (portLevelMtls !== undefined && Object.keys(fields(fields(selector)["matchLabels"])).length === 0 && !hasUnknown(selector)) report("Invalid value: portLevelMtls requires selector");
};

const jwtRule: Check = (value, report) => {
  const { issuer, jwksUri, audiences } = fields(value);
  if (isEmpty(issuer) && isEmpty(jwksUri)) denied(report)("issuer or jwksUri must be non-empty string");
  if (list(audiences).includes("")) denied(report)("audience must be non-empty string", "audiences");
};

export const securityRules: Record<string, readonly Rule[]> = {
  AuthorizationPolicy: [
    ["spec", action],
    ["spec.rules", rules],
    ["spec.rules[*].to[*].operation.ports", ports],
    ["spec.rules[*].to[*].operation.notPorts", ports],
  ],
  PeerAuthentication: [["spec", portLevel]],
  RequestAuthentication: [["spec.jwtRules[*]", jwtRule]],
};
