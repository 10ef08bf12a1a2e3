import { isFields, text, type Manifest, type Problem } from "../manifest.ts";
import { invalid, required } from "../reasons.ts";
import { dnsLabel, dnsSubdomain, isIpAddress, qualifiedName } from "../syntax.ts";
import { containerRules, userId } from "./containers.ts";
import { CONTAINER_LISTS, sleeps, wiring } from "./podWiring.ts";
import { apply, present, shaped, type Check, type Rule } from "./rule.ts";
import { schedulingRules } from "./scheduling.ts";
import { labels } from "./selectors.ts";
import { volumeRules } from "./volumes.ts";

const SYSCTL = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;
const named: Check = (value, report) => {
  for (const detail of qualifiedName(text(value ?? "") ?? "unknown")) report(invalid(value ?? "", detail));
};

const sysctl: Check = (value, report) => {
  const known = text(value);
  if (known !== undefined && !SYSCTL.test(known)) report(invalid(known, "must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$"));
};

const hostAlias: Check = (value, report) => {
  const known = text(value);
  if (known !== undefined && !isIpAddress(known)) report(invalid(known, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
};

const podRules: readonly Rule[] = [
  ["containers", present(required())],
  ["", wiring],
  ["", sleeps],
  ["serviceAccountName", shaped(dnsSubdomain)],
  ["hostname", shaped(dnsLabel)],
  ["subdomain", shaped(dnsLabel)],
  ["priorityClassName", shaped(dnsSubdomain)],
  ["nodeSelector", labels],
  ["securityContext.runAsUser", userId],
  ["securityContext.runAsGroup", userId],
  ["securityContext.fsGroup", userId],
  ["securityContext.supplementalGroups[*]", userId],
  ["securityContext.sysctls[*].name", sysctl],
  ["hostAliases[*].ip", hostAlias],
  ["readinessGates[*].conditionType", named],
  ...schedulingRules,
  ...volumeRules,
  ...CONTAINER_LISTS.flatMap((part) => containerRules.map(([pattern, check]): Rule => [`${part}[*].${pattern}`, check])),
];

/** A pod's spec, wherever it stands. `below` is its path in the manifest. */
export function judgePod(root: Manifest, spec: unknown, below: string): Problem[] {
  return spec === undefined || isFields(spec) ? apply(podRules, root, spec ?? {}, below) : [];
}
