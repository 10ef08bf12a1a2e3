import type { ReduceDataOptionsBuilder } from "@grafana/grafana-foundation-sdk/common";
import type { FieldColorBuilder, ThresholdsConfigBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import type { PanelBuilder as GaugeBuilder } from "@grafana/grafana-foundation-sdk/gauge";
import type { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import type { PanelBuilder as TableBuilder } from "@grafana/grafana-foundation-sdk/table";
import type { PanelBuilder as TimeSeriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import type { Gauge, Panel, Stat, Table, TimeSeries } from "./panel-kinds.ts";
import { sdk } from "./sdk.ts";
import { DATA_SOURCE, dataLink, targets, valueColumns } from "./targets.ts";

export type AnyPanelBuilder = TimeSeriesBuilder | StatBuilder | GaugeBuilder | TableBuilder;

const GRID_COLUMNS = 24;
const HEIGHTS = { "time series": 8, table: 8, stat: 4, gauge: 4 } as const;
const NO_DATA = "no data";

/** A panel as Grafana has it; `id` keeps links to it alive, `inRow` is how many share its row. */
export function panelBuilder(panel: Panel, id: number, inRow: number): AnyPanelBuilder {
  const builder = ofKind(panel)
    .id(id)
    .title(panel.title)
    .description(panel.description)
    .datasource(DATA_SOURCE)
    .unit(panel.unit)
    .span(panel.width ?? GRID_COLUMNS / inRow)
    .height(panel.height ?? HEIGHTS[panel.kind])
    .targets(targets(panel));
  if (panel.decimals !== undefined) builder.decimals(panel.decimals);
  if (panel.noValue !== undefined) builder.noValue(panel.noValue);
  if (panel.links !== undefined) builder.dataLinks(panel.links.map(dataLink));
  if (panel.thresholds !== undefined || panel.kind !== "time series") builder.thresholds(thresholds(panel));
  return builder;
}

function ofKind(panel: Panel): AnyPanelBuilder {
  switch (panel.kind) {
    case "time series": return timeSeries(panel);
    case "stat": return stat(panel);
    case "gauge": return gauge(panel);
    case "table": return table(panel);
    default: return panel satisfies never;
  }
}

function timeSeries({ max, softMin, stacked = false, thresholds: lines }: TimeSeries): TimeSeriesBuilder {
  const builder = new (sdk().timeseries.PanelBuilder)()
    .fillOpacity(stacked ? 30 : 0)
    // The builder hides it unless it is told: a line without a name says nothing.
    .legend(new (sdk().common.VizLegendOptionsBuilder)().showLegend(true))
    .tooltip(new (sdk().common.VizTooltipOptionsBuilder)().mode(sdk().common.TooltipDisplayMode.Multi));
  if (softMin === undefined) builder.min(0);
  else builder.axisSoftMin(softMin);
  if (max !== undefined) builder.max(max);
  if (stacked) builder.stacking(new (sdk().common.StackingConfigBuilder)().mode(sdk().common.StackingMode.Normal).group("A"));
  if (lines !== undefined) builder.thresholdsStyle(new (sdk().common.GraphThresholdsStyleConfigBuilder)().mode(sdk().common.GraphThresholdsStyleMode.Dashed));
  return builder;
}

function stat({ named = false, words }: Stat): StatBuilder {
  const builder = new (sdk().stat.PanelBuilder)()
    .noValue(NO_DATA)
    .colorMode(sdk().common.BigValueColorMode.Value)
    .graphMode(sdk().common.BigValueGraphMode.None)
    .textMode(named ? sdk().common.BigValueTextMode.Name : sdk().common.BigValueTextMode.Auto)
    .reduceOptions(lastValue())
    .colorScheme(byThreshold());
  if (words === undefined) return builder;
  return builder.mappings([{ type: sdk().dashboard.MappingType.ValueToText, options: Object.fromEntries(Object.entries(words).map(([value, text]) => [value, { text }])) }]);
}

function gauge({ max, min }: Gauge): GaugeBuilder {
  return new (sdk().gauge.PanelBuilder)().noValue(NO_DATA).min(min).max(max).reduceOptions(lastValue()).colorScheme(byThreshold());
}

/** Labels first, then one column a query; a query without a legend only says which lines there are. */
function table({ labels, noValue, queries, units = {} }: Table): TableBuilder {
  const values = valueColumns(queries);
  const shown = values.flatMap(([field, legend]) => (legend === undefined ? [] : [[field, legend] as const]));
  const columns = [...Object.entries(labels), ...shown];
  const builder = new (sdk().table.PanelBuilder)()
    .colorScheme(byThreshold())
    .withTransformation({ id: "merge", options: {} })
    .withTransformation({ id: "filterFieldsByName", options: { include: { names: columns.map(([field]) => field) } } })
    .withTransformation({
      id: "organize",
      options: { indexByName: Object.fromEntries(columns.map(([field], index) => [field, index])), renameByName: Object.fromEntries(columns) },
    });
  for (const [, heading] of shown) {
    const unit = units[heading];
    builder.overrideByName(heading, [{ id: "custom.cellOptions", value: { type: "color-text" } }, ...(unit === undefined ? [] : [{ id: "unit", value: unit }])]);
  }
  // What is said of an empty table would be said in each empty cell as well.
  if (noValue !== undefined) for (const heading of Object.values(labels)) builder.overrideByName(heading, [{ id: "noValue", value: "" }]);
  return builder;
}

function thresholds({ base, thresholds: steps = [] }: Panel): ThresholdsConfigBuilder {
  const lowest = { value: null, color: base ?? (steps.length === 0 ? "text" : "green") };
  return new (sdk().dashboard.ThresholdsConfigBuilder)().mode(sdk().dashboard.ThresholdsMode.Absolute).steps([lowest, ...steps.map(({ colour, from }) => ({ value: from, color: colour }))]);
}

function lastValue(): ReduceDataOptionsBuilder {
  return new (sdk().common.ReduceDataOptionsBuilder)().calcs(["lastNotNull"]);
}

function byThreshold(): FieldColorBuilder {
  return new (sdk().dashboard.FieldColorBuilder)().mode(sdk().dashboard.FieldColorModeId.Thresholds);
}
