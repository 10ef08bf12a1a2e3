import type { Bad } from "./base.ts";

const TOKEN = { policy: "workflow-permissions", resource: "shop-actions-token", reason: "its release commits", until: "2030-06-30" };

export const policy: readonly Bad[] = [
  {
    name: "an exemption without a reason and an end",
    changes: { policy: { exemptions: [{ policy: TOKEN.policy, resource: TOKEN.resource }] } },
    lines: [
      "policy.exemptions[0].reason: is missing; write such a text, in quotes where it looks like a number",
      'policy.exemptions[0].until: is missing; write it as year, month and day in quotes, such as "2030-06-30"',
    ],
  },
  {
    name: "an exemption from a policy that there is not, for everything, until a day that does not exist",
    changes: { policy: { exemptions: [{ ...TOKEN, policy: "workflow-permission", resource: "*", until: "2031-02-29" }] } },
    lines: [
      'policy.exemptions[0].policy: is none of images-pinned, images-from-registries, pods-restricted, resources-set, probes-set, production-redundant, weights-add-up, mesh-mtls-strict, callers-named, rbac-narrow, environments-approved, default-branch-protected, actions-pinned, workflow-permissions, secrets-not-plain, got "workflow-permission"; write workflow-permissions',
      'policy.exemptions[0].resource: does not name a resource, got "*"; copy its name from the finding, such as storefront-actions-token; * stands for any characters, and not for all of them',
      'policy.exemptions[0].until: is not a day, got "2031-02-29"; write it as year, month and day in quotes, such as "2030-06-30"',
    ],
  },
  {
    name: "one resource exempt twice",
    changes: { policy: { exemptions: [TOKEN, { ...TOKEN, policy: "actions-pinned" }, { ...TOKEN, until: "2031-01-01" }] } },
    lines: ['policy.exemptions[2].resource: is exempt twice, got "shop-actions-token"; keep one entry; the other is policy.exemptions[0]'],
  },
  {
    name: "a registry with its protocol, no registry, and a namespace that cannot be one",
    changes: { policy: { registries: ["https://ghcr.io/acme"], production: { namespaces: ["Shop"] } } },
    lines: [
      'policy.registries[0]: is not a registry, got "https://ghcr.io/acme"; write a host and the part of its repositories that is allowed, without a slash at the end, such as ghcr.io/acme',
      'policy.production.namespaces[0]: is not a DNS label, got "Shop"; use 1 to 63 lower-case letters, digits and dashes, a letter first, no dash last',
    ],
  },
  {
    name: "an empty list of registries",
    changes: { policy: { registries: [] } },
    lines: ["policy.registries: is empty, got []; name one, or remove the key"],
  },
];
