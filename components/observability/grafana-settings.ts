import type { ConfiguredSecret } from "../secrets.ts";

/** How a stack's dashboards get into Grafana: one way, so that none is there twice. */
export type GrafanaSettings =
  | {
    /** ConfigMaps that the sidecar of a Grafana in the cluster loads. */
    kind: "sidecar";
    /** Grafana's folder. */
    folder: string;
    /** Namespace of the dashboards that belong to no service. @default that of the stack's first service, else its first namespace */
    namespace?: string | undefined;
  }
  | {
    /** Grafana's own API. */
    kind: "api";
    /** Web address of Grafana, without a slash at its end. */
    url: string;
    /** Title of the folder, which the stack makes. */
    folder: string;
    /** Token of a service account that may write folders and dashboards. */
    token: ConfiguredSecret;
  };

/** Where a stack says nothing. */
export const USUAL_GRAFANA = { kind: "sidecar", folder: "Slipway" } as const satisfies GrafanaSettings;
