// The dashboard that a service has before anybody draws a better one: traffic, errors, latency, saturation.

/** @param {string} service @param {{ branding?: string, job: string }} options @returns {string} the JSON of the file */
export function baselineDashboard(service, { branding = "", job }) {
  const selector = `{job="${job}"}`;
  const errors = `sum(rate(http_requests_total{job="${job}",status=~"5.."}[5m]))`;
  const all = `sum(rate(http_requests_total${selector}[5m]))`;
  const panels = [
    ["Requests", "reqps", all],
    ["Errors", "percentunit", `${errors} / ${all}`],
    ["Latency, 95 %", "s", `histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket${selector}[5m])))`],
    ["CPU", "short", `sum(rate(process_cpu_seconds_total${selector}[5m]))`],
    ["Memory", "bytes", `sum(process_resident_memory_bytes${selector})`],
    ["Instances up", "short", `sum(up${selector})`],
  ];
  const dashboard = {
    uid: `baseline-${service}`.slice(0, 40),
    title: [branding, service].filter((part) => part !== "").join(" "),
    tags: ["baseline"],
    schemaVersion: 39,
    timezone: "utc",
    refresh: "1m",
    time: { from: "now-6h", to: "now" },
    templating: { list: [{ name: "datasource", label: "Data source", type: "datasource", query: "prometheus" }] },
    panels: panels.map(([title, unit, expr], at) => panel({ id: at + 1, title, unit, expr })),
  };
  return `${JSON.stringify(dashboard, undefined, 2)}\n`;
}

function panel({ id, title, unit, expr }) {
  return {
    id,
    title,
    type: "timeseries",
    gridPos: { x: ((id - 1) % 2) * 12, y: Math.floor((id - 1) / 2) * 8, w: 12, h: 8 },
    datasource: { type: "prometheus", uid: "${datasource}" },
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    targets: [{ refId: "A", expr }],
  };
}
