import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { ruleProblems } from "../components/observability/check-rules.ts";
import { ruleGroups, rulesDocument } from "../components/observability/prometheus-rules.ts";
import type { ServiceLevel } from "../components/observability/service-level.ts";
import { LEVEL } from "../test/observability/levels.ts";
import { failures } from "./failures.ts";
import { promtool } from "./promtool.ts";
import { testDocument } from "./rule-tests/document.ts";
import { seriesOf } from "./rule-tests/series.ts";

const percent = (least: number, most: number): fc.Arbitrary<number> => fc.integer({ min: least * 1000, max: most * 1000 }).map((each) => each / 1000);
const bound = fc.constantFrom(...LEVEL.bounds);

/** Whatever the settings allow; a limit that nothing can exceed, 0 % of success, is left out. */
const LEVELS: fc.Arbitrary<ServiceLevel> = fc.record({
  service: fc.constantFrom("a", "storefront", "api-v2"),
  namespace: fc.constantFrom("shop", "team-1"),
  protocols: fc.constantFrom<ServiceLevel["protocols"]>(["http"], ["http2"], ["grpc"], ["tcp"], ["http", "grpc", "tcp"]),
  maxReplicas: fc.option(fc.integer({ min: 2, max: 50 }), { nil: undefined }),
  bounds: fc.constant(LEVEL.bounds),
  limits: fc.record({ errorPercent: percent(0.01, 100), p95Milliseconds: bound, successPercent: percent(0.1, 100) }),
  objectives: fc.record({
    availability: fc.option(percent(50, 99.999), { nil: undefined }),
    latency: fc.option(fc.record({ percent: percent(50, 99.999), milliseconds: bound }), { nil: undefined }),
  }),
  windowDays: fc.constantFrom(28, 30),
  minimumRequests: fc.integer({ min: 1, max: 1_000_000 }),
  metrics: fc.option(fc.constant({ port: "metrics", path: "/metrics", intervalSeconds: 30, sampleLimit: 5000 }), { nil: undefined }),
  runbooks: fc.constant(LEVEL.runbooks),
  grafana: fc.constant(LEVEL.grafana),
});

test("whatever a service promises, its rules are well formed and do what they say", () => {
  fc.assert(fc.property(LEVELS, (level) => {
    const groups = ruleGroups(level);
    const rules = groups.flatMap(({ rules: found }) => found);
    const { code, said } = promtool(["check", "rules", "--lint=all", "--lint-fatal"], { "rules.yaml": rulesDocument(groups) });
    expect([code, said.trim()]).toEqual([0, `Checking rules.yaml\n  SUCCESS: ${rules.length} rules found`]);
    expect(ruleProblems(level, groups)).toEqual([]);
    expect(failures(level, rules)).toEqual([]);
  }), { numRuns: 6, seed: 20_261_121, endOnFailure: true });
});

test("annotations are expected as Prometheus writes them, where a number lies between two as well", () => {
  const alert = {
    alert: "Written", expr: "written", for: "0s", labels: {},
    annotations: {
      summary: '{{ $value | printf "%.0f" }}', description: '{{ $value | printf "%.1f" }}', next_step: "{{ $value | humanizePercentage }}",
      runbook_url: "{{ $value }}", dashboard_url: "https://example.com",
    },
  };
  const cases = [0, 0.5, 1.5, 2.5, -2.5, 50.5, 0.25, 0.75, 14.65, 0.30625, 0.31875, -0.1, 1.02, 0.000102].map((value) => (
    { title: `${value}`, series: { [seriesOf("written", {})]: `${value}x3` }, at: 30, expected: [{ labels: {}, value }] }));
  const files = { "rules.yaml": { groups: [{ name: "one", rules: [alert] }] }, "tests.yaml": testDocument("rules.yaml", [alert], { cases, evaluation: 30 }) };
  expect(promtool(["test", "rules"], files, ["tests.yaml"])).toEqual({ code: 0, said: expect.stringContaining("SUCCESS") });
});
