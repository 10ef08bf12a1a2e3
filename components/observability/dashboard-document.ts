import { createHash } from "node:crypto";
import {
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import type { Limits } from "./graph.ts";
import { overviewRows } from "./overview.ts";
import { DATA_SOURCE, panel } from "./panels.ts";
import { revisionsSeen } from "./queries.ts";

export interface OverviewArgs {
  service: string;
  namespace: string;
  speaks: { http: boolean; tcp: boolean };
  limits: Limits;
}

const LONGEST_UID = 40;

/** Names the dashboard for ever, so that links survive every update: at most 40 characters, as Grafana asks. */
export function dashboardUid(namespace: string, service: string): string {
  const uid = `slipway-${namespace}-${service}`;
  return uid.length <= LONGEST_UID ? uid : `slipway-${createHash("sha256").update(uid).digest("hex").slice(0, 24)}`;
}

/** The overview of a service. It names no revision and no data source, so a release does not change it. */
export function overviewDashboard({ service, namespace, speaks, limits }: OverviewArgs): Dashboard {
  const rows = overviewRows({ service, namespace, window: "$__rate_interval", revisions: "$revision" }, speaks, limits);
  const builder = new DashboardBuilder(`${service} overview`)
    .uid(dashboardUid(namespace, service))
    .description(`Requests, versions and saturation of ${service} in ${namespace}, by revision.`)
    .tags(["slipway", namespace, service])
    .readonly()
    .timezone("browser")
    .time({ from: "now-3h", to: "now" })
    .refresh("30s")
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(new DatasourceVariableBuilder("datasource").label("Data source").type("prometheus"))
    .withVariable(revisionVariable(revisionsSeen({ service, namespace }, speaks)));
  let id = 0;
  for (const row of rows) {
    builder.withRow(new RowBuilder(row.title).id((id += 1)));
    for (const graph of row.graphs) builder.withPanel(panel(graph, (id += 1), row.graphs.length));
  }
  return builder.build();
}

function revisionVariable(query: string): QueryVariableBuilder {
  return new QueryVariableBuilder("revision")
    .label("Revision")
    .datasource(DATA_SOURCE)
    .query(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue(".*");
}
