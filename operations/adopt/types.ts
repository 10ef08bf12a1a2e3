/** Something that is there and that the configuration cannot say, or does not take over. */
export interface Unmanaged {
  /** Where it is, in the configuration's words where there are any: `repositories.shop.environments.production.branchPolicies`. */
  path: string;
  /** What is there. */
  what: string;
  /** What a person can do about it. */
  todo: string;
}

/** A secret whose value nobody can read back: `pulumi config set --secret slipway:<key>` has to give it. */
export interface NeededSecret {
  /** The config key that the configuration names. */
  key: string;
  /** Where the value goes. */
  path: string;
}

/** A part of the configuration made from what is there. */
export interface Adopted<T> {
  settings: T;
  secrets: NeededSecret[];
  unmanaged: Unmanaged[];
}

/** One entry of a section of a stack's file. */
export interface Entry {
  section: "repositories" | "namespaces" | "services";
  name: string;
  /** As a person would write it: what the schema fills in anyway is left out. */
  settings: Record<string, unknown>;
}

/** What `slipway adopt` found: entries for the stack's file, values that people have to give, and what stays unmanaged. */
export interface Adoption {
  entries: Entry[];
  secrets: NeededSecret[];
  unmanaged: Unmanaged[];
}
