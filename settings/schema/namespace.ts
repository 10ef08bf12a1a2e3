import * as z from "zod";
import type { NamespaceSettings as ComponentSettings } from "../../components/kubernetes/namespace-settings.ts";
import { alerts } from "./alerts.ts";
import { dnsLabel, hostName, portNumber, prose, quantity, text, whole } from "./scalars.ts";
import { configuredSecret } from "./secret.ts";

const reason = text(/^[^]{1,300}$/, "is not a reason of 1 to 300 characters", "say why this namespace is an exception")
  .describe("Why this namespace is an exception; it is read in reviews");

const cidr = text(
  /^((\d{1,3}\.){3}\d{1,3}\/([0-9]|[12][0-9]|3[0-2])|[0-9a-f:]+:[0-9a-f:]*\/\d{1,3})$/,
  "is not a block of addresses",
  "write one such as 10.20.0.0/16",
);

const labelKey = text(
  /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
  "is not the key of a Kubernetes label",
  "use letters, digits, dots, dashes and underscores, with or without a domain such as example.com/ before them",
);

const labelValue = text(
  /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/,
  "is not the value of a Kubernetes label",
  "use at most 63 letters, digits, dots, dashes and underscores",
);

const podSecurity = z.discriminatedUnion("level", [
  z.strictObject({ level: z.literal("restricted").describe("Pods without root, privileges or host access") }),
  z.strictObject({ level: z.enum(["baseline", "privileged"]).describe("A weaker standard"), reason }),
]);

const mesh = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("injected").describe("Every pod gets a sidecar"),
    revision: dnsLabel.optional().describe("Revision or tag of the control plane that injects; absent means the default one"),
    controlPlane: dnsLabel.default("istio-system").describe("Namespace of istiod, which the pods may reach"),
  }),
  z.strictObject({ kind: z.literal("none").describe("No sidecar: no split, no mutual TLS, no request metrics"), reason }),
]);

const egress = z.strictObject({
  to: z.union([
    z.strictObject({ namespace: dnsLabel.describe("Namespace that the pods may call") }),
    z.strictObject({
      cidr: cidr.describe("Addresses that the pods may call; 0.0.0.0/0 means everywhere"),
      except: z.array(cidr).min(1).optional().describe("Addresses within it that they may not call"),
    }),
  ]).describe("Where to"),
  ports: z.array(z.strictObject({
    port: portNumber.describe("The port of the other side's pods"),
    protocol: z.enum(["TCP", "UDP"]).default("TCP").describe("Transport protocol"),
  })).min(1).optional().describe("Ports that they may call; absent means all"),
});

const quota = z.union([
  z.strictObject({
    requests: z.strictObject({
      cpu: quantity.default("4").describe("CPU that all pods together may request, sidecars included"),
      memory: quantity.default("8Gi").describe("Memory that all pods together may request, sidecars included"),
    }).prefault({}).describe("Sum of the requests"),
    limits: z.strictObject({
      memory: quantity.default("32Gi").describe("Memory that all pods together may use at most; a sidecar counts 1Gi unless its annotation says less"),
    }).prefault({}).describe("Sum of the limits"),
    pods: whole(1, 10_000, "the number of pods").default(50).describe("Pods at one time"),
  }),
  z.strictObject({ unlimited: reason }),
]);

const containers = z.strictObject({
  defaults: z.strictObject({
    requests: z.strictObject({
      cpu: quantity.default("50m").describe("CPU requested by a container that does not say"),
      memory: quantity.default("64Mi").describe("Memory requested by a container that does not say"),
    }).prefault({}).describe("Requests of a container that does not say"),
    limits: z.strictObject({
      memory: quantity.default("256Mi").describe("Memory limit of a container that does not say"),
    }).prefault({}).describe("Limits of a container that does not say"),
  }).prefault({}).describe("What a container gets that does not say"),
  max: z.strictObject({
    cpu: quantity.describe("The largest CPU limit of one container, a sidecar's 2 included, and that of one that does not say"),
    memory: quantity.describe("The largest memory limit of one container, a sidecar's 1Gi included"),
  }).optional().describe("The most that one container may have; absent means no bound"),
});

const pull = z.strictObject({
  registry: hostName.default("ghcr.io").describe("Host of the registry"),
  username: prose(100).describe("Name to log in with"),
  token: configuredSecret.describe("Token that may read packages"),
});

/** One entry of `slipway:namespaces`; its name is the namespace's. */
export const namespaceSettings = z.strictObject({
  podSecurity: podSecurity.prefault({ level: "restricted" }).describe("The Pod Security standard that is enforced"),
  mesh: mesh.prefault({ kind: "injected" }).describe("Whether pods get an Istio sidecar"),
  scrapers: z.array(dnsLabel).default(["monitoring"]).describe("Namespaces whose Prometheus may read the sidecars' metrics"),
  egress: z.array(egress).default([]).describe("What pods may call beside DNS, the control plane and their own namespace"),
  quota: quota.prefault({}).describe("What all pods together may ask for"),
  containers: containers.prefault({}).describe("What a single container gets and may have"),
  pull: pull.optional().describe("Credentials for private images; absent means that the images are public"),
  alerts: alerts.optional().describe("Who is told of the alerts; absent: whoever the cluster's own Alertmanager tells"),
  labels: z.record(labelKey, labelValue).default({}).describe("Labels beside those that guard the namespace"),
  protect: z.boolean().default(true).describe("Refuses to be destroyed: everything in a namespace goes with it"),
}).meta({ id: "Namespace", description: "A Kubernetes namespace and its guards" }) satisfies z.ZodType<ComponentSettings>;

export type NamespaceSettings = z.infer<typeof namespaceSettings>;
