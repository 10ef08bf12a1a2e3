import { shortType } from "./names.ts";
import { text } from "../unknown.ts";
import type { Declared, Difference, Excused } from "./types.ts";

/** What runs beside the stack and writes into its objects. */
interface World {
  /** `namespace/Kind/name` of what an autoscaler scales. */
  scaled: ReadonlySet<string>;
  /** The same of what Flagger's Canaries control. */
  canaries: ReadonlySet<string>;
}

interface Owned {
  types: RegExp;
  /** Absent: an object that nobody declared. */
  field?: RegExp;
  /** @default always */
  when?: (difference: Difference, world: World) => boolean;
  reason: string;
}

const isPages = ({ what }: Difference): boolean => /:(github-pages|copilot)$/.test(what);
const undeclared = ({ declared }: Difference): boolean => declared === undefined;

/** Fields that a controller writes, so that another value than the declared one is its work and nobody's fault. */
export const OWNED: readonly Owned[] = [
  { types: /^kubernetes:/, field: /^status\b/, reason: "controllers report there; nobody declares it" },
  { types: /^kubernetes:/, field: /^metadata\.(managedFields|resourceVersion|uid|generation|creationTimestamp|selfLink|deletionTimestamp|deletionGracePeriodSeconds)\b/, reason: "the API server keeps it" },
  { types: /^kubernetes:/, field: /^metadata\.(finalizers|ownerReferences)\b/, when: undeclared, reason: "controllers put themselves there until they have cleaned up" },
  { types: /^kubernetes:/, field: /^metadata\.annotations\["?(deployment\.kubernetes\.io\/revision|kubectl\.kubernetes\.io\/last-applied-configuration|autoscaling\.alpha\.kubernetes\.io\/[\w-]+|pv\.kubernetes\.io\/[\w-]+)"?\]/, when: undeclared, reason: "a controller of Kubernetes or kubectl keeps its notes there" },
  { types: /^kubernetes:Namespace$/, field: /^(spec\.finalizers|metadata\.labels\["kubernetes\.io\/metadata\.name"\])/, when: undeclared, reason: "the API server adds it to every namespace" },
  { types: /^kubernetes:(Deployment|StatefulSet|ReplicaSet)$/, field: /^spec\.replicas$/, when: (difference, { scaled }) => scaled.has(keyOf(difference)), reason: "its HorizontalPodAutoscaler decides how many pods run" },
  { types: /^kubernetes:Deployment$/, field: /^spec\.replicas$/, when: (difference, { canaries }) => canaries.has(keyOf(difference)), reason: "Flagger scales the candidate to 0 between releases" },
  { types: /^kubernetes:VirtualService$/, field: /^spec\.http\[\d+\]\.(route\[\d+\]\.weight|mirror\w*)\b/, when: (difference, { canaries }) => canaries.has(keyOf(difference, "Deployment")), reason: "Flagger owns the weights of this service (engine: flagger)" },
  { types: /^kubernetes:(Validating|Mutating)WebhookConfiguration$/, field: /^webhooks\[\d+\]\.clientConfig\.caBundle$/, reason: "istiod, cert-manager or the webhook itself puts its certificate there" },
  { types: /^kubernetes:(CustomResourceDefinition|APIService)$/, field: /caBundle$/, reason: "cert-manager or the server behind it puts its certificate there" },
  { types: /^kubernetes:Service$/, field: /^spec\.(clusterIPs?|ipFamil(y|ies)(Policy)?|healthCheckNodePort|internalTrafficPolicy|sessionAffinity|ports\[\d+\]\.nodePort)\b/, when: undeclared, reason: "the API server assigns it" },
  { types: /^kubernetes:ServiceAccount$/, field: /^secrets\b/, when: undeclared, reason: "the token controller lists its tokens there" },
  { types: /^kubernetes:PersistentVolumeClaim$/, field: /^spec\.(volumeName|storageClassName|volumeMode)$/, when: undeclared, reason: "the volume's binding is written there" },
  { types: /^github:RepositoryEnvironment$/, when: isPages, reason: "GitHub makes this environment itself, for Pages or for Copilot" },
];

/** Divides differences into those that somebody has to look at and those that a controller made. */
export function withoutOwned(differences: readonly Difference[], declared: Iterable<Declared>): { rest: Difference[]; owned: Excused[] } {
  const world = worldOf(declared);
  const rest: Difference[] = [];
  const owned: Excused[] = [];
  for (const difference of differences) {
    const row = OWNED.find(({ types, field, when }) => (
      types.test(shortType(difference.type)) && (field === undefined ? difference.change === "unmanaged" : difference.field !== undefined && field.test(difference.field)) && (when === undefined || when(difference, world))
    ));
    if (row === undefined) rest.push(difference);
    else owned.push({ ...difference, reason: row.reason });
  }
  return { rest, owned };
}

function worldOf(declared: Iterable<Declared>): World {
  const [scaled, canaries] = [new Set<string>(), new Set<string>()];
  for (const { type, inputs } of declared) {
    const namespace = text(inputs, "metadata", "namespace");
    const target = (name: string): string => `${namespace}/${text(inputs, "spec", name, "kind")}/${text(inputs, "spec", name, "name")}`;
    if (shortType(type) === "kubernetes:HorizontalPodAutoscaler") scaled.add(target("scaleTargetRef"));
    if (shortType(type) === "kubernetes:Canary") canaries.add(target("targetRef"));
  }
  return { scaled, canaries };
}

/** `kubernetes:Deployment/shop/web` → `shop/Deployment/web`. */
function keyOf({ what }: Difference, kind?: string): string {
  const [type = "", namespace = "", name = ""] = what.split("/");
  return `${namespace}/${kind ?? type.slice(type.indexOf(":") + 1)}/${name}`;
}
