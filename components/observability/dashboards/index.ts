import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import type { ServiceLevel } from "../service-level.ts";
import { dashboardDocument } from "./document.ts";
import type { DashboardDescription } from "./document.ts";
import { overview } from "./overview.ts";

/** A dashboard as it is delivered: the component, the linter, the command and the page have the same list. */
export interface DeliveredDashboard {
  /** Unique in the namespace; part of the ConfigMap's name. */
  key: string;
  uid: string;
  title: string;
  document: Dashboard;
}

/** Every dashboard of one service. */
export function serviceDashboards(level: ServiceLevel): DeliveredDashboard[] {
  return [delivered(level.service, overview(level))];
}

/** The JSON that Grafana loads. */
export function dashboardText(document: Dashboard): string {
  return JSON.stringify(document);
}

function delivered(key: string, description: DashboardDescription): DeliveredDashboard {
  return { key, uid: description.uid, title: description.title, document: dashboardDocument(description) };
}
