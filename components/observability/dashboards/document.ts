import type { AnnotationQueryBuilder, Dashboard, DashboardLinkBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Colour, Row } from "./panel-kinds.ts";
import { panelBuilder } from "./panels.ts";
import { sdk } from "./sdk.ts";
import { DATA_SOURCE } from "./targets.ts";
import { dataSourceVariable, queryVariable } from "./variables.ts";
import type { Variable } from "./variables.ts";

/** Another dashboard, or a list of all that carry the tags, at the head of this one. */
export type Reference = { title: string; tooltip: string } & ({ uid: string } | { tags: readonly string[] });

/** Marks on every graph. */
export interface Annotation {
  name: string;
  /** PromQL, one mark for each series. */
  expression: string;
  /** The value is the time, milliseconds since 1970; else a mark spans the time in which there is a value. @default false */
  atValue?: boolean | undefined;
  colour: Colour;
  /** What the mark says, with labels as `{{label}}`. */
  title: string;
  text: string;
}

/** Everything that a dashboard is made from. */
export interface DashboardDescription {
  uid: string;
  title: string;
  /** What it answers. */
  description: string;
  tags: readonly string[];
  /** Beside the data source, which every dashboard has. @default none */
  variables?: readonly Variable[] | undefined;
  rows: readonly Row[];
  /** @default none */
  references?: readonly Reference[] | undefined;
  /** @default none */
  annotations?: readonly Annotation[] | undefined;
  /** Where the time range begins. @default "now-3h" */
  from?: string | undefined;
  /** Seconds or minutes between two refreshes. @default "30s" */
  refresh?: string | undefined;
}

/** A dashboard as Grafana loads it. */
export function dashboardDocument(description: DashboardDescription): Dashboard {
  const { annotations = [], from = "now-3h", references = [], refresh = "30s", rows, tags, title, uid, variables = [] } = description;
  const { DashboardBuilder, DashboardCursorSync, RowBuilder } = sdk().dashboard;
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description.description)
    .tags(["slipway", ...tags])
    .readonly()
    .timezone("browser")
    .time({ from, to: "now" })
    .refresh(refresh)
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([dataSourceVariable(), ...variables.map(queryVariable)]);
  if (references.length > 0) builder.links(references.map(link));
  if (annotations.length > 0) builder.annotations(annotations.map(annotationQuery));
  let id = 0;
  for (const row of rows) {
    builder.withRow(new RowBuilder(row.title).id((id += 1)));
    for (const panel of row.panels) builder.withPanel(panelBuilder(panel, (id += 1), row.panels.length));
  }
  return builder.build();
}

/** The reader's data source goes along, as do the other variables of the same name. */
function link(reference: Reference): DashboardLinkBuilder {
  const { DashboardLinkBuilder: Builder, DashboardLinkType } = sdk().dashboard;
  const builder = new Builder(reference.title).tooltip(reference.tooltip).includeVars(true).keepTime(true);
  if ("tags" in reference) return builder.type(DashboardLinkType.Dashboards).tags([...reference.tags]).asDropdown(true);
  return builder.type(DashboardLinkType.Link).icon("dashboard").url(`/d/${reference.uid}`);
}

function annotationQuery({ atValue = false, colour, expression, name, text, title }: Annotation): AnnotationQueryBuilder {
  const builder = new (sdk().dashboard.AnnotationQueryBuilder)().name(name).datasource(DATA_SOURCE).enable(true).iconColor(colour).expr(expression).titleFormat(title).textFormat(text).step("60s");
  return atValue ? builder.useValueForTime(true) : builder;
}
