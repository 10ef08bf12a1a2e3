import { serviceLevel } from "../../components/delivery/service-level.ts";
import { stackDashboards } from "../../components/delivery/stack-dashboards.ts";
import { dashboardText, namespaceDashboards, serviceDashboards } from "../../components/observability/dashboards/index.ts";
import type { DeliveredDashboard } from "../../components/observability/dashboards/index.ts";
import type { Sections } from "../../settings/index.ts";
import { nearest } from "../../settings/nearest.ts";
import { Problem } from "../../toolchain/problem.ts";
import type { PageData } from "./page/documents.ts";

/** A dashboard of a stack, as Grafana imports it. */
export interface StackDashboard {
  uid: string;
  title: string;
  /** What it belongs to: a namespace. */
  group: string;
  /** JSON. */
  text: string;
}

/** Every dashboard of the stack, or those of one service. @throws Problem when the service is none of the stack's, or the stack has none */
export function dashboardsOf(settings: Sections, stack: string, service?: string): StackDashboard[] {
  const { namespaces, services } = settings;
  const names = Object.keys(services);
  if (service !== undefined && !names.includes(service)) {
    const todo = names.length === 0 ? "name a stack with services by --stack" : `write ${nearest(service, names) ?? `one of ${names.join(", ")}`}`;
    throw new Problem(`--service: is not declared by stack ${stack}, got "${service}"; ${todo}`);
  }
  const levels = Object.entries(services).filter(([name]) => service === undefined || name === service).map(([name, each]) => serviceLevel(name, each));
  const ofServices = levels.flatMap((level) => serviceDashboards(level).map((each) => listed(level.namespace, each)));
  if (service !== undefined) return ofServices;
  const ofNamespaces = Object.keys(namespaces).flatMap((namespace) => namespaceDashboards({ namespace }).map((each) => listed(namespace, each)));
  const wide = stackDashboards({ ...settings, stack }).dashboards.map((each) => listed(`Stack ${stack}`, each));
  const made = [...wide, ...ofServices, ...ofNamespaces];
  if (made.length === 0) throw new Problem(`--stack: declares nothing that has a dashboard, got "${stack}"; name a stack with services or namespaces`);
  return made;
}

function listed(group: string, { document, title, uid }: DeliveredDashboard): StackDashboard {
  return { uid, title, group, text: dashboardText(document) };
}

/** The same for the page. */
export function pageDashboards(dashboards: readonly StackDashboard[]): PageData["dashboards"] {
  return dashboards.map(({ group, text }) => ({ group, document: JSON.parse(text) }));
}
