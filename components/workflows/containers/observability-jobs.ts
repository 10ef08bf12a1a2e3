import { checkout, runScript } from "../kit/index.ts";
import type { Repository, Step, StepsJob } from "../kit/index.ts";
import { selectChanged } from "./gate.ts";
import type { ObservabilityValidateOptions } from "./observability-validate.ts";
import { jsonLines } from "./words.ts";

/** Jobs run where a change touches what they read. */
export const touched = (...areas: readonly string[]): string => `\${{ ${areas.map((area) => `contains(fromJSON(needs.detect-changes.outputs.areas), '${area}')`).join(" || ")} }}`;

export const lines = (patterns: readonly string[]): string => patterns.join("\n");

export function detectJob({ prometheus, dashboards, sources, metrics }: ObservabilityValidateOptions): StepsJob {
  const own = [".github/workflows/observability-validate.yml", ".github/scripts/**"];
  const areas = [
    { name: "prometheus", paths: [...prometheus.config, ...prometheus.rules, ...prometheus.tests, ...own] },
    { name: "dashboards", paths: [`${dashboards.folder}/**`, ...own] },
    { name: "code", paths: [...sources, metrics.composeFile, "**/package.json", ...own] },
  ];
  return {
    name: "Detect changes",
    timeoutMinutes: 5,
    outputs: { areas: "${{ steps.areas.outputs.names }}" },
    steps: [checkout({ fetchDepth: 0 }), selectChanged("areas", "Select what is checked", areas)],
  };
}

/** Debian's package: signed, with promtool in it; the server that comes along is not needed. */
function installPromtool(): Step {
  return { name: "Install promtool", run: "sudo apt-get update -qq && sudo apt-get install -y -qq --no-install-recommends prometheus" };
}

export function prometheusJob({ prometheus: { config, rules } }: ObservabilityValidateOptions): StepsJob {
  return {
    name: "Prometheus",
    needs: ["detect-changes"],
    if: touched("prometheus"),
    timeoutMinutes: 10,
    steps: [
      checkout(),
      installPromtool(),
      runScript("promtool.mjs", { name: "Check the configuration", env: { FILES: lines(config) } }, "check-config"),
      runScript("promtool.mjs", { name: "Check the rules", env: { FILES: lines(rules) } }, "check-rules"),
    ],
  };
}

export function ruleTestsJob({ prometheus: { tests } }: ObservabilityValidateOptions): StepsJob {
  return {
    name: "Alert rules",
    needs: ["detect-changes"],
    if: touched("prometheus"),
    timeoutMinutes: 10,
    steps: [checkout(), installPromtool(), runScript("promtool.mjs", { name: "Test the rules", env: { FILES: lines(tests) } }, "test-rules")],
  };
}

export function grafanaJob({ dashboards: { folder, branding } }: ObservabilityValidateOptions): StepsJob {
  return {
    name: "Dashboards",
    needs: ["detect-changes"],
    if: touched("dashboards"),
    timeoutMinutes: 5,
    steps: [checkout(), runScript("check-dashboards.mjs", { name: "Check the dashboards", env: { FILES: `${folder}/**/*.json`, ...(branding !== undefined && { BRANDING: branding }) } })],
  };
}

export function metricsJob({ metrics: { composeFile, waitSeconds, endpoints }, forbiddenLabels }: ObservabilityValidateOptions): StepsJob {
  return {
    name: "Metrics endpoints",
    needs: ["detect-changes"],
    if: touched("code"),
    timeoutMinutes: 30,
    env: { COMPOSE_FILE: composeFile },
    steps: [
      checkout(),
      { name: "Start and wait for health", run: `docker compose up --detach --wait --wait-timeout ${waitSeconds}` },
      runScript("check-metrics.mjs", { name: "Read the metrics", env: { ENDPOINTS: jsonLines(endpoints), LABELS: forbiddenLabels.join(",") } }),
      { name: "Show the logs", if: "${{ failure() }}", run: "docker compose logs --no-color --tail 200" },
      { name: "Stop", if: "${{ always() }}", run: "docker compose down --volumes" },
    ],
  };
}

/** Proposes, and never writes to the branch itself. */
export function baselineJob({ dashboards: { folder, branding, services } }: ObservabilityValidateOptions, repository: Repository): StepsJob {
  const wanted = services ?? Object.keys(repository.services);
  return {
    name: "Baseline dashboards",
    needs: ["validate-grafana"],
    if: `\${{ !cancelled() && github.ref == 'refs/heads/${repository.defaultBranch}' }}`,
    timeoutMinutes: 10,
    steps: [
      checkout(),
      runScript("baseline-dashboards.mjs", {
        name: "Propose the missing dashboards",
        env: { GITHUB_TOKEN: "${{ github.token }}", SERVICES: wanted.join(","), FOLDER: folder, BASE: repository.defaultBranch, ...(branding !== undefined && { BRANDING: branding }) },
        grants: { contents: ["write", "push the proposed branch"], "pull-requests": ["write", "propose it"] },
      }),
    ],
  };
}
