import { fields, list, text, type Manifest } from "./manifest.ts";
import type { Lookup } from "./references.ts";
import { at, select } from "./select.ts";

/** Labels of which Flagger takes the first that a Deployment's selector has: its flag -selector-labels. */
const SELECTOR_LABELS = ["app", "name", "app.kubernetes.io/name"];

const VERSIONS: Record<string, string> = { Deployment: "apps/v1", DaemonSet: "apps/v1", Service: "v1", HorizontalPodAutoscaler: "autoscaling/v2", ScaledObject: "keda.sh/v1alpha1" };

/** Why Flagger would not work with an object that the API server takes: it says so in its log and an event alone. */
export function flaggerTrouble(manifest: Manifest, namespace: string, lookup: Lookup): string[] {
  switch (manifest.kind) {
    case "Canary":
      return [...target(manifest, namespace, lookup), ...named(manifest, namespace, lookup)].map((reason) => `Canary ${namespace}/${manifest.metadata.name} would not advance: ${reason}`);
    case "AlertProvider":
      return addressless(manifest, namespace, lookup).map((reason) => `AlertProvider ${namespace}/${manifest.metadata.name} would tell nobody: ${reason}`);
    default:
      return [];
  }
}

function target(manifest: Manifest, namespace: string, lookup: Lookup): string[] {
  return ["spec.targetRef", "spec.autoscalerRef"].flatMap((path) => {
    const { kind: rawKind, name: rawName } = fields(at(manifest, path));
    const [kind, name] = [text(rawKind), text(rawName)];
    if (kind === undefined || name === undefined) return [];
    const found = lookup(VERSIONS[kind] ?? "v1", kind, namespace, name);
    const word = kind.toLowerCase();
    if (found === undefined) return [`${word} ${name}.${namespace} get query error: ${word} ${JSON.stringify(name)} not found`];
    const labels = fields(at(found, "spec.selector.matchLabels"));
    if (path !== "spec.targetRef" || kind === "Service" || SELECTOR_LABELS.some((label) => labels[label] !== undefined)) return [];
    return [`${word} ${name}.${namespace} spec.selector.matchLabels must contain one of [${SELECTOR_LABELS.join(" ")}]`];
  });
}

/** The templates and providers that an analysis names; another namespace's are taken for there. */
function named(manifest: Manifest, namespace: string, lookup: Lookup): string[] {
  const missing = (pattern: string, kind: string, word: string): string[] => select(manifest, pattern).flatMap(({ value }) => {
    const reference = fields(value);
    const [name, other] = [text(reference["name"]), text(reference["namespace"]) ?? namespace];
    if (name === undefined || other !== namespace || lookup("flagger.app/v1beta1", kind, namespace, name) !== undefined) return [];
    return [`${word} ${name}.${namespace} error: ${kind.toLowerCase()}.flagger.app ${JSON.stringify(name)} not found`];
  });
  return [
    ...missing("spec.analysis.metrics[*].templateRef", "MetricTemplate", "metric template"),
    ...missing("spec.analysis.alerts[*].providerRef", "AlertProvider", "alert provider"),
    ...unmeasured(manifest),
  ];
}

/** A metric that is neither one of Flagger's own two nor said where to ask fails every check. */
function unmeasured(manifest: Manifest): string[] {
  return list(at(manifest, "spec.analysis.metrics")).flatMap((metric) => {
    const { name, query, templateRef } = fields(metric);
    return query === undefined && templateRef === undefined && typeof name === "string" && !["request-success-rate", "request-duration"].includes(name)
      ? [`Metric query failed for no usable metrics template were configured (${name})`] : [];
  });
}

function addressless(manifest: Manifest, namespace: string, lookup: Lookup): string[] {
  const secret = text(at(manifest, "spec.secretRef.name"));
  if (secret === undefined) return [];
  const found = lookup("v1", "Secret", namespace, secret);
  if (found === undefined) return [`secretRef error: secrets ${JSON.stringify(secret)} not found`];
  return ["data", "stringData"].some((part) => fields(found[part])["address"] !== undefined || text(found[part]) !== undefined) ? [] : ["secret does not contain an address"];
}
