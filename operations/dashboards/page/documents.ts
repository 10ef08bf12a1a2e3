import type { PanelDocument } from "./panel-documents.ts";

/** What the command wrote beside the page. */
export interface PageData {
  stack: string;
  /** Where Prometheus is; "" is the server that sent this page. */
  prometheus: string;
  /** How often it scrapes, milliseconds. */
  scrape: number;
  dashboards: { group: string; document: DashboardDocument }[];
}

/** What the page reads of a dashboard as Grafana stores it. Fields that it does not know are left alone. */
export interface DashboardDocument {
  uid: string;
  title: string;
  description?: string;
  tags?: string[];
  refresh?: string;
  time?: { from: string; to: string };
  timezone?: string;
  panels?: PanelDocument[];
  templating?: { list?: VariableDocument[] };
  annotations?: { list?: AnnotationDocument[] };
  links?: LinkDocument[];
}

export interface VariableDocument {
  type: string;
  name: string;
  label?: string;
  hide?: string | number;
  query?: string | { query?: string };
  definition?: string;
  multi?: boolean;
  includeAll?: boolean;
  allValue?: string;
  regex?: string;
  sort?: number;
  current?: { value?: string | string[] };
  options?: { value?: string | string[] }[];
}

export interface AnnotationDocument {
  name: string;
  enable?: boolean;
  hide?: boolean;
  iconColor?: string;
  expr?: string;
  step?: string;
  titleFormat?: string;
  textFormat?: string;
  /** Whether the values are the moments, in milliseconds. */
  useValueForTime?: boolean;
  datasource?: { type?: string; uid?: string };
}

export interface LinkDocument {
  title?: string;
  type?: string;
  url?: string;
  tags?: string[];
  keepTime?: boolean;
  includeVars?: boolean;
  targetBlank?: boolean;
}
