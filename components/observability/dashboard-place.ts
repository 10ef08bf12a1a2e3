import type { Resource } from "@pulumi/pulumi";
import type { SecretOf } from "../secrets.ts";
import { USUAL_GRAFANA } from "./grafana-settings.ts";
import type { GrafanaSettings } from "./grafana-settings.ts";

/** Where the dashboards of a stack go. */
export type DashboardPlace =
  | { kind: "sidecar"; /** Grafana's folder. */ folder: string }
  | { kind: "api"; /** Declares one dashboard in Grafana itself. */ put(name: string, dashboard: PlacedDashboard): Resource };

export interface PlacedDashboard {
  /** JSON with its own uid. */
  text: string;
  parent: Resource;
}

export interface PlaceInputs {
  /** @default the sidecar */
  settings: GrafanaSettings | undefined;
  stack: string;
  secretOf: SecretOf;
}

/** The place that the settings name. Grafana's own resources are loaded only for a stack that asks for them: they cost every other start time. */
export async function dashboardPlace({ settings = USUAL_GRAFANA, stack, secretOf }: PlaceInputs): Promise<DashboardPlace> {
  if (settings.kind === "sidecar") return { kind: "sidecar", folder: settings.folder };
  const { Grafana } = await import("./grafana.ts");
  return new Grafana("grafana", { settings, stack, token: secretOf(settings.token.secret) });
}
