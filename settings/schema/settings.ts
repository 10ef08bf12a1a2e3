import * as z from "zod";
import type { GrafanaSettings } from "../../components/observability/grafana-settings.ts";
import { driftSettings } from "./drift.ts";
import type { DriftSettings } from "./drift.ts";
import { grafanaSettings } from "./grafana.ts";
import { namespaceSettings } from "./namespace.ts";
import type { NamespaceSettings } from "./namespace.ts";
import { policySettings } from "./policy.ts";
import type { PolicySettings } from "./policy.ts";
import { prometheusSettings } from "./prometheus.ts";
import type { PrometheusSettings } from "./prometheus.ts";
import { repositorySchema } from "./repository.ts";
import type { RepositorySettings } from "./repository.ts";
import { dnsLabel, githubName } from "./scalars.ts";
import { serviceName, serviceSchema } from "./service.ts";
import type { ServiceSettings } from "./service.ts";

export const sectionNames = ["repositories", "namespaces", "services"] as const;

export type SectionName = (typeof sectionNames)[number];

/** Every key of the structured part: the sections, and what a stack has one of. */
export const structuredKeys = [...sectionNames, "grafana", "prometheus", "drift", "policy"] as const;

export type StructuredKey = (typeof structuredKeys)[number];

/** The sections of a stack's configuration; a section that a stack lacks is empty here and not managed. */
export interface Sections {
  /** The organisation or user that owns the repositories and the images: `github:owner`. */
  owner: string;
  repositories: Readonly<Record<string, RepositorySettings>>;
  namespaces: Readonly<Record<string, NamespaceSettings>>;
  services: Readonly<Record<string, ServiceSettings>>;
  /** How the dashboards get into Grafana; absent where the stack does not say. */
  grafana?: GrafanaSettings | undefined;
  /** Where a rollout asks for its evidence; absent where the stack does not say. */
  prometheus?: PrometheusSettings | undefined;
  /** What the search for drift passes over; absent where the stack does not say. */
  drift?: DriftSettings | undefined;
  /** What the policies allow; absent where the stack does not say. */
  policy?: PolicySettings | undefined;
  /** Every name that the file declares, those with problems of their own included. */
  declared: Readonly<Record<SectionName, ReadonlySet<string>>>;
}

/** What the structured part of `slipway:` may hold; a key that is not here is a secret that the structured part names. */
export const sectionsSchema = z.strictObject({
  repositories: z
    .record(githubName, repositorySchema)
    .optional()
    .describe("GitHub repositories by name. Absent means that this stack manages none"),
  namespaces: z
    .record(dnsLabel, namespaceSettings)
    .optional()
    .describe("Kubernetes namespaces by name. Absent means that this stack manages none"),
  services: z
    .record(serviceName, serviceSchema)
    .optional()
    .describe("Services by name: an image and its live revisions behind one traffic split. Absent means that this stack manages none"),
  grafana: grafanaSettings.optional().describe("How the dashboards get into Grafana. Absent means ConfigMaps for its sidecar"),
  prometheus: prometheusSettings.optional().describe("Where a rollout asks for its evidence. Absent means that the command names it"),
  drift: driftSettings.optional().describe("What the search for drift passes over. Absent means nothing"),
  policy: policySettings.optional().describe("What the policies allow. Absent means that they allow nothing, and that everything is production"),
});
