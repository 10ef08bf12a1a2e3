import * as z from "zod";
import { environmentName } from "./repository-scalars.ts";
import { day, dnsLabel, prose, text } from "./scalars.ts";

/** The policies of the pack; a test compares this list with it. */
export const policyNames = [
  "images-pinned", "images-from-registries", "pods-restricted", "resources-set", "probes-set", "production-redundant", "weights-add-up",
  "mesh-mtls-strict", "callers-named", "rbac-narrow", "environments-approved", "default-branch-protected", "actions-pinned",
  "workflow-permissions", "secrets-not-plain",
] as const;

/** What the policies allow in one stack. */
export interface PolicySettings {
  registries?: string[] | undefined;
  production: { namespaces?: string[] | undefined; environments: string[] };
  exemptions: PolicyExemption[];
}

export interface PolicyExemption {
  policy: (typeof policyNames)[number];
  /** A resource's name in the program; `*` stands for any characters. */
  resource: string;
  reason: string;
  /** The last day, YYYY-MM-DD. */
  until: string;
}

const registry = text(
  /^(?=.{1,255}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/,
  "is not a registry",
  "write a host and the part of its repositories that is allowed, without a slash at the end, such as ghcr.io/acme",
);

const resource = text(
  /^(?=.{1,500}$)(?=.*[A-Za-z0-9]).*$/,
  "does not name a resource",
  "copy its name from the finding, such as storefront-actions-token; * stands for any characters, and not for all of them",
);

const production = z.strictObject({
  namespaces: z.array(dnsLabel).optional().describe("Namespaces whose workloads have to survive the loss of a pod. Absent means all of them"),
  environments: z.array(environmentName).default(["production", "prod", "live"]).describe("GitHub environments to which nobody deploys alone"),
});

const exemption = z.strictObject({
  policy: z.enum(policyNames).describe("The policy that the resource need not keep to"),
  resource: resource.describe("Its name, as the finding has it; `*` stands for any characters"),
  reason: prose(300).describe("Why it need not; shown with every result"),
  until: day.describe("The last day, in UTC; afterwards the finding counts again, and says so"),
});

/** `policy` of a stack. */
export const policySettings = z.strictObject({
  registries: z.array(registry).min(1, "is empty; name one, or remove the key").optional().describe("Where images may come from, such as `ghcr.io/acme`. Absent means ghcr.io of the stack's owner"),
  production: production.prefault({}).describe("What counts as production"),
  exemptions: z.array(exemption).default([]).describe("Resources that need not keep to a policy for a while"),
}).meta({ id: "Policy", description: "What the policies allow" }) satisfies z.ZodType<PolicySettings>;
