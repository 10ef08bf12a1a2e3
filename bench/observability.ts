import { LATENCY_BOUNDS_MS } from "../components/kubernetes/mesh-annotations.ts";
import { dashboardText, serviceDashboards } from "../components/observability/dashboards/index.ts";
import { estimatedSeries } from "../components/observability/estimated-series.ts";
import { levelProblems } from "../components/observability/level-problems.ts";
import { ruleGroups, rulesDocument } from "../components/observability/prometheus-rules.ts";
import type { ServiceLevel } from "../components/observability/service-level.ts";

/** One pass over all services. */
interface Pass {
  milliseconds: number;
  /** Of the floor: the same documents, parsed and written again. */
  floor: number;
  bytes: number;
}

const POPULATION = { revisions: 2, pods: 2 };

/** A service as most are, with both objectives. */
function level(index: number): ServiceLevel {
  return {
    service: `service-${index}`, namespace: `service-${index}`, protocols: ["http"], maxReplicas: 6, bounds: LATENCY_BOUNDS_MS,
    limits: { errorPercent: 5, p95Milliseconds: 2000, successPercent: 95 },
    objectives: { availability: 99.5, latency: { percent: 99, milliseconds: 500 } },
    windowDays: 30, minimumRequests: 20, runbooks: "https://example.com/runbooks", grafana: "https://example.com/grafana",
  };
}

/** Everything that watches the services, as it is sent to the cluster. */
function compile(levels: readonly ServiceLevel[]): string[] {
  return levels.flatMap((each) => {
    const problems = levelProblems(each);
    if (problems.length > 0) throw new Error(problems.join("\n"));
    return [JSON.stringify(rulesDocument(ruleGroups(each))), ...serviceDashboards(each).map(({ document }) => dashboardText(document))];
  });
}

function pass(levels: readonly ServiceLevel[]): Pass {
  const began = performance.now();
  const documents = compile(levels);
  const compiled = performance.now();
  const bytes = documents.reduce((sum, text) => sum + JSON.stringify(JSON.parse(text)).length, 0);
  return { milliseconds: compiled - began, floor: performance.now() - compiled, bytes };
}

/** Compiles the observability of 1, 10 and 100 services, and says what it costs here and in Prometheus. */
export function observability(): string {
  const lines = [1, 10, 100].map((count) => {
    const levels = Array.from({ length: count }, (_, index) => level(index));
    const before = process.memoryUsage().rss;
    // The first pass pays for what is compiled at its first use, as a preview does.
    const first = pass(levels);
    const more = Math.max(0, process.memoryUsage().rss - before) / 2 ** 20;
    const others = Array.from({ length: 5 }, () => pass(levels)).sort((a, b) => a.milliseconds / a.floor - b.milliseconds / b.floor);
    const middle = others[2] ?? first;
    return `observability of ${count} services, ${(first.bytes / 1024).toFixed(0)} KiB: ${first.milliseconds.toFixed(1)} ms at first, then ${middle.milliseconds.toFixed(1)} ms, ${(middle.milliseconds / middle.floor).toFixed(2)}× of parsing and writing the same documents, ${more.toFixed(0)} MiB more`;
  });
  const rules = ruleGroups(level(0)).flatMap((group) => group.rules);
  const recordings = rules.filter((rule) => "record" in rule).length;
  const { alerts, mesh, recorded } = estimatedSeries(level(0), POPULATION);
  return [
    ...lines,
    `a service: ${recordings} recording rules, ${rules.length - recordings} alerts; with two revisions of two pods about ${recorded} recorded series, ${mesh} of the mesh, and ${alerts} at most for alerts`,
  ].join("\n");
}
