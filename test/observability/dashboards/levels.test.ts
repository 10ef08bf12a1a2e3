import { describe, expect, test } from "@jest/globals";
import { namespaceDashboards, serviceDashboards } from "../../../components/observability/dashboards/index.ts";
import { ruleGroups } from "../../../components/observability/prometheus-rules.ts";
import type { ServiceLevel } from "../../../components/observability/service-level.ts";
import { LEVEL, TCP } from "../levels.ts";
import { queriesOf, read, titles } from "./read.ts";
import type { ReadDashboard } from "./read.ts";

function levels(more: Partial<ServiceLevel> = {}): ReadDashboard {
  const found = serviceDashboards({ ...LEVEL, ...more }).find(({ key }) => key.endsWith(".levels"));
  if (found === undefined) throw new Error("a service with objectives has no dashboard of them");
  return read(found);
}

const steps = ({ panels }: ReadDashboard, title: string): (number | null)[] => (panels.find((panel) => panel.title === title)?.fieldConfig?.defaults.thresholds?.steps ?? []).map(({ value }) => value);

describe("the dashboard of service levels", () => {
  test("shows of each objective the budget and every pair of burn rates, and the alerts", () => {
    const of = (name: string): string[] => [`Budget of ${name}`, `Kept, ${name}`, `Lasts, ${name}`, `Budget over time, ${name}`];
    const pairs = (name: string): string[] => ["1h and 5m", "6h and 30m", "1d and 2h", "3d and 6h"].map((pair) => `${name}, ${pair}`);
    expect(titles(levels())).toEqual([
      "# availability: 99.5 % of the requests succeed", ...of("availability"), "# Burn rates of availability: 1 uses the budget up exactly in 30 days", ...pairs("availability"),
      "# latency: 99 % of the requests are answered within 500 ms", ...of("latency"), "# Burn rates of latency: 1 uses the budget up exactly in 30 days", ...pairs("latency"),
      "# Alerts", "Alerts that fire",
    ]);
  });

  test("draws the limits at which the alerts fire, over 30 days as over 28, and no pair that cannot", () => {
    for (const windowDays of [28, 30] as const) {
      const alerts = ruleGroups({ ...LEVEL, windowDays }).flatMap(({ rules }) => rules).flatMap((rule) => ("alert" in rule && rule.labels["long_window"] !== undefined ? [rule] : []));
      expect(alerts).toHaveLength(8);
      for (const { expr, labels } of alerts) {
        const [, limit] = steps(levels({ windowDays }), `${labels["objective"] ?? ""}, ${labels["long_window"] ?? ""} and ${labels["short_window"] ?? ""}`);
        expect(expr).toContain(` > ${limit ?? "none"}\n`);
      }
    }
    expect(titles(levels({ objectives: { availability: 90 } })).filter((title) => title.includes(" and "))).toEqual(["availability, 6h and 30m", "availability, 1d and 2h", "availability, 3d and 6h"]);
  });

  test("counts what is kept and how long it lasts from the recorded budget", () => {
    const left = 'slipway:error_budget:remaining30d{namespace="shop",service="storefront",objective="availability"}';
    expect(queriesOf(levels(), "Budget of availability")).toEqual([left]);
    expect(queriesOf(levels(), "Kept, availability")).toEqual([`1 - (1 - ${left}) * 0.005`]);
    expect(steps(levels(), "Kept, availability")).toEqual([null, 0.995]);
    expect(queriesOf(levels(), "Lasts, availability")).toEqual([`clamp_min(${left}, 0) * 30 / (slipway:burn_rate:rate1d{namespace="shop",service="storefront",objective="availability"} > 0)`]);
  });

  test("is not there where nothing is promised, and nothing leads to it", () => {
    for (const level of [TCP, { ...LEVEL, objectives: {} }]) {
      const all = serviceDashboards(level).map(read);
      expect(all.map(({ uid }) => uid).filter((uid) => uid.endsWith("_levels"))).toEqual([]);
      expect(JSON.stringify(all)).not.toContain("_levels");
    }
  });
});

describe("the dashboard of a namespace's capacity", () => {
  const [first] = namespaceDashboards({ namespace: "shop" });
  if (first === undefined) throw new Error("a namespace has no dashboard");
  const capacity = read(first);

  test("shows quota, CPU, memory, pods and what troubles them", () => {
    expect(titles(capacity)).toEqual([
      "# Quota", "CPU and objects, used and allowed", "Memory, used and allowed", "Share of the quota",
      "# CPU and memory", "CPU, asked for", "CPU, in use", "Memory, asked for", "Memory, in use",
      "# Pods", "Pods by phase", "Ready containers", "Autoscalers, of their most",
      "# Trouble", "Held back by the CPU limit", "Restarts in an hour",
    ]);
  });

  test("compares requests and limits with the quota, and counts no container twice", () => {
    expect(queriesOf(capacity, "CPU, asked for")).toEqual([
      'sum(kube_pod_container_resource_requests{namespace="shop",resource="cpu"})',
      'sum(kube_pod_container_resource_limits{namespace="shop",resource="cpu"})',
      'max(kube_resourcequota{namespace="shop",type="hard",resource="requests.cpu"})',
    ]);
    expect(queriesOf(capacity, "Memory, in use")).toEqual(['sum by (container) (container_memory_working_set_bytes{namespace="shop",container!="",container!="POD"})']);
    expect(queriesOf(capacity, "Memory, used and allowed").slice(0, 2)).toEqual(["used", "hard"].map((type) => `max by (resource) (kube_resourcequota{namespace="shop",type="${type}",resource=~".*(memory|storage)"})`));
    expect(queriesOf(capacity, "CPU and objects, used and allowed")[0]).toBe('max by (resource) (kube_resourcequota{namespace="shop",type="used",resource!~".*(memory|storage)"})');
  });

  test("leads to every dashboard of the namespace, and each of these to it", () => {
    expect(capacity.links).toEqual([expect.objectContaining({ type: "dashboards", tags: ["slipway", "shop"], asDropdown: true })]);
    for (const { links = [], uid } of serviceDashboards(LEVEL).map(read)) expect([uid, links.map(({ url }) => url)]).toEqual([uid, expect.arrayContaining(["/d/slipway-shop_capacity"])]);
  });
});
