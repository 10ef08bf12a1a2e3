import { createRequire } from "node:module";

interface Sdk {
  common: typeof import("@grafana/grafana-foundation-sdk/common");
  dashboard: typeof import("@grafana/grafana-foundation-sdk/dashboard");
  gauge: typeof import("@grafana/grafana-foundation-sdk/gauge");
  prometheus: typeof import("@grafana/grafana-foundation-sdk/prometheus");
  stat: typeof import("@grafana/grafana-foundation-sdk/stat");
  table: typeof import("@grafana/grafana-foundation-sdk/table");
  timeseries: typeof import("@grafana/grafana-foundation-sdk/timeseries");
}

const load = createRequire(import.meta.url);
let loaded: Sdk | undefined;

/**
 * The builders of Grafana's foundation SDK: 230 modules, loaded with the first dashboard, when the engine is already at work, so that the
 * program's first registration does not wait for them.
 */
export function sdk(): Sdk {
  return (loaded ??= {
    common: load("@grafana/grafana-foundation-sdk/common"),
    dashboard: load("@grafana/grafana-foundation-sdk/dashboard"),
    gauge: load("@grafana/grafana-foundation-sdk/gauge"),
    prometheus: load("@grafana/grafana-foundation-sdk/prometheus"),
    stat: load("@grafana/grafana-foundation-sdk/stat"),
    table: load("@grafana/grafana-foundation-sdk/table"),
    timeseries: load("@grafana/grafana-foundation-sdk/timeseries"),
  });
}
