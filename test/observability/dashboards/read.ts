import { dashboardText } from "../../../components/observability/dashboards/index.ts";
import type { DeliveredDashboard } from "../../../components/observability/dashboards/index.ts";

/** What Grafana reads of a panel. */
export interface ReadPanel {
  id: number;
  title: string;
  description?: string;
  type: string;
  datasource?: { uid: string };
  gridPos: { x: number; y: number; w: number; h: number };
  fieldConfig?: { defaults: { unit?: string; thresholds?: { steps: { value: number | null; color: string }[] } } };
  targets?: { expr: string; refId: string; legendFormat?: string; datasource?: { uid?: string } }[];
}

/** What Grafana reads of a dashboard. */
export interface ReadDashboard {
  uid: string;
  title: string;
  links?: { title: string; url: string; includeVars: boolean; keepTime: boolean }[];
  templating: { list: { name: string; type: string; query: string; regex?: string; multi?: boolean; includeAll?: boolean }[] };
  annotations: { list?: { name: string; expr: string }[] };
  panels: ReadPanel[];
}

/** As it is delivered. */
export function read({ document }: DeliveredDashboard): ReadDashboard {
  return JSON.parse(dashboardText(document));
}

/** Every query of its panels. */
export function expressions({ panels }: ReadDashboard): string[] {
  return panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
}

/** Titles of the panels, each row's behind a `#`. */
export function titles({ panels }: ReadDashboard): string[] {
  return panels.map(({ title, type }) => (type === "row" ? `# ${title}` : title));
}

/** The queries of the panel of that title. */
export function queriesOf({ panels }: ReadDashboard, title: string): string[] {
  return panels.filter((panel) => panel.title === title).flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
}
