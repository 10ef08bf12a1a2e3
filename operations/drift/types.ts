/** How bad it is that something is not as declared, worst first. */
export const SEVERITIES = ["hostile", "risky", "benign"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** `missing`: a declared object is gone; `unmanaged`: an object exists that nobody declared; the others are about one field. */
export type Change = "changed" | "added" | "removed" | "missing" | "unmanaged";

/** One object of the stack's state; its secrets stay encrypted. */
export interface Declared {
  urn: string;
  /** As the provider calls it, such as `github:index/repository:Repository`. */
  type: string;
  /** Type and name for people, for settings and for options: `github:RepositoryEnvironment/shop:production`. */
  what: string;
  id: string;
  inputs: Readonly<Record<string, unknown>>;
  outputs: Readonly<Record<string, unknown>>;
  /** The GitHub organisation or user; empty for others. */
  owner: string;
  /** When the state last learned of it; ISO 8601, empty where the state does not say. */
  modified: string;
  /** The objects that it needs, its parent among them. */
  needs: readonly string[];
}

/** One thing that is not as declared, before anybody judged it. */
export interface Difference {
  /** Absent where nobody declared the object. */
  urn?: string | undefined;
  type: string;
  what: string;
  /** Path of the field; absent where it is about the whole object. */
  field?: string | undefined;
  change: Change;
  /** Absent where it is not declared. Secrets are `[secret]`. */
  declared?: unknown;
  /** Absent where it is not there. Secrets are `[secret]`. */
  live?: unknown;
  /** A web page, or the command that shows the object. */
  where: string;
  /** ISO 8601, where the service tells. */
  since?: string | undefined;
  /** `refresh`: the provider shows it; `github`: only GitHub's API does. */
  seenBy: "refresh" | "github";
  /** The whole live object in the provider's form, secrets masked; what adopts it starts from there. */
  object?: Readonly<Record<string, unknown>> | undefined;
  /** The call that takes an object away which nobody declared. */
  removal?: Call | undefined;
}

/** One call of GitHub's API. */
export interface Call {
  route: string;
  parameters: Readonly<Record<string, unknown>>;
}

/** What to do about a finding, each a command or a piece of the stack's file. */
export interface NextSteps {
  reconcile: string;
  /** YAML that makes the live state the declared one; or why there is none. */
  adopt: { yaml: string } | { none: string };
  ignore: string;
}

export interface Finding extends Difference {
  severity: Severity;
  /** Why it is that severe. */
  because: string;
  /** Set where an entry of the settings let it pass until a day that is over. */
  expired?: string | undefined;
  next: NextSteps;
}

/** A difference that is no finding, and why. */
export interface Excused extends Difference {
  reason: string;
}
