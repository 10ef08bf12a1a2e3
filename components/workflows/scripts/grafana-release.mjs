// Marks a release in Grafana and keeps the service's release dashboard. The release is out: what Grafana refuses is a warning.
import { input, optional, setOutput, summary, warn } from "./lib/actions.mjs";
import { request } from "./lib/http.mjs";
import { queriesOf } from "./lib/prometheus.mjs";

const service = input("SERVICE", /^[a-z][a-z0-9-]*$/, "the name of a service");
const namespace = input("NAMESPACE", /^[a-z][a-z0-9-]*$/, "the name of a namespace");
const version = input("VERSION", /^[0-9A-Za-z][0-9A-Za-z.+-]{0,99}$/, "a version");
const base = input("GRAFANA_URL", /^https?:\/\/[^\s/?#@]+(\/\S*)?$/, "a web address").replace(/\/+$/, "");
const runUrl = `${optional("GITHUB_SERVER_URL")}/${optional("GITHUB_REPOSITORY")}/actions/runs/${optional("GITHUB_RUN_ID")}`;
const uid = `release-${service}`.slice(0, 40);

await said("annotation", () => send("/api/annotations", { time: Date.now(), tags: ["release", service, version], text: `${service} ${version} takes all traffic (${runUrl})` }));
const dashboard = await said("dashboard", () => send("/api/dashboards/db", { overwrite: true, message: `Release ${version}`, dashboard: dashboardOf() }));
if (dashboard) {
  setOutput("url", `${base}/d/${uid}`);
  summary(`Grafana: [release dashboard](${base}/d/${uid}) with a mark at ${version}.`);
}

async function send(path, body) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${process.env.GRAFANA_API_KEY}` };
  const { status, text } = await request(`${base}${path}`, { method: "POST", headers, body: JSON.stringify(body) }, "Grafana");
  if (status !== 200) throw new Error(`Grafana answered ${status}: ${text.slice(0, 120)}`);
  return true;
}

async function said(what, act) {
  return await act().catch((error) => warn(`the ${what} was not made: ${error.message}`));
}

function dashboardOf() {
  const { errorRate, successRate, responseTime, requests } = queriesOf({ service, namespace, window: "5m" });
  const panels = [["Error rate", errorRate, "percent"], ["Success rate", successRate, "percent"], ["Response time, p95", responseTime, "ms"], ["Requests in 5 min", requests, "short"]];
  return {
    uid,
    title: `Release: ${service}`,
    tags: ["release", service],
    timezone: "utc",
    time: { from: "now-24h", to: "now" },
    refresh: "1m",
    annotations: { list: [{ name: "Releases", enable: true, iconColor: "green", datasource: { type: "grafana", uid: "-- Grafana --" }, target: { type: "tags", tags: ["release", service], matchAny: false } }] },
    panels: panels.map(([title, expr, unit], at) => ({
      id: at + 1,
      type: "timeseries",
      title,
      gridPos: { x: 12 * (at % 2), y: 8 * Math.floor(at / 2), w: 12, h: 8 },
      datasource: { type: "prometheus" },
      fieldConfig: { defaults: { unit }, overrides: [] },
      targets: [{ refId: "A", expr, datasource: { type: "prometheus" } }],
    })),
  };
}
