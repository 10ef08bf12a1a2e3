/** A mandatory finding stops the update; an advisory one is shown. */
export type Severity = "mandatory" | "advisory";

export type Properties = Readonly<Record<string, unknown>>;

/** A resource as it is about to be. */
export interface Resource {
  urn: string;
  /** Pulumi's type, such as `kubernetes:apps/v1:Deployment`. */
  type: string;
  /** The name in the program, which is the last part of the URN. */
  name: string;
  /** Plain values. What is not known before the update is one of the engine's marks: see `isUnknown`. */
  properties: Properties;
}

export interface Exemption {
  policy: string;
  /** A resource's name; `*` stands for any text in it. */
  resource: string;
  reason: string;
  /** The last day on which it counts: YYYY-MM-DD, UTC. */
  until: string;
}

/** What a stack says to the policies. */
export interface PolicySettings {
  /** Prefixes of images, such as `ghcr.io/acme`. */
  registries: readonly string[];
  /** What has to survive the loss of a pod, and what nobody deploys to alone. */
  production: {
    /** Absent means every namespace. */
    namespaces?: readonly string[] | undefined;
    /** Names of GitHub environments. */
    environments: readonly string[];
  };
  exemptions: readonly Exemption[];
}

/** What a policy says of one resource. */
export interface Complaint {
  path: string;
  wrong: string;
  /** Left out where it may be a secret. */
  got?: unknown;
  todo: string;
}

interface Described {
  name: string;
  severity: Severity;
  /** What holds, in one sentence. */
  description: string;
  /** Why it has to. */
  reason: string;
}

/** Judges a resource by itself, before it is made. */
export interface ResourcePolicy extends Described {
  about: "resource";
  judge(resource: Resource, settings: PolicySettings): Complaint[];
}

/** Judges a resource by what else there is; the engine asks when it has gone through the whole stack. */
export interface StackPolicy extends Described {
  about: "stack";
  judge(resource: Resource, settings: PolicySettings, stack: readonly Resource[]): Complaint[];
}

export type Policy = ResourcePolicy | StackPolicy;

export interface Finding {
  policy: string;
  severity: Severity;
  urn: string;
  type: string;
  resource: string;
  /** `<path> <what is wrong>, got <value>; <what to do>`. */
  message: string;
  /** Why it does not count, and until when. Absent where it counts. */
  exempt?: { reason: string; until: string };
}

export interface PolicyReport {
  /** Those that count. */
  findings: Finding[];
  /** Those that an exemption covers. */
  exempted: Finding[];
  /** Exemptions that cover nothing. */
  unused: Exemption[];
  /** How many resources were judged, and by how many policies. */
  resources: number;
  policies: number;
}
