import { fields, hasUnknown, isEmpty, list, text } from "../manifest.ts";
import { invalid, required } from "../reasons.ts";
import { qualifiedName } from "../syntax.ts";
import { within, type Check, type Rule } from "./rule.ts";
import { selector } from "./selectors.ts";

const TERMS = ["podAffinity", "podAntiAffinity"].flatMap((kind) => [
  `affinity.${kind}.requiredDuringSchedulingIgnoredDuringExecution[*]`,
  `affinity.${kind}.preferredDuringSchedulingIgnoredDuringExecution[*].podAffinityTerm`,
]);
const WEIGHTS = ["nodeAffinity", "podAffinity", "podAntiAffinity"].map((kind) => `affinity.${kind}.preferredDuringSchedulingIgnoredDuringExecution[*].weight`);

const term: Check = (value, report) => {
  if (value === undefined) return;
  const key = fields(value)["topologyKey"] ?? "";
  if (key === "") report(required("can not be empty"), "topologyKey");
  for (const detail of qualifiedName(text(key) ?? "unknown")) report(invalid(key, detail), "topologyKey");
};

const toleration: Check = (value, report) => {
  const { key, operator, effect, value: wanted, tolerationSeconds } = fields(value);
  if (isEmpty(key) && operator !== "Exists" && !hasUnknown([key, operator])) {
    report(invalid(operator ?? "", 'operator must be Exists when `key` is empty, which means "match all values and all keys"'), "operator");
  }
  if (operator === "Exists" && !isEmpty(wanted)) report(invalid(wanted, "value must be empty when `operator` is 'Exists'"), "operator");
  if (tolerationSeconds !== undefined && effect !== "NoExecute" && !hasUnknown(effect)) report(invalid(effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"), "effect");
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

const aboveZero = within(1, Infinity, "must be greater than zero");

/** Where a pod may run, below its spec. */
export const schedulingRules: readonly Rule[] = [
  ["tolerations[*]", toleration],
  ["affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution", nodeTerms],
  ["topologySpreadConstraints[*]", spread],
  ["topologySpreadConstraints[*].maxSkew", aboveZero],
  ["topologySpreadConstraints[*].minDomains", aboveZero],
  ["topologySpreadConstraints[*].topologyKey", (value, report) => isEmpty(value) && report(required("can not be empty"))],
  ["topologySpreadConstraints[*].labelSelector", selector],
  ...TERMS.flatMap((path): Rule[] => [[path, term], [`${path}.labelSelector`, selector]]),
  ...WEIGHTS.map((weight): Rule => [weight, within(1, 100, "must be in the range 1-100")]),
];
