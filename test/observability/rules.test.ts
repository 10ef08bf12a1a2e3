import { readdirSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import type { AlertRule, RecordingRule } from "../../components/observability/alert.ts";
import { factor } from "../../components/observability/burn-rates.ts";
import { ruleProblems } from "../../components/observability/check-rules.ts";
import { ruleGroups } from "../../components/observability/prometheus-rules.ts";
import { RECORDED } from "../../components/observability/recorded.ts";
import { Rules } from "../../components/observability/rules.ts";
import { ALERT_NAMES, runbookPages } from "../../components/observability/runbooks.ts";
import type { ServiceLevel } from "../../components/observability/service-level.ts";
import { declared, inputsOf } from "../kubernetes/declared.ts";
import { LEVEL, TCP } from "./levels.ts";

const MINE = 'namespace="shop",service="storefront"';

function all(level: ServiceLevel): (RecordingRule | AlertRule)[] {
  return ruleGroups(level).flatMap(({ rules }) => rules);
}

function alerts(level: ServiceLevel): AlertRule[] {
  return all(level).filter((rule) => "alert" in rule);
}

function recordings(level: ServiceLevel): RecordingRule[] {
  return all(level).filter((rule) => "record" in rule);
}

function alert(name: string, labels: Record<string, string> = {}, level = LEVEL): AlertRule {
  const found = alerts(level).filter((each) => each.alert === name && Object.entries(labels).every(([label, value]) => each.labels[label] === value));
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${found.length} rules are ${name}`);
  return only;
}

describe("the rules of a service", () => {
  test("ask nothing that Prometheus would answer wrongly", () => {
    expect([LEVEL, TCP].flatMap((level) => ruleProblems(level, ruleGroups(level)))).toEqual([]);
  });

  test("lie in groups, those that record before those that read", () => {
    expect(ruleGroups(LEVEL).map(({ intervalSeconds, name, rules }) => `${name} ${rules.length} ${intervalSeconds}s`)).toEqual([
      "shop.storefront.requests 23 30s", "shop.storefront.burn-rates 14 30s", "shop.storefront.error-budget 8 300s",
      "shop.storefront.burn-rate-alerts 8 30s", "shop.storefront.workload 8 30s", "shop.storefront.absent 4 30s",
    ]);
  });

  test("are what is possible where it speaks plain TCP alone", () => {
    expect(recordings(TCP).map(({ record }) => record)).toEqual(["slipway:connections:rate5m", "slipway:service_connections:rate5m"]);
    expect(alerts(TCP).map((each) => each.alert)).toEqual([
      "SlipwayNoPodReady", "SlipwayPodNotReady", "SlipwayCrashLooping", "SlipwayRolloutStuck", "SlipwayCpuThrottled",
      "SlipwayDisruptionBudgetBroken", "SlipwayOutOfMemory", "SlipwayPodsAbsent",
    ]);
  });

  test("read only what they record themselves", () => {
    const levels = [LEVEL, { ...LEVEL, objectives: {} }, { ...LEVEL, objectives: { availability: 90 } }, TCP];
    for (const level of levels) {
      const recorded = new Set<string>(recordings(level).map(({ record }) => record));
      const read = all(level).flatMap(({ expr }) => expr.match(/slipway:[a-z_]+:[a-z0-9_]+/g) ?? []);
      expect(read.filter((name) => !recorded.has(name))).toEqual([]);
    }
  });

  test("record every series of the list, each once with the same labels", () => {
    const both = recordings({ ...LEVEL, protocols: ["http", "tcp"] });
    const month = recordings({ ...LEVEL, windowDays: 28 });
    expect(new Set([...both, ...month].map(({ record }) => record))).toEqual(new Set(Object.keys(RECORDED)));
    expect(new Set(both.map(({ record, labels }) => `${record} ${labels.objective ?? ""}`)).size).toBe(both.length);
    for (const { labels, record } of both) {
      const objective = "objective" in labels ? ["objective"] : [];
      expect([record, Object.keys(labels)]).toEqual([record, ["namespace", "service", ...objective]]);
    }
  });
});

describe("an alert", () => {
  test("is told apart from every other by name and labels", () => {
    const rules = alerts(LEVEL);
    expect(new Set(rules.map((rule) => JSON.stringify([rule.alert, rule.labels]))).size).toBe(rules.length);
  });

  test("says what is wrong, how bad, since when and what to do first, in its own words and behind links", () => {
    for (const rule of [...alerts(LEVEL), ...alerts(TCP)]) {
      const { description, next_step, runbook_url, summary, dashboard_url } = rule.annotations;
      expect([rule.alert, rule.labels]).toEqual([rule.alert, expect.objectContaining({ namespace: "shop", service: expect.stringMatching(/^storefront$|^queue$/), severity: expect.stringMatching(/^(page|ticket|info)$/) })]);
      expect(`${summary} ${description} ${next_step}`).not.toMatch(/undefined|<|NaN/);
      expect(description).toContain("In namespace shop");
      if (rule.for !== "0s") expect(description).toContain(`for ${rule.for} or longer`);
      expect(runbook_url).toBe(`https://example.com/runbooks/${rule.alert}.md`);
      const best = rule.labels.role === "canary" ? "_canary?var-candidate={{ $labels.revision }}" : "objective" in rule.labels ? "_levels" : "";
      expect(dashboard_url).toBe(`https://example.com/grafana/d/slipway-shop-${rule.labels.service ?? ""}${best}`);
    }
  });

  test("names only labels that its series have", () => {
    for (const { alert: name, annotations, expr } of alerts(LEVEL)) {
      const named = JSON.stringify(annotations).match(/\$labels\.\w+/g) ?? [];
      for (const label of named.map((text) => text.replace("$labels.", ""))) expect([name, label, expr]).toEqual([name, label, expect.stringMatching(new RegExp(`by \\(${label}\\)|on \\(${label}\\)`))]);
    }
  });

  test("has a page", () => {
    expect(Object.keys(runbookPages())).toEqual(["README.md", ...ALERT_NAMES.map((name) => `${name}.md`)]);
    expect(new Set(alerts(LEVEL).map((rule) => rule.alert))).toEqual(new Set(ALERT_NAMES));
    expect(readdirSync("docs/runbooks").sort()).toEqual(Object.keys(runbookPages()).sort());
  });
});

test("a page shows the names that stand for the alert's own, in its text as in its commands", () => {
  const page = runbookPages()["SlipwayCrashLooping.md"] ?? "";
  expect(page).toContain("Read the last words of pod \\<pod>: kubectl -n \\<namespace> logs \\<pod> -c \\<service> --previous.");
  expect(page).toContain("       kubectl -n <namespace> logs <pod> -c <service> --previous --tail=200\n");
  expect(runbookPages()["SlipwayAutoscalerMaxed.md"]).toContain("2. Raise `services.<service>.scaling.max`, and the namespace's quota with it.\n");
});

describe("the limits", () => {
  const enough = `and on (revision) slipway:requests:rate5m{${MINE}} * 300 >= 20`;
  const most = `on (revision) slipway:stable_requests:sum1h{${MINE}}`;

  test.each([
    ["SlipwayCanaryErrorRateHigh", "ticket", "1m", `slipway:error_ratio:rate5m{${MINE}} > 0.05\n${enough}\nunless ${most}`],
    ["SlipwayStableErrorRateHigh", "page", "2m", `slipway:error_ratio:rate5m{${MINE}} > 0.05\n${enough}\nand ${most}`],
    ["SlipwayCanaryLatencyHigh", "ticket", "2m", `slipway:latency_milliseconds:p95_rate5m{${MINE}} > 2000\n${enough}\nunless ${most}`],
    ["SlipwayStableLatencyHigh", "page", "5m", `slipway:latency_milliseconds:p95_rate5m{${MINE}} > 2000\n${enough}\nand ${most}`],
    ["SlipwayCanarySuccessRateLow", "ticket", "5m", `slipway:success_ratio:rate30m{${MINE}} < 0.95\nand on (revision) slipway:requests:rate30m{${MINE}} * 1800 >= 20\nunless ${most}`],
    ["SlipwayStableSuccessRateLow", "ticket", "5m", `slipway:success_ratio:rate30m{${MINE}} < 0.95\nand on (revision) slipway:requests:rate30m{${MINE}} * 1800 >= 20\nand ${most}`],
  ])("make %s", (name, severity, lasting, expression) => {
    const role = name.startsWith("SlipwayStable") ? "stable" : "canary";
    expect(alert(name)).toMatchObject({ expr: expression, for: lasting, labels: { severity, role, service: "storefront", namespace: "shop" } });
  });

  test("are those of the settings, without the digits of floating point", () => {
    const level = { ...LEVEL, minimumRequests: 7, limits: { errorPercent: 0.07, p95Milliseconds: 500, successPercent: 99.93 } };
    expect(alert("SlipwayCanaryErrorRateHigh", {}, level).expr).toContain("> 0.0007\nand on (revision) slipway:requests:rate5m{namespace=\"shop\",service=\"storefront\"} * 300 >= 7\n");
    expect(alert("SlipwayCanaryLatencyHigh", {}, level).expr).toContain("> 500\n");
    expect(alert("SlipwayStableSuccessRateLow", {}, level).expr).toContain("< 0.9993\n");
  });

  test("speak to whoever is woken", () => {
    expect(alert("SlipwayStableErrorRateHigh").annotations).toEqual({
      summary: "The stable revision {{ $labels.revision }} of storefront fails {{ $value | humanizePercentage }} of its requests",
      description: "In namespace shop the stable revision {{ $labels.revision }} of storefront fails {{ $value | humanizePercentage }} of its requests, measured over 5 minutes; the limit is 5 % at most. It has been so for 2m or longer.",
      next_step: "look on the dashboard whether it began with a release of storefront; if so, roll revision {{ $labels.revision }} back, the runbook has the command",
      runbook_url: "https://example.com/runbooks/SlipwayStableErrorRateHigh.md",
      dashboard_url: "https://example.com/grafana/d/slipway-shop-storefront",
    });
  });
});

describe("the burn rates", () => {
  const burning = (window: string, limit: number): string => `slipway:burn_rate:rate${window}{${MINE},objective="availability"} > ${limit}`;

  test.each([
    ["page", "1h", "5m", 14.4, "2m"],
    ["page", "6h", "30m", 6, "15m"],
    ["ticket", "1d", "2h", 3, "1h"],
    ["ticket", "3d", "6h", 1, "3h"],
  ])("%s over %s and %s at the workbook's factor %d", (severity, long, short, limit, lasting) => {
    expect(alert("SlipwayAvailabilityBudgetBurn", { long_window: long })).toMatchObject({
      expr: `${burning(long, limit)}\nand on () ${burning(short, limit)}\nand on () slipway:service_requests:increase${short}{${MINE}} >= 20`,
      for: lasting,
      labels: { severity, short_window: short, objective: "availability" },
    });
  });

  test("spend the same share of the budget in 28 days", () => {
    expect([1 / 24, 1 / 4, 1, 3].map((days, at) => factor({ days, spent: [0.02, 0.05, 0.1, 0.1][at] ?? 0 }, 28))).toEqual([13.44, 5.6, 2.8, 0.933333]);
  });

  test("leave out the pairs that could not fire if every request failed", () => {
    const level = { ...LEVEL, objectives: { availability: 90 } };
    expect(alerts(level).filter((each) => each.alert === "SlipwayAvailabilityBudgetBurn").map(({ labels }) => labels.long_window)).toEqual(["6h", "1d", "3d"]);
  });

  test("are shares of the budget: 0.5 % of the requests may fail", () => {
    const [rule] = recordings(LEVEL).filter(({ record, labels }) => record === "slipway:burn_rate:rate1d" && labels.objective === "availability");
    const over = (what: string): string => `sum_over_time(slipway:objective_${what}:rate5m{${MINE},objective="availability"}[1d])`;
    expect(rule?.expr).toBe(`(${over("failures")} / (${over("events")} > 0)) / 0.005`);
  });

  test("say nothing where nothing is promised", () => {
    expect(recordings({ ...LEVEL, objectives: {} }).filter(({ record }) => /burn|budget|objective/.test(record))).toEqual([]);
  });
});

describe("the error budget", () => {
  test("is what is left over the window, as a share of it", () => {
    const [rule] = recordings({ ...LEVEL, windowDays: 28, objectives: { latency: { percent: 99, milliseconds: 500 } } }).filter(({ record }) => record.startsWith("slipway:error_budget"));
    const over = (what: string): string => `sum_over_time(slipway:objective_${what}:rate5m{${MINE},objective="latency"}[28d])`;
    expect(rule).toEqual({ record: "slipway:error_budget:remaining28d", expr: `1 - (${over("failures")} / (${over("events")} > 0)) / 0.01`, labels: { namespace: "shop", service: "storefront", objective: "latency" } });
  });

  test("is exhausted only where there were requests enough for one failure", () => {
    expect(alert("SlipwayErrorBudgetExhausted", { objective: "availability" }).expr).toBe(
      `slipway:error_budget:remaining30d{${MINE},objective="availability"} <= 0\nand on () sum_over_time(slipway:objective_events:rate5m{${MINE},objective="availability"}[30d]) * 30 >= 200`,
    );
    expect(alert("SlipwayErrorBudgetExhausted", { objective: "latency" }, { ...LEVEL, minimumRequests: 500 }).expr).toContain(">= 500");
  });
});

describe("the PrometheusRule", () => {
  test("holds every group, beside its service", async () => {
    const made = await declared((opts) => new Rules("storefront-rules", { level: LEVEL, namespace: "shop" }, opts));
    const inputs = inputsOf(made, "PrometheusRule");
    expect(inputs).toMatchObject({
      apiVersion: "monitoring.coreos.com/v1",
      metadata: { name: "service-storefront", namespace: "shop", labels: { "app.kubernetes.io/name": "storefront", "app.kubernetes.io/managed-by": "slipway" } },
      spec: { groups: ruleGroups(LEVEL).map(({ name, intervalSeconds, rules }) => ({ name, interval: `${intervalSeconds}s`, rules: JSON.parse(JSON.stringify(rules)) })) },
    });
  });

  test("is refused with every query that would be answered wrongly", async () => {
    const level = { ...LEVEL, bounds: LEVEL.bounds.filter((bound) => bound !== 500) };
    await expect(declared((opts) => new Rules("storefront-rules", { level, namespace: "shop" }, opts))).rejects.toThrow("services.storefront.observability: a latency is no bound of the mesh's histogram, got 500");
  });
});
