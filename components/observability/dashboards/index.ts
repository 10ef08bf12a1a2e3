import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import type { ServiceLevel } from "../service-level.ts";
import { canary } from "./canary.ts";
import { capacity } from "./capacity.ts";
import { channels } from "./channels.ts";
import { isDefault } from "./defaults.ts";
import { delivery } from "./delivery.ts";
import { dashboardDocument } from "./document.ts";
import type { DashboardDescription } from "./document.ts";
import { levels } from "./levels.ts";
import { overview } from "./overview.ts";
import { stackDelivery } from "./stack-delivery.ts";

/** A dashboard as it is delivered: the component, the linter, the command and the page have the same list. */
export interface DeliveredDashboard {
  /** Unique in the namespace: the ConfigMap is `dashboard-<key>`. A dot stands where no service's name can have one. */
  key: string;
  uid: string;
  title: string;
  document: Dashboard;
}

/** Every dashboard of one service, its overview first. */
export function serviceDashboards(level: ServiceLevel): DeliveredDashboard[] {
  const { service } = level;
  const promised = levels(level);
  return [
    delivered(service, overview(level)),
    delivered(`${service}.canary`, canary(level)),
    ...(promised === undefined ? [] : [delivered(`${service}.levels`, promised)]),
    delivered(`${service}.delivery`, delivery(level)),
  ];
}

/** Every dashboard of a namespace as a whole. */
export function namespaceDashboards({ namespace }: { namespace: string }): DeliveredDashboard[] {
  return [delivered("namespace.capacity", capacity(namespace))];
}

/** What a stack has beside its services. */
export interface StackWide {
  stack: string;
  /** Whether it has services. */
  services: boolean;
  /** Repositories that collect figures of their release channels. */
  channels: readonly string[];
}

/** Every dashboard that belongs to no service and no namespace. */
export function stackWideDashboards({ stack, services, channels: repositories }: StackWide): DeliveredDashboard[] {
  return [
    ...(services ? [delivered("stack.delivery", stackDelivery(stack))] : []),
    ...repositories.map((repository) => delivered(`stack.channels.${repository.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")}`, channels(stack, repository))),
  ];
}

/** The JSON that Grafana loads, without what Grafana takes for granted: it lies in the cluster and in the stack's state. */
export function dashboardText(document: Dashboard): string {
  return JSON.stringify(document, (key, value: unknown) => (isDefault(key, value) ? undefined : value));
}

function delivered(key: string, description: DashboardDescription): DeliveredDashboard {
  return { key, uid: description.uid, title: description.title, document: dashboardDocument(description) };
}
