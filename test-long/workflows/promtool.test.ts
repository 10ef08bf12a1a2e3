import { execFileSync } from "node:child_process";
import { baselineDashboard } from "../../components/workflows/scripts/lib/baseline-dashboard.mjs";
import { scriptRoom } from "../../test/workflows/script-room.ts";

const RULES = `groups:
  - name: cortex
    rules:
      - record: job:http_errors:ratio5m
        expr: sum by (job) (rate(http_requests_total{status=~"5.."}[5m])) / sum by (job) (rate(http_requests_total[5m]))
      - alert: HighErrorRate
        expr: job:http_errors:ratio5m > 0.05
        for: 5m
        labels: {severity: page}
        annotations: {summary: "{{ $labels.job }} fails"}
`;
const PROMETHEUS = "rule_files: [rules/*.yml]\nscrape_configs:\n  - job_name: api\n    static_configs: [{targets: ['localhost:9464']}]\n";
const TESTS = `rule_files: [../rules/good.yml]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - {series: 'http_requests_total{job="api",status="500"}', values: "0+10x20"}
      - {series: 'http_requests_total{job="api",status="200"}', values: "0+90x20"}
    alert_rule_test:
      - eval_time: 15m
        alertname: HighErrorRate
        exp_alerts:
          - exp_labels: {severity: page, job: api}
            exp_annotations: {summary: api fails}
`;

/** The promtool of this machine, as the runner has it after apt-get install prometheus. */
async function promtool(files: Record<string, string>, what: string, pattern: string) {
  const room = scriptRoom();
  room.repository().commit("x", { "prometheus.yml": PROMETHEUS, "rules/good.yml": RULES, "tests/good.yml": TESTS, ...files });
  const { code, stderr } = await room.run("promtool.mjs", { FILES: pattern }, [what]);
  return { code, last: stderr.trim().split("\n").at(-1) };
}

it("is installed (apt-get install prometheus)", () => {
  expect(execFileSync("promtool", ["--version"], { encoding: "utf8" })).toMatch(/^promtool, version [23]\./);
});

describe("promtool", () => {
  it.each([["check-config", "prometheus.yml"], ["check-rules", "rules/*.yml"], ["test-rules", "tests/*.yml"]])("%s takes what is right", async (what, pattern) => {
    expect(await promtool({}, what, pattern)).toEqual({ code: 0, last: "" });
  });

  it.each<[string, Record<string, string>, string, string]>([
    ["check-config", { "prometheus.yml": `${PROMETHEUS}unknown: 1\n` }, "prometheus.yml", "prometheus.yml"],
    ["check-rules", { "rules/bad.yml": RULES.replace("> 0.05", "> > 0.05") }, "rules/*.yml", "rules/bad.yml"],
    ["test-rules", { "tests/bad.yml": TESTS.replace("api fails", "api works") }, "tests/*.yml", "tests/bad.yml"],
  ])("%s refuses what is wrong", async (what, files, pattern, bad) => {
    expect(await promtool(files, what, pattern)).toEqual({ code: 1, last: `::error::promtool refuses ${bad}; its reasons stand above` });
  });

  it("can read every query of a baseline dashboard", async () => {
    const { panels } = JSON.parse(baselineDashboard("api", { job: "api" })) as { panels: { targets: { expr: string }[] }[] };
    const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    const rules = { groups: [{ name: "baseline", rules: queries.map((expr, at) => ({ record: `baseline:${at}`, expr })) }] };
    expect(queries).toHaveLength(6);
    expect(await promtool({ "rules/baseline.yml": JSON.stringify(rules) }, "check-rules", "rules/*.yml")).toEqual({ code: 0, last: "" });
  });
});
