import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import { ThresholdsConfigBuilder, ThresholdsMode } from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import type { Graph } from "./graph.ts";

/** The data source that the reader picks: none is named in a dashboard, so that it works on every Grafana. */
export const DATA_SOURCE = { type: "prometheus", uid: "${datasource}" };

const GRID_COLUMNS = 24;
const HEIGHT = 8;

/** A graph as a Grafana panel; `id` keeps links to it alive, `inRow` is how many share its row. */
export function panel(graph: Graph, id: number, inRow: number): PanelBuilder {
  const builder = new PanelBuilder()
    .id(id)
    .title(graph.title)
    .description(graph.description)
    .datasource(DATA_SOURCE)
    .unit(graph.unit)
    .min(0)
    .span(GRID_COLUMNS / inRow)
    .height(HEIGHT)
    .fillOpacity(graph.stacked ? 30 : 0)
    .legend(new VizLegendOptionsBuilder().showLegend(true))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .targets(graph.queries.map(target));
  if (graph.stacked) builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group("A"));
  if (graph.limit !== undefined) {
    builder.thresholds(limitAt(graph.limit)).thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  }
  return builder;
}

function target(query: Graph["queries"][number], index: number): DataqueryBuilder {
  return new DataqueryBuilder()
    .datasource(DATA_SOURCE)
    .refId(String.fromCharCode("A".charCodeAt(0) + index))
    .expr(query.expression)
    .legendFormat(query.legend)
    .range();
}

function limitAt(value: number): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
    { value: null, color: "green" },
    { value, color: "red" },
  ]);
}
