import type { Bad } from "./base.ts";

const N = "namespaces.shop";
const S = "services.shop";

export const namespaces: readonly Bad[] = [
  {
    name: "a namespace's name with a capital",
    changes: { "namespaces.Shop": {} },
    lines: [
      `namespaces.Shop: is not a DNS label, got "Shop"; use 1 to 63 lower-case letters, digits and dashes, a letter first, no dash last`,
    ],
  },
  {
    name: "a namespace's name that is too long",
    changes: { namespaces: { ["n".repeat(64)]: {} }, services: undefined, "repositories.shop": {} },
    secrets: ["fingerprintKey"],
    lines: [
      `namespaces.nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn: is not a DNS label, got "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…; use 1 to 63 lower-case letters, digits and dashes, a letter first, no dash last`,
    ],
  },
  {
    name: "a namespace of the cluster itself",
    changes: { "namespaces.kube-system": {} },
    lines: [
      "namespaces.kube-system: is a namespace of the cluster itself; choose another name",
    ],
  },
  {
    name: "a weaker Pod Security without a reason",
    changes: { [`${N}.podSecurity`]: { level: "privileged" } },
    lines: [
      "namespaces.shop.podSecurity.reason: is missing; say why this namespace is an exception",
    ],
  },
  {
    name: "a Pod Security that does not exist",
    changes: { [`${N}.podSecurity`]: { level: "strict" } },
    lines: [
      `namespaces.shop.podSecurity.level: is none of restricted, baseline, privileged, got "strict"; write one of them`,
    ],
  },
  {
    name: "a Pod Security without its level",
    changes: { [`${N}.podSecurity`]: {} },
    lines: [
      "namespaces.shop.podSecurity.level: is missing; write one of restricted, baseline, privileged",
    ],
  },
  {
    name: "a mesh that is only switched off",
    changes: { [`${N}.mesh`]: false },
    lines: [
      "namespaces.shop.mesh: is not a map, got false; write one key and its value a line",
    ],
  },
  {
    name: "services in a namespace without sidecars",
    changes: { [`${N}.mesh`]: { kind: "none", reason: "a test" } },
    lines: [
      `services.shop.namespace: is a namespace without sidecars, got "shop"; set namespaces.shop.mesh to kind: injected, or choose another`,
      `services.cart.namespace: is a namespace without sidecars, got "shop"; set namespaces.shop.mesh to kind: injected, or choose another`,
    ],
  },
  {
    name: "a quota that is both limited and not",
    changes: { [`${N}.quota`]: { pods: 10, unlimited: "a test" } },
    lines: [
      "namespaces.shop.quota.unlimited: is not a setting; remove it, or use one of requests, limits, pods",
    ],
  },
  {
    name: "a quota of no pod",
    changes: { [`${N}.quota`]: { pods: 0 } },
    lines: [
      "namespaces.shop.quota.pods: is not a whole number from 1 to 10000, got 0; write the number of pods without quotes",
    ],
  },
  {
    name: "a quota whose requests are above its limits",
    changes: { [`${N}.quota`]: { requests: { memory: "64Gi" }, limits: { memory: "32Gi" } } },
    lines: [
      `namespaces.shop.quota.requests.memory: is more than the limits together (32Gi), got "64Gi"; write less, or raise quota.limits.memory`,
    ],
  },
  {
    name: "a quota that is too small for its services",
    changes: { [`${N}.quota`]: { pods: 3 } },
    lines: [
      "namespaces.shop.quota.pods: is too little for the fewest pods of its services (4), got 3; raise it, with room for candidates and sidecars, or run fewer pods",
    ],
  },
  {
    name: "a quantity with a blank",
    changes: { [`${N}.quota`]: { requests: { cpu: "4 cores" } } },
    lines: [
      `namespaces.shop.quota.requests.cpu: is not a Kubernetes quantity, got "4 cores"; write one such as 500m, 2 or 64Mi`,
    ],
  },
  {
    name: "a quantity below zero",
    changes: { [`${N}.quota`]: { requests: { cpu: -1 } } },
    lines: [
      "namespaces.shop.quota.requests.cpu: is not a Kubernetes quantity, got -1; write one such as 500m, 2 or 64Mi",
    ],
  },
  {
    name: "a label of the guards",
    changes: { [`${N}.labels`]: { "istio-injection": "disabled" } },
    lines: [
      `namespaces.shop.labels.istio-injection: is decided by mesh, got "disabled"; remove it here`,
    ],
  },
  {
    name: "a label's value with a blank",
    changes: { [`${N}.labels`]: { team: "the shop" } },
    lines: [
      `namespaces.shop.labels.team: is not the value of a Kubernetes label, got "the shop"; use at most 63 letters, digits, dots, dashes and underscores`,
    ],
  },
  {
    name: "a way out to nowhere",
    changes: { "namespaces.tools.egress": [{ to: {} }] },
    lines: [
      "namespaces.tools.egress[0].to.namespace: is missing; use 1 to 63 lower-case letters, digits and dashes, a letter first, no dash last",
    ],
  },
  {
    name: "a way out to a name and to addresses",
    changes: { "namespaces.tools.egress": [{ to: { namespace: "shop", cidr: "10.0.0.0/8" } }] },
    lines: [
      "namespaces.tools.egress[0].to.cidr: is not a setting; remove it, or use one of namespace",
    ],
  },
  {
    name: "addresses without their length",
    changes: { "namespaces.tools.egress": [{ to: { cidr: "10.0.0.0" } }] },
    lines: [
      `namespaces.tools.egress[0].to.cidr: is not a block of addresses, got "10.0.0.0"; write one such as 10.20.0.0/16`,
    ],
  },
  {
    name: "a port beyond the last",
    changes: { "namespaces.tools.egress": [{ to: { namespace: "shop" }, ports: [{ port: 65536 }] }] },
    lines: [
      "namespaces.tools.egress[0].ports[0].port: is not a whole number from 1 to 65535, got 65536; write the port without quotes",
    ],
  },
  {
    name: "a transport that does not exist",
    changes: { "namespaces.tools.egress": [{ to: { namespace: "shop" }, ports: [{ port: 53, protocol: "udp" }] }] },
    lines: [
      `namespaces.tools.egress[0].ports[0].protocol: is none of TCP, UDP, got "udp"; write UDP`,
    ],
  },
  {
    name: "protection that is a text",
    changes: { [`${N}.protect`]: "true" },
    lines: [
      `namespaces.shop.protect: is not true or false, got "true"; write true or false without quotes`,
    ],
  },
  {
    name: "container defaults above their own limit",
    changes: { [`${N}.containers`]: { defaults: { requests: { memory: "1Gi" } } } },
    lines: [
      `namespaces.shop.containers.defaults.requests.memory: is more than its own limit (256Mi), got "1Gi"; write less, or raise that`,
    ],
  },
  {
    name: "a caller whose namespace lets nothing out",
    changes: { "namespaces.tools.egress": [], [`${S}.traffic.callers`]: [{ namespace: "tools" }] },
    lines: [
      `services.shop.traffic.callers[0].namespace: is a namespace that lets nothing out to shop, got "tools"; add { to: { namespace: shop } } to namespaces.tools.egress`,
    ],
  },
];
