import { describe, expect, test } from "@jest/globals";
import { lintDashboards, RULES } from "../../../components/observability/dashboards/lint/index.ts";
import type { LintedDashboard, LintedPanel, LintedTarget } from "../../../components/observability/dashboards/lint/read.ts";
import { catalogue } from "../../../components/observability/promql/catalogue.ts";
import { LEVEL } from "../levels.ts";

const PROMETHEUS = { type: "prometheus", uid: "${datasource}" };
const OF = 'reporter="destination",destination_workload_namespace="shop",destination_app="storefront"';
const RATE = `sum by (destination_version) (rate(istio_requests_total{${OF},destination_version=~"$revision"}[$__rate_interval]))`;

/** One that no rule has a word against. */
function fine(): LintedDashboard & { panels: [LintedPanel, LintedPanel, LintedPanel] } {
  return {
    uid: "slipway-shop-storefront",
    title: "storefront overview",
    description: "How storefront does.",
    editable: false,
    refresh: "30s",
    time: { from: "now-3h", to: "now" },
    templating: { list: [
      { type: "datasource", name: "datasource", label: "Data source", query: "prometheus" },
      { type: "query", name: "revision", query: `label_values(istio_requests_total{${OF}}, destination_version)`, refresh: 2, datasource: PROMETHEUS },
    ] },
    annotations: { list: [{ name: "New revisions", expr: 'kube_deployment_created{namespace="shop"} * 1000', datasource: PROMETHEUS }] },
    links: [{ title: "Itself", type: "link", url: "/d/slipway-shop-storefront" }, { title: "Others", type: "dashboards", tags: ["slipway"] }],
    panels: [
      { id: 1, type: "row", title: "Requests", gridPos: { x: 0, y: 0, w: 24, h: 1 } },
      {
        id: 2, type: "timeseries", title: "Rate", description: "Requests a second.", datasource: PROMETHEUS, gridPos: { x: 0, y: 1, w: 12, h: 8 },
        fieldConfig: { defaults: { unit: "reqps", thresholds: { steps: [{ value: null, color: "green" }, { value: 5, color: "yellow" }, { value: 9, color: "red" }] } } },
        targets: [{ refId: "A", expr: RATE, legendFormat: "{{destination_version}}" }],
      },
      {
        id: 3, type: "stat", title: "So far", description: "Requests in the time range.", datasource: PROMETHEUS, gridPos: { x: 12, y: 1, w: 12, h: 8 },
        fieldConfig: { defaults: { unit: "short", links: [{ title: "Again", url: "/d/slipway-shop-storefront?${datasource:queryparam}" }] } },
        targets: [{ refId: "A", expr: `sum(increase(istio_requests_total{${OF}}[$__range]))` }],
      },
    ],
  };
}

type Change = (dashboard: ReturnType<typeof fine>) => LintedDashboard;

const dashboard = (more: LintedDashboard): Change => (good) => ({ ...good, ...more });
const panel = (more: LintedPanel): Change => (good) => ({ ...good, panels: [good.panels[0], { ...good.panels[1], ...more }, good.panels[2]] });
const target = (more: LintedTarget): Change => panel({ targets: [{ refId: "A", expr: RATE, legendFormat: "{{destination_version}}", ...more }] });
/** A second query, so that the variable stays in use. */
const query = (expr: string): Change => panel({ targets: [{ refId: "A", expr: RATE, legendFormat: "a" }, { refId: "B", expr, legendFormat: "b" }] });
const variable = (more: object): Change => (good) => ({ ...good, templating: { list: (good.templating?.list ?? []).map((each) => (each.type === "query" ? { ...each, ...more } : each)) } });

const RATE_OF = (of: string): string => `sum(rate(istio_requests_total{${of}}[$__rate_interval]))`;
const RECORDED = 'slipway:requests:rate5m{namespace="shop",service="storefront"}';

const WRONG: [rule: string, change: Change, message: string][] = [
  ["template-datasource", dashboard({ templating: { list: fine().templating?.list?.slice(1) ?? [] } }), "templating: has no variable by which the reader picks the data source, got 0; add one of type datasource"],
  ["template-datasource", (good) => ({ ...good, templating: { list: [{ type: "datasource", name: "source", label: "Data source" }, ...(good.templating?.list?.slice(1) ?? [])] } }), 'templating: names the data source otherwise than every other dashboard, so that links lose it, got "source"; call it datasource'],
  ["template-datasource", (good) => ({ ...good, templating: { list: [{ type: "datasource", name: "datasource", label: "Source" }, ...(good.templating?.list?.slice(1) ?? [])] } }), 'templating: labels the data source otherwise than every other dashboard, got "Source"; write "Data source"'],
  ["template-on-time-change-reload", variable({ refresh: 1 }), "variable revision: keeps the values of another time range, got refresh 1; write 2"],
  ["template-data-source-variable", variable({ datasource: "Prometheus" }), 'variable revision: names a data source, got "Prometheus"; write "${datasource}"'],
  ["template-data-source-variable", dashboard({ annotations: { list: [{ name: "New", expr: 'kube_deployment_created{namespace="shop"}' }] } }), 'annotation "New": names a data source, got "none"; write "${datasource}"'],
  ["template-unused", target({ expr: RATE_OF(OF) }), "variable revision: changes nothing, got no query that uses it; leave it out"],
  ["template-label-promql", variable({ query: "label_names()" }), 'variable revision: asks nothing that Grafana can answer, got "label_names()"; write label_values(<selector>, <label>) or query_result(<query>)'],
  ["template-label-promql", variable({ query: "query_result(sum(}" + ")" }), 'variable revision: is no PromQL, got "sum(}"; write it as Prometheus\' documentation says'],
  ["template-label-promql", variable({ query: `label_values(istio_requests_total{${OF}}, version)` }), "variable revision: asks for a label that istio_requests_total does not have, got \"version\"; use one of "],
  ["uneditable", dashboard({ editable: true }), "editable: lets a reader change what the next update overwrites, got true; write false"],
  ["uid", dashboard({ uid: "slipway shop", links: [], panels: fine().panels.slice(0, 2) }), 'uid: is none that Grafana keeps, got "slipway shop"; write 1 to 40 letters, digits, hyphens and underscores'],
  ["title-description", dashboard({ title: " " }), 'title: is missing, got ""; name what the dashboard is about'],
  ["title-description", dashboard({ description: "" }), 'description: is missing, got ""; say what the dashboard answers'],
  ["time-range", dashboard({ time: { from: "2026-01-01", to: "now" } }), 'time: does not end now, got "2026-01-01" to "now"; write now-3h to now'],
  ["time-range", dashboard({ refresh: "5s" }), 'refresh: is not 30 seconds or longer, got "5s"; write 30s or more, which is as often as something new is recorded'],
  ["unique-ids", panel({ id: 1 }), 'panel "Requests": has no id of its own, by which links find it, got 1; number the panels'],
  ["unique-titles", panel({ title: "So far" }), 'panel "So far": is not the only one of its title, got 2 of them; say what makes it another'],
  ["links", dashboard({ links: [{ title: "Gone", type: "link", url: "/d/slipway-shop-gone" }] }), 'link "Gone": leads to a dashboard that is not there, got "slipway-shop-gone"; use one of elsewhere, slipway-shop-storefront'],
  ["links", dashboard({ links: [{ title: "Old", type: "link", url: "/dashboard/db/old" }] }), 'link "Old": leads out of Grafana or to a name that can change, got "/dashboard/db/old"; write /d/<uid>'],
  ["links", dashboard({ links: [{ title: "All", type: "dashboards" }] }), 'link "All": lists every dashboard of Grafana, got no tag; name the tags'],
  ["size", dashboard({ description: "x".repeat(1_000_000) }), "the document: is too large for a ConfigMap, got "],
  ["panel-datasource", panel({ datasource: { type: "prometheus", uid: "P1809F7CD0C75ACF3" } }), 'panel "Rate": does not follow the reader\'s data source, got "P1809F7CD0C75ACF3"; write "${datasource}"'],
  ["panel-datasource", target({ datasource: { uid: "other" } }), 'panel "Rate": does not follow the reader\'s data source, got "other"; write "${datasource}"'],
  ["panel-title-description", panel({ title: "" }), 'panel "": has no title, got ""; name what it shows'],
  ["panel-title-description", panel({ description: "" }), 'panel "Rate": has no description, got ""; say what a reader does with it'],
  ["panel-units", panel({ fieldConfig: { defaults: {} } }), 'panel "Rate": has no unit that Grafana knows, got ""; use one of its names, such as percentunit, ms, reqps or short'],
  ["panel-units", panel({ fieldConfig: { defaults: { unit: "reqps" }, overrides: [{ properties: [{ id: "unit", value: "cores" }] }] } }), 'panel "Rate": has no unit that Grafana knows, got "cores"; use one of its names, such as percentunit, ms, reqps or short'],
  ["panel-no-targets", (good) => ({ ...good, panels: [good.panels[0], good.panels[1], { ...good.panels[2], targets: [] }] }), 'panel "So far": asks nothing, got no targets; add a query or leave it out'],
  ["panel-thresholds", panel({ fieldConfig: { defaults: { unit: "reqps", thresholds: { steps: [{ value: null }, { value: 9 }, { value: 5 }] } } } }), 'panel "Rate": has thresholds that do not ascend from a base, got [null,9,5]; begin with null and sort them'],
  ["panel-ref-ids", panel({ targets: [{ refId: "A", expr: RATE, legendFormat: "a" }, { refId: "A", expr: RECORDED, legendFormat: "b" }] }), 'panel "Rate": has queries that cannot be told apart, got refIds ["A","A"]; name them A, B, C, …'],
  ["panel-legend", target({ legendFormat: "" }), 'panel "Rate": shows series by all their labels, got no legend for A; add one'],
  ["panel-grid", panel({ gridPos: { x: 8, y: 1, w: 20, h: 8 } }), 'panel "Rate": lies outside the grid\'s 24 columns, got x 8 and w 20; make the row 24 wide'],
  ["panel-grid", panel({ gridPos: { x: 0, y: 0, w: 12, h: 8 } }), 'panel "Rate": lies on panel "Requests", got x 0 and y 0; move it'],
  ["target-promql", query(`sum(rate(istio_requests_total{${OF}}[$__rate_interval])`), 'panel "Rate", query B: is no PromQL, got "p="storefront"}[5m])"; write it as Prometheus\' documentation says'],
  ["target-promql", query("sum(1)"), 'panel "Rate", query B: is not well typed (expected type vector in aggregation expression, got scalar), got "1"; write it as Prometheus\' documentation says'],
  ["target-catalogue", query(RATE_OF(`${OF},code="500"`)), 'panel "Rate", query B: asks for a label that istio_requests_total does not have, got "code"; use response_code'],
  ["target-catalogue", dashboard({ annotations: { list: [{ name: "New", expr: 'kube_deployment_made{namespace="shop"}', datasource: PROMETHEUS }] } }), 'annotation "New": asks for a metric that nothing reports, got "kube_deployment_made"; use one of the catalogue in components/observability/promql'],
  ["target-rate-interval", query(RATE_OF(OF).replace("$__rate_interval", "5m")), 'panel "Rate", query B: does not follow the graph\'s step, got [5m] in rate; write [$__rate_interval]'],
  ["target-rate-interval", query(RATE_OF(OF).replace("rate(", "irate(").replace("$__rate_interval", "$__range")), 'panel "Rate", query B: does not follow the graph\'s step, got [$__range] in irate; write [$__rate_interval]'],
  ["target-counter-agg", query(`sum(istio_requests_total{${OF}})`), 'panel "Rate", query B: shows a counter as it is, which starts again with each pod, got istio_requests_total; use rate or increase'],
  ["target-required-matchers", query('sum(rate(istio_requests_total{reporter="destination"}[$__rate_interval]))'), 'panel "Rate", query B: does not say whose the series are, got istio_requests_total; add one of namespace, destination_workload_namespace, stack, repository'],
  ["target-cardinality", query('sum by (uid) (kube_pod_status_phase{namespace="shop"})'), 'panel "Rate", query B: makes one series for each value of a label that has endlessly many, got "uid"; leave it out, and look the single case up in logs or traces'],
];

function lint(dashboards: LintedDashboard[]): [string, string][] {
  return lintDashboards(dashboards.map((each) => JSON.stringify(each)), { catalogue: catalogue(LEVEL), uids: ["elsewhere"] }).map(({ message, rule }) => [rule, message]);
}

describe("the linter", () => {
  test("has nothing against a dashboard that is right", () => {
    expect(lint([fine()])).toEqual([]);
  });

  test.each(WRONG)("finds by %s what is wrong (%#)", (rule, change, message) => {
    const wrong = change(fine());
    const found = lint([wrong]).filter(([name]) => name === rule).map(([, text]) => text.replace(`dashboard "${wrong.title ?? ""}": `, ""));
    expect(found[0]).toContain(message);
  });

  test("has a case that is wrong for each rule", () => {
    expect([...new Set(WRONG.map(([rule]) => rule))].sort()).toEqual(Object.keys(RULES).sort());
  });

  test("finds two dashboards of one uid", () => {
    const text = 'dashboard "storefront overview": uid: is another dashboard\'s as well, so that the last one wins, got "slipway-shop-storefront"; rename one';
    expect(lint([fine(), fine()])).toEqual([["unique-uid", text], ["unique-uid", text]]);
  });

  test("looks into rows that are closed", () => {
    const { panels: [row, rate, soFar], ...rest } = fine();
    expect(lint([{ ...rest, panels: [{ ...row, panels: [{ ...rate, description: "" }] }, soFar] }])).toEqual([["panel-title-description", 'dashboard "storefront overview": panel "Rate": has no description, got ""; say what a reader does with it']]);
  });
});
