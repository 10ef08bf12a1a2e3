import type { RepositoryService } from "../../../components/workflows/kit/index.ts";
import { documentOf, job, step } from "./documents.ts";

const service = (name: string): RepositoryService => ({ namespace: "cortex", image: `ghcr.io/acme/${name}`, strategy: "canary", stages: [] });
const services = { api: service("api"), core: service("core") };
const metrics = { endpoints: [{ url: "http://127.0.0.1:9464/metrics", metrics: ["http_requests_total"] }] };
const document = documentOf("observabilityValidate", { metrics, tracedPackages: ["packages/api"], dashboards: { branding: "brAInwav" } }, { services });
const checks = ["validate-prometheus", "validate-grafana", "test-metrics-endpoints", "validate-logging", "validate-tracing", "metric-cardinality-check", "alert-rules-test"];

describe("observability-validate", () => {
  it("runs the eight jobs and ends in the check that the ruleset asks for", () => {
    expect(Object.keys(document.jobs)).toEqual(["detect-changes", ...checks, "create-baseline-dashboards", "observability-validate"]);
    expect(job(document, "observability-validate")).toMatchObject({ name: "observability-validate", needs: ["detect-changes", ...checks], if: "${{ always() }}" });
    expect(Object.keys(document.on)).toEqual(["push", "pull_request", "merge_group", "workflow_dispatch"]);
  });

  it("runs a job where a change touches what it reads", () => {
    const conditions = checks.map((id) => [...(job(document, id).if ?? "").matchAll(/'(\w+)'/g)].map(([, area]) => area));
    expect(conditions).toEqual([["prometheus"], ["dashboards"], ["code"], ["code"], ["code"], ["code", "prometheus"], ["prometheus"]]);
    const areas = JSON.parse(step(document, "detect-changes", "Select what is checked").env?.["AREAS"] ?? "");
    expect(areas.map(({ name }: { name: string }) => name)).toEqual(["prometheus", "dashboards", "code"]);
  });

  it("lets nothing write but the job that proposes dashboards, and that one on the default branch alone", () => {
    expect(Object.entries(document.jobs).filter(([, { permissions }]) => Object.values(permissions).includes("write")).map(([id]) => id)).toEqual(["create-baseline-dashboards"]);
    expect(job(document, "create-baseline-dashboards")).toMatchObject({ permissions: { contents: "write", "pull-requests": "write" }, if: "${{ !cancelled() && github.ref == 'refs/heads/main' }}" });
    expect(step(document, "create-baseline-dashboards", "Propose the missing dashboards").env).toMatchObject({ SERVICES: "api,core", FOLDER: "reports/grafana/dashboards", BASE: "main", BRANDING: "brAInwav" });
  });

  it("asks promtool for configuration, rules and tests", () => {
    const asked = ["validate-prometheus", "alert-rules-test"].flatMap((id) => job(document, id).steps.filter(({ run }) => run?.includes("promtool.mjs")).map(({ run, env }) => [run, env?.["FILES"]]));
    expect(asked).toEqual([
      ["node .github/scripts/promtool.mjs check-config", "observability/prometheus/prometheus.yml"],
      ["node .github/scripts/promtool.mjs check-rules", "observability/prometheus/rules/*.yml"],
      ["node .github/scripts/promtool.mjs test-rules", "observability/prometheus/tests/*.yml"],
    ]);
  });

  it("reads metrics of services that it starts, and looks for the three labels everywhere", () => {
    expect(step(document, "test-metrics-endpoints", "Read the metrics").env).toEqual({ ENDPOINTS: '[\n  {"url":"http://127.0.0.1:9464/metrics","metrics":["http_requests_total"]}\n]', LABELS: "user_id,request_id,timestamp" });
    expect(step(document, "metric-cardinality-check", "Look for labels without end").env).toEqual({
      SOURCES: "packages/*/src/**\n!**/*.test.*\n!**/*.spec.*",
      RULES: "observability/prometheus/rules/*.yml\nobservability/prometheus/prometheus.yml",
      LABELS: "user_id,request_id,timestamp",
    });
  });

  it("leaves out what has nothing to look at, and the check does not wait for it", () => {
    const small = documentOf("observabilityValidate", { check: "watching" }, { services });
    expect(Object.keys(small.jobs)).not.toContain("test-metrics-endpoints");
    expect(job(small, "observability-validate")).toMatchObject({ name: "watching", needs: ["detect-changes", ...checks.filter((id) => id !== "test-metrics-endpoints" && id !== "validate-tracing")] });
  });
});
