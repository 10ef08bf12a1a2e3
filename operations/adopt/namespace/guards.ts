import * as z from "zod";
import type { NamespaceSettings } from "../../../settings/schema/namespace.ts";
import type { Unmanaged } from "../types.ts";
import { find } from "./objects.ts";
import type { LiveNamespace, LiveObject } from "./objects.ts";

/** Why a foreign namespace is an exception until somebody decides otherwise. */
export const AS_IT_WAS = "it was so when it was adopted";

const LEVEL = "pod-security.kubernetes.io/enforce";
const OWN = /^(app\.kubernetes\.io\/managed-by|kubernetes\.io\/metadata\.name|istio-injection|istio\.io\/rev|pod-security\.kubernetes\.io\/.*)$/;

/** The Pod Security standard that a namespace's labels enforce; none of them is `privileged`. */
export function podSecuritySettings({ metadata: { labels } }: LiveObject): NamespaceSettings["podSecurity"] {
  const level = labels[LEVEL];
  if (level === "restricted") return { level };
  return { level: level === "baseline" ? level : "privileged", reason: AS_IT_WAS };
}

/** Whether pods get a sidecar; `controlPlane` is where the namespace's own policies find istiod. */
export function meshSettings({ metadata: { labels } }: LiveObject, controlPlane: string | undefined): NamespaceSettings["mesh"] {
  const revision = labels["istio.io/rev"];
  if (labels["istio-injection"] !== "enabled" && revision === undefined) return { kind: "none", reason: AS_IT_WAS };
  return { kind: "injected", ...(labels["istio-injection"] !== "enabled" && revision !== undefined && { revision }), controlPlane: controlPlane ?? "istio-system" };
}

/** The namespace's own labels beside those that guard it. */
export function ownLabels({ metadata: { labels } }: LiveObject): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !OWN.test(key)));
}

const quantities = z.record(z.string(), z.union([z.string(), z.number()]).transform(String));
const quota = z.object({ spec: z.object({ hard: quantities }) });
const KNOWN_QUOTA = ["requests.cpu", "requests.memory", "limits.memory", "pods"];

/** The ResourceQuota `quota`, whole; one that counts anything else, or has another name, stays unmanaged. */
export function quotaSettings(live: LiveNamespace): { settings: NamespaceSettings["quota"]; unmanaged: Unmanaged[] } {
  const found = find(live, "ResourceQuota", "quota");
  if (found === undefined) return { settings: { unlimited: AS_IT_WAS }, unmanaged: [] };
  const { hard } = quota.parse(found).spec;
  const [cpu, memory, limit, pods] = KNOWN_QUOTA.map((key) => hard[key]);
  const more = Object.keys(hard).filter((key) => !KNOWN_QUOTA.includes(key));
  if (cpu === undefined || memory === undefined || limit === undefined || pods === undefined || more.length > 0) {
    return { settings: { unlimited: AS_IT_WAS }, unmanaged: [{ path: "quota", what: `ResourceQuota/quota counts ${Object.keys(hard).join(", ")}`, todo: `it stays as it is: the configuration counts ${KNOWN_QUOTA.join(", ")}` }] };
  }
  return { settings: { requests: { cpu, memory }, limits: { memory: limit }, pods: Number(pods) }, unmanaged: [] };
}

const range = z.object({ spec: z.object({ limits: z.array(z.object({
  type: z.string(), defaultRequest: quantities.default({}), default: quantities.default({}), max: quantities.optional(),
})) }) });

/** The LimitRange `limits`. Without one the first update makes it. */
export function containerSettings(live: LiveNamespace): { settings: NamespaceSettings["containers"] | undefined; unmanaged: Unmanaged[] } {
  const found = find(live, "LimitRange", "limits");
  const entry = found && range.parse(found).spec.limits.find(({ type }) => type === "Container");
  const { cpu, memory } = entry?.defaultRequest ?? {};
  const limit = entry?.default["memory"];
  if (entry === undefined || cpu === undefined || memory === undefined || limit === undefined) {
    const what = found === undefined ? "there is no LimitRange/limits" : "LimitRange/limits does not say what a container gets that does not say";
    return { settings: undefined, unmanaged: [{ path: "containers", what, todo: "the first update declares it: look at the defaults in the reference first" }] };
  }
  const { max } = entry;
  const bound = max?.["cpu"] !== undefined && max["memory"] !== undefined ? { max: { cpu: max["cpu"], memory: max["memory"] } } : {};
  return { settings: { defaults: { requests: { cpu, memory }, limits: { memory: limit } }, ...bound }, unmanaged: [] };
}
