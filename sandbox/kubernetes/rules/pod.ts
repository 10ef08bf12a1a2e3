import { fields, hasUnknown, isEmpty, isFields, list, number, text, type Manifest, type Problem } from "../manifest.ts";
import { duplicate, forbidden, invalid, notFound, required } from "../reasons.ts";
import { at } from "../select.ts";
import { dnsLabel, dnsSubdomain, isIpAddress, qualifiedName } from "../syntax.ts";
import { containerRules, userId } from "./containers.ts";
import { apply, present, shaped, within, type Check, type Leaf, type Rule } from "./rule.ts";
import { labels, selector } from "./selectors.ts";
import { volumeRules } from "./volumes.ts";

export const CONTAINER_LISTS = ["initContainers", "containers"];
const SYSCTL = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;
const TERMS = ["podAffinity", "podAntiAffinity"].flatMap((kind) => [
  `affinity.${kind}.requiredDuringSchedulingIgnoredDuringExecution[*]`,
  `affinity.${kind}.preferredDuringSchedulingIgnoredDuringExecution[*].podAffinityTerm`,
]);
const WEIGHTS = ["nodeAffinity", "podAffinity", "podAntiAffinity"].map((kind) => `affinity.${kind}.preferredDuringSchedulingIgnoredDuringExecution[*].weight`);

/** Mounts name a volume of the pod, and no two containers share a name. */
const wiring: Check = (value, report) => {
  const spec = fields(value);
  const volumes = new Set(list(spec["volumes"]).map((volume) => fields(volume)["name"]));
  const unknownVolumes = hasUnknown([...volumes]) || (spec["volumes"] !== undefined && !Array.isArray(spec["volumes"]));
  const names = new Set(list(spec["containers"]).map((container) => text(fields(container)["name"])));
  for (const part of CONTAINER_LISTS) {
    list(spec[part]).map(fields).forEach(({ name, volumeMounts, restartPolicy, readinessProbe, livenessProbe, startupProbe }, index) => {
      if (part === "initContainers") {
        if (text(name) !== undefined && names.has(text(name))) report(duplicate(name), `${part}[${index}].name`);
        for (const [probe, given] of Object.entries({ livenessProbe, readinessProbe, startupProbe })) {
          if (given !== undefined && restartPolicy !== "Always" && !hasUnknown(restartPolicy)) report(forbidden("may not be set for init containers without restartPolicy=Always"), `${part}[${index}].${probe}`);
        }
      }
      list(volumeMounts).map(fields).forEach((mount, at) => {
        if (text(mount["name"]) !== undefined && !unknownVolumes && !volumes.has(mount["name"])) report(notFound(mount["name"]), `${part}[${index}].volumeMounts[${at}].name`);
      });
    });
  }
};

const topologyKey: Leaf = (value, report) => {
  if (isEmpty(value)) report(required("can not be empty"));
  for (const detail of qualifiedName(text(value ?? "") ?? "unknown")) report(invalid(value ?? "", detail));
};

/** A container may not sleep longer than its pod has to end. */
const sleeps: Check = (value, report) => {
  const { terminationGracePeriodSeconds = 30, containers } = fields(value);
  const grace = number(terminationGracePeriodSeconds);
  list(containers).forEach((container, index) => {
    for (const handler of ["preStop", "postStart"]) {
      const seconds = number(at(container, `lifecycle.${handler}.sleep.seconds`));
      if (seconds !== undefined && grace !== undefined && (seconds < 0 || seconds > grace)) {
        report(invalid(seconds, `must be non-negative and less than terminationGracePeriodSeconds (${grace})`), `containers[${index}].lifecycle.${handler}.sleep.seconds`);
      }
    }
  });
};

const toleration: Check = (value, report) => {
  const { key, operator, effect, value: wanted, tolerationSeconds } = fields(value);
  if (isEmpty(key) && operator !== "Exists" && !hasUnknown([key, operator])) {
    report(invalid(operator ?? "", 'operator must be Exists when `key` is empty, which means "match all values and all keys"'), "operator");
  }
  if (operator === "Exists" && !isEmpty(wanted)) report(invalid(wanted, "value must be empty when `operator` is 'Exists'"), "operator");
  if (tolerationSeconds !== undefined && effect !== "NoExecute" && !hasUnknown(effect)) report(invalid(effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"), "effect");
};

const named: Check = (value, report) => {
  for (const detail of qualifiedName(text(value ?? "") ?? "unknown")) report(invalid(value ?? "", detail));
};

const nodeTerms: Check = (value, report) => {
  if (value !== undefined && list(fields(value)["nodeSelectorTerms"]).length === 0 && !hasUnknown(value)) report(required("must have at least one node selector term"), "nodeSelectorTerms");
};

const spread: Check = (value, report) => {
  const { minDomains, whenUnsatisfiable } = fields(value);
  if (minDomains !== undefined && text(whenUnsatisfiable) !== undefined && whenUnsatisfiable !== "DoNotSchedule") {
    report(invalid(minDomains, `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`), "minDomains");
  }
};

const sysctl: Check = (value, report) => {
  const known = text(value);
  if (known !== undefined && !SYSCTL.test(known)) report(invalid(known, "must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$"));
};

const hostAlias: Check = (value, report) => {
  const known = text(value);
  if (known !== undefined && !isIpAddress(known)) report(invalid(known, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
};

const aboveZero = within(1, Infinity, "must be greater than zero");

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
  ["tolerations[*]", toleration],
  ["hostAliases[*].ip", hostAlias],
  ["readinessGates[*].conditionType", named],
  ["affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution", nodeTerms],
  ["topologySpreadConstraints[*]", spread],
  ["topologySpreadConstraints[*].maxSkew", aboveZero],
  ["topologySpreadConstraints[*].minDomains", aboveZero],
  ["topologySpreadConstraints[*].topologyKey", (value, report) => isEmpty(value) && report(required("can not be empty"))],
  ["topologySpreadConstraints[*].labelSelector", selector],
  ...TERMS.flatMap((term): Rule[] => [[term, (value, report) => value !== undefined && topologyKey(fields(value)["topologyKey"], (reason) => report(reason, "topologyKey"))], [`${term}.labelSelector`, selector]]),
  ...WEIGHTS.map((weight): Rule => [weight, within(1, 100, "must be in the range 1-100")]),
  ...volumeRules,
  ...CONTAINER_LISTS.flatMap((part) => containerRules.map(([pattern, check]): Rule => [`${part}[*].${pattern}`, check])),
];

/** A pod's spec, wherever it stands. `below` is its path in the manifest. */
export function judgePod(root: Manifest, spec: unknown, below: string): Problem[] {
  return spec === undefined || isFields(spec) ? apply(podRules, root, spec ?? {}, below) : [];
}
