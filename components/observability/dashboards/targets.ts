import type { DashboardLinkBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import type { DataLink, Panel, Query } from "./panel-kinds.ts";
import { sdk } from "./sdk.ts";

/** The data source that the reader picks: none is named in a dashboard, so that it works on every Grafana. */
export const DATA_SOURCE = { type: "prometheus", uid: "${datasource}" };

/** The panel's queries, which ask the panel's data source: over the time range for graphs, as it is now for single values and tables. */
export function targets({ kind, queries }: Panel): DataqueryBuilder[] {
  return queries.map((query, index) => {
    const target = new (sdk().prometheus.DataqueryBuilder)().refId(refId(index)).expr(query.expression);
    if (query.legend !== undefined) target.legendFormat(query.legend);
    if (kind === "time series") return target.range();
    return kind === "table" ? target.instant().format(sdk().prometheus.PromQueryFormat.Table) : target.instant();
  });
}

/** Grafana's name of a panel's query. */
export function refId(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}

/** Names a column of a table by its query: Grafana numbers them where there are several. */
export function valueColumns(queries: readonly Query[]): [string, string | undefined][] {
  return queries.map(({ legend }, index) => [queries.length === 1 ? "Value" : `Value #${refId(index)}`, legend]);
}

/** A click leads there with the reader's data source and time range. */
export function dataLink({ title, uid, variables = {} }: DataLink): DashboardLinkBuilder {
  const values = Object.entries(variables).map(([name, value]) => `&var-${name}=${value}`).join("");
  return new (sdk().dashboard.DashboardLinkBuilder)(title).type(sdk().dashboard.DashboardLinkType.Link).url(`/d/${uid}?\${datasource:queryparam}&\${__url_time_range}${values}`);
}
