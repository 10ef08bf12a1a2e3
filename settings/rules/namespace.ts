import { receiversMatch } from "./namespace-alerts.ts";
import { callersReach, meshNeeded } from "./namespace-services.ts";
import { containerDefaults, containerMax, minimumFits, quotaOrder } from "./namespace-bounds.ts";
import { pathText } from "../problem.ts";
import type { Rule } from "./rule.ts";

const CLUSTERS_OWN = /^(default|kube-.*)$/;
const GUARDS: readonly { key: RegExp; setting: string }[] = [
  { key: /^pod-security\.kubernetes\.io\//, setting: "podSecurity" },
  { key: /^(istio-injection|istio\.io\/rev)$/, setting: "mesh" },
  { key: /^kubernetes\.io\/metadata\.name$/, setting: "the entry's name" },
];

/** The cluster's own namespaces are there before any stack. */
export const namesFree: Rule = ({ declared }) => [...declared.namespaces]
  .filter((name) => CLUSTERS_OWN.test(name))
  .map((name) => ({ path: pathText(["namespaces", name]), wrong: "is a namespace of the cluster itself", todo: "choose another name" }));

/** A label that guards the namespace has a setting of its own, which would win without a word. */
export const labelsFree: Rule = ({ namespaces }) => Object.entries(namespaces).flatMap(([name, { labels }]) =>
  Object.keys(labels).flatMap((label) => GUARDS.filter(({ key }) => key.test(label)).map(({ setting }) => ({
    path: pathText(["namespaces", name, "labels", label]),
    wrong: `is decided by ${setting}`,
    got: labels[label],
    todo: "remove it here",
  }))));

/** What is checked over namespaces and the services in them. */
export const namespaceRules: readonly Rule[] = [
  namesFree, labelsFree, quotaOrder, containerDefaults, containerMax, minimumFits, meshNeeded, callersReach, receiversMatch,
];
