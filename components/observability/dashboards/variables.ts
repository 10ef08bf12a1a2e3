import type { DatasourceVariableBuilder, QueryVariableBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { sdk } from "./sdk.ts";
import { DATA_SOURCE } from "./targets.ts";

/** What the reader picks at the dashboard's head. */
export interface Variable {
  /** Its name in queries, without the dollar sign. */
  name: string;
  label: string;
  /** Grafana's `label_values(…)` or `query_result(…)`. */
  query: string;
  /** Part of each answer that is the value, by its first group. @default the whole answer */
  pattern?: string | undefined;
  /** Lets the reader pick several, or all, which is the start. @default false */
  several?: boolean | undefined;
}

/** The first variable of every dashboard. */
export function dataSourceVariable(): DatasourceVariableBuilder {
  return new (sdk().dashboard.DatasourceVariableBuilder)("datasource").label("Data source").type("prometheus");
}

/** Asked again whenever the time range changes: revisions come and go. */
export function queryVariable({ label, name, pattern, query, several = false }: Variable): QueryVariableBuilder {
  const { QueryVariableBuilder: Builder, VariableRefresh, VariableSort } = sdk().dashboard;
  const builder = new Builder(name)
    .label(label)
    .datasource(DATA_SOURCE)
    .query(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    // A query's own order says which answer is the best to begin with.
    .sort(query.startsWith("query_result(") ? VariableSort.Disabled : VariableSort.AlphabeticalAsc);
  if (pattern !== undefined) builder.regex(pattern);
  return several ? builder.multi(true).includeAll(true).allValue(".*") : builder;
}
