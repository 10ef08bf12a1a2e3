import { fields, hasUnknown, isEmpty, list, text } from "../manifest.ts";
import { invalid, required, unsupported } from "../reasons.ts";
import { dnsSubdomain } from "../syntax.ts";
import type { Check, Rule } from "./rule.ts";

const GROUP = "rbac.authorization.k8s.io";

const policyRule = (isNamespaced: boolean): Check => (value, report) => {
  if (hasUnknown(value)) return;
  const { verbs, apiGroups, resources, nonResourceURLs } = fields(value);
  if (list(verbs).length === 0) report(required("verbs must contain at least one value"), "verbs");
  if (list(nonResourceURLs).length > 0) {
    if (isNamespaced) report(invalid(nonResourceURLs, "namespaced rules cannot apply to non-resource URLs"), "nonResourceURLs");
    else if (list(apiGroups).length > 0 || list(resources).length > 0) report(invalid(nonResourceURLs, "rules cannot apply to both regular resources and non-resource URLs"), "nonResourceURLs");
    return;
  }
  if (list(apiGroups).length === 0) report(required("resource rules must supply at least one api group"), "apiGroups");
  if (list(resources).length === 0) report(required("resource rules must supply at least one resource"), "resources");
};

const roleRef = (kinds: string[]): Check => (value, report) => {
  const { apiGroup, kind = "", name } = fields(value);
  if (!isEmpty(text(apiGroup)) && apiGroup !== GROUP) report(unsupported(apiGroup, [GROUP]), "apiGroup");
  if (text(kind) !== undefined && !kinds.includes(String(kind))) report(unsupported(kind, kinds), "kind");
  if (isEmpty(name)) report(required(), "name");
};

const SUBJECT_GROUPS: Record<string, string> = { ServiceAccount: "", User: GROUP, Group: GROUP };

const subject = (isNamespaced: boolean): Check => (value, report) => {
  const { kind, name, namespace, apiGroup } = fields(value);
  const expected = SUBJECT_GROUPS[String(kind)];
  if (isEmpty(name)) report(required(), "name");
  if (expected === undefined) {
    if (text(kind ?? "") !== undefined) report(unsupported(kind ?? "", Object.keys(SUBJECT_GROUPS)), "kind");
    return;
  }
  if (text(apiGroup) !== undefined && apiGroup !== expected) report(unsupported(apiGroup, [expected]), "apiGroup");
  if (kind !== "ServiceAccount") return;
  for (const detail of isEmpty(name) ? [] : dnsSubdomain(text(name) ?? "x")) report(invalid(name, detail), "name");
  if (!isNamespaced && isEmpty(namespace)) report(required(), "namespace");
};

const bindingRules = (isNamespaced: boolean): Rule[] => [
  ["roleRef", roleRef(isNamespaced ? ["Role", "ClusterRole"] : ["ClusterRole"])],
  ["subjects[*]", subject(isNamespaced)],
];

export const rbacRules: Record<string, readonly Rule[]> = {
  Role: [["rules[*]", policyRule(true)]],
  ClusterRole: [["rules[*]", policyRule(false)]],
  RoleBinding: bindingRules(true),
  ClusterRoleBinding: bindingRules(false),
};
