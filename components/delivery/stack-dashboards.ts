import type { RepositorySettings } from "../github/repository-settings.ts";
import { stackWideDashboards } from "../observability/dashboards/index.ts";
import type { DeliveredDashboard } from "../observability/dashboards/index.ts";
import type { GrafanaSettings } from "../observability/grafana-settings.ts";
import type { RepositoryWithPipelines } from "./pipelines.ts";

/** What decides which dashboards a stack has beside its services' and namespaces'. */
export interface StackParts {
  stack: string;
  services: Readonly<Record<string, { namespace: string }>>;
  namespaces: Readonly<Record<string, unknown>>;
  repositories: Readonly<Record<string, RepositoryWithPipelines | Extract<RepositorySettings, { existing: true }>>>;
  grafana?: GrafanaSettings | undefined;
}

/** The dashboards that belong to no service and no namespace. */
export interface StackDashboards {
  dashboards: DeliveredDashboard[];
  /** Namespace of their ConfigMaps; absent in a stack that has to do with no cluster, which then has none of them. */
  home?: string | undefined;
}

export function stackDashboards({ stack, services, namespaces, repositories, grafana }: StackParts): StackDashboards {
  const named = grafana?.kind === "sidecar" ? grafana.namespace : undefined;
  const home = named ?? Object.values(services)[0]?.namespace ?? Object.keys(namespaces)[0];
  if (grafana?.kind !== "api" && home === undefined) return { dashboards: [] };
  return { home, dashboards: stackWideDashboards({ stack, services: Object.keys(services).length > 0, channels: collecting(repositories) }) };
}

/** Repositories whose workflow collects figures of their release channels. */
function collecting(repositories: StackParts["repositories"]): string[] {
  return Object.entries(repositories).filter(([, settings]) => !settings.existing && settings.workflows.releaseMetrics !== undefined).map(([name]) => name);
}
