import { isRecord } from "../unknown.ts";
import type { Step } from "./step.ts";

/** Types whose end takes something along that nobody gets back, or opens what was closed. */
interface End {
  type: RegExp;
  /** What it means, after "deletes …:" or "replaces …:". */
  why: string | ((step: Step) => string);
  /** Also where a revision ends, as revisions do all the time. @default false */
  ofRevision?: boolean;
}

const ENDS: readonly End[] = [
  { type: /^github:index\/repository:Repository$/, why: ({ before }) => (before?.["archiveOnDestroy"] === true
    ? "the repository is archived and nobody can push to it any more"
    : "its code, issues, pull requests, releases and secrets go, and nobody gets them back") },
  { type: /^github:.*:RepositoryEnvironment$/, why: "its secrets, variables, approvals and deployment history go with it" },
  { type: /^github:.*:(Repository|Organization)Ruleset$/, why: ({ before }) => `what the ruleset ${quoted(before?.["name"])} forbids is allowed from then on` },
  { type: /^github:.*:BranchProtection(V3)?$/, why: "the branch is not protected any more" },
  { type: /^github:.*:RepositoryEnvironmentDeploymentPolicy$/, why: "what may be deployed from where changes" },
  { type: /^github:.*Secret$/, why: ({ before }) => `workflows that use ${quoted(before?.["secretName"])} find it empty` },
  { type: /^github:.*:Branch$/, why: "commits that are on this branch alone are lost" },
  { type: /^github:.*:RepositoryVulnerabilityAlerts$/, why: "nobody is told of known vulnerabilities any more" },
  { type: /^github:.*:RepositoryDeployKey$/, why: "what deploys with this key cannot any more" },
  { type: /^kubernetes:core\/v1:Namespace$/, why: "everything in the namespace goes with it, volumes and secrets included" },
  { type: /^kubernetes:core\/v1:PersistentVolume(Claim)?$/, why: "the data on it is lost unless the storage class keeps it" },
  { type: /^kubernetes:apps\/v1:StatefulSet$/, why: "its pods stop, and their volumes may go" },
  { type: /^kubernetes:apps\/v1:Deployment$/, why: "its pods stop answering" },
  { type: /^kubernetes:core\/v1:Service$/, why: "callers do not find the service any more" },
  { type: /^kubernetes:networking\.istio\.io\/.*:(VirtualService|Gateway)$/, why: "requests have no route any more" },
  { type: /^kubernetes:core\/v1:Secret$/, why: "pods that read it cannot start" },
  { type: /^kubernetes:apiextensions\.k8s\.io\/.*:CustomResourceDefinition$/, why: "every object of this kind goes with it" },
  { type: /^kubernetes:networking\.k8s\.io\/v1:NetworkPolicy$/, why: "traffic that it kept out gets in" },
  { type: /^kubernetes:security\.istio\.io\/.*:AuthorizationPolicy$/, why: "callers that it kept out get in" },
  { type: /^kubernetes:security\.istio\.io\/.*:PeerAuthentication$/, why: "requests without mTLS get in" },
  { type: /^kubernetes:policy\/v1:PodDisruptionBudget$/, why: "maintenance of the cluster may stop all pods at once" },
  { type: /^random:/, why: "the generated value is lost; what still uses it stops working", ofRevision: true },
];

/** Why this resource's end is dangerous; undefined where it is not. */
export function whyItsEndHurts(step: Step): string | undefined {
  if (step.protect.before) return "it is protected: the update refuses until its protection is taken off";
  const end = ENDS.find(({ type }) => type.test(step.type));
  if (end === undefined || (isOfRevision(step) && end.ofRevision !== true)) return undefined;
  return typeof end.why === "string" ? end.why : end.why(step);
}

/** A revision's own objects come and go with it; the release's view says what becomes of the requests. */
function isOfRevision({ parent = "" }: Step): boolean {
  return parent.includes("slipway:kubernetes:Revision::");
}

function quoted(name: unknown): string {
  if (typeof name === "string") return name;
  return isRecord(name) ? JSON.stringify(name) : "it";
}
