import type { LevelReport, ReportModel, RolloutReport } from "../../../operations/report/types.ts";
import type { ServiceReport, SystemReport } from "../../../operations/report/stack-types.ts";

export const NOW = Date.parse("2026-06-01T12:00:00Z") / 1000;
export const DIGEST = `sha256:${"ab".repeat(32)}`;

/** A moment some hours before NOW. */
export function ago(hours: number): string {
  return new Date((NOW - hours * 3600) * 1000).toISOString();
}

export function service(change: Partial<ServiceReport> = {}): ServiceReport {
  return {
    name: "shop", system: "shop", namespace: "shop", hosts: ["shop.example.com"], stage: "settled", since: ago(3), stages: [10, 50, 100], rejected: [], inCluster: true,
    revisions: [{ id: "raaaaaaaaaa", role: "stable", weight: 100, applied: 100, image: "ghcr.io/acme/shop", digest: DIGEST }],
    ...change,
  };
}

export function system(change: Partial<SystemReport> = {}): SystemReport {
  return {
    name: "shop", repository: "acme/shop", visibility: "private", address: "https://github.com/acme/shop",
    environments: [{ name: "production", approvals: "1 reviewer (team release)", reviewed: true, selfReview: false, adminsBypass: false, waitMinutes: 0, deployFrom: ["main"] }],
    rulesets: [{ name: "main", target: "branch", active: true, refs: ["~DEFAULT_BRANCH"], rules: ["1 approval"] }],
    ...change,
  };
}

export function level(change: Partial<LevelReport> = {}): LevelReport {
  return {
    service: "shop", namespace: "shop", now: { requests: 12, errorRatio: 0.001, p95Milliseconds: 130 },
    objectives: [{ name: "availability", promise: "99.5 % of the requests succeed", windowDays: 30, remaining: 0.8, burn: 0.4 }],
    ...change,
  };
}

export function rollout(change: Partial<RolloutReport> = {}): RolloutReport {
  return {
    service: "shop", revision: "raaaaaaaaaa", startedAt: ago(5), endedAt: ago(3), outcome: "done", source: "audit log",
    steps: [{ at: ago(5), weight: 10 }, { at: ago(4), weight: 50 }, { at: ago(3), weight: 100 }],
    ...change,
  };
}

/** A stack of which everything was looked at and nothing needs anybody, changed as a test needs. */
export function model(change: Partial<ReportModel> = {}): ReportModel {
  return {
    stack: "production", at: ago(0), attention: [], systems: [system()], services: [service()],
    levels: { kind: "found", value: [level()] },
    rollouts: { kind: "found", value: { list: [rollout()], older: 0, brokenLines: [] } },
    drift: { kind: "found", value: { list: [], excused: 0, at: ago(1) } },
    policy: { kind: "found", value: { list: [], excused: 0 } },
    delivery: { kind: "found", value: { days: 30, stack: { deployments: 3, changeFailureRatio: 0 }, services: { shop: { deployments: 3 } }, lastUpdate: { at: ago(3), kind: "update", result: "succeeded" } } },
    ...change,
  };
}
