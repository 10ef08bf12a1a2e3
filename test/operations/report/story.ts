import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReportInputs } from "../../../operations/report/model.ts";
import type { LevelAnswers } from "../../../operations/report/levels.ts";
import type { RecordedRelease, Update } from "../../../operations/metrics/releaseRuns.ts";
import type { FindingReport } from "../../../operations/report/types.ts";
import type { AuditEvent } from "../../../operations/audit/events.ts";
import { parseStackFile } from "../../../settings/stack-file.ts";

const HOUR = 3600;
const DAY = 86_400;

interface Weighted {
  id: string;
  role: "stable" | "candidate";
  weight: number;
  image: string;
}

interface Part {
  type: string;
  urn: string;
  outputs: Record<string, unknown> & { releases?: Record<string, RecordedRelease & { revisions: Weighted[] }> };
}

/** The five systems as they were brought up, without what no report reads. */
export function fiveSystems(): { deployment: { resources: Part[] } } {
  return JSON.parse(readFileSync(join(import.meta.dirname, "five-systems.json"), "utf8"));
}

/** The settings of the sandbox's stack. */
export function sandboxSettings(): ReportInputs["settings"] {
  const parsed = parseStackFile("Pulumi.sandbox.yaml", readFileSync("Pulumi.sandbox.yaml", "utf8"));
  if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.settings;
}

/** Five systems in a busy month: a canary on its way, a release that waits, one that came back, a budget that is used up, drift, a policy. */
export function busyMonth(now: number): ReportInputs {
  const ago = (seconds: number): string => new Date((now - seconds) * 1000).toISOString();
  const exported = fiveSystems();
  const settings = sandboxSettings();
  begin(exported, "cortex-mcp-server", { id: "r51c07d3a9e", weight: 25, since: ago(2.2 * HOUR) });
  begin(exported, "workspace-qdrant-mcp", { id: "r0f84ab27d1", weight: 10, since: ago(5 * HOUR), held: "approval" });
  releaseOf(exported, "mycelicmemory").rejected = [{ id: "r8812ce40bb", reason: "error ratio 7.1 % of requests, limit 5 %", at: ago(26 * HOUR) }];
  return {
    stack: "sandbox", now, exported, settings,
    updates: { kind: "found", value: updates(now) },
    commitTimes: new Map(updates(now).flatMap(({ commit, endedAt }) => (commit === undefined ? [] : [[commit, endedAt - 3.4 * HOUR] as const]))),
    audit: { kind: "found", value: { events: audit(now), brokenLines: [] } },
    answers: { kind: "found", value: answers(settings) },
    drift: { kind: "found", value: { list: DRIFT.map((each) => ({ ...each, since: ago(9 * HOUR) })), at: ago(HOUR / 4), excused: 1 } },
    policy: { kind: "found", value: { list: POLICY, excused: 2 } },
  };
}

function releaseOf({ deployment: { resources } }: ReturnType<typeof fiveSystems>, service: string): RecordedRelease & { revisions: Weighted[] } {
  const release = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs.releases?.[service];
  if (release === undefined) throw new Error(`${service}: is not recorded`);
  return release;
}

interface Begun {
  id: string;
  weight: number;
  since: string;
  held?: string;
}

function begin(exported: ReturnType<typeof fiveSystems>, service: string, { held, id, since, weight }: Begun): void {
  const release = releaseOf(exported, service);
  const [stable] = release.revisions;
  if (stable === undefined) throw new Error(`${service}: has no stable revision`);
  stable.weight = 100 - weight;
  release.revisions = [stable, { ...stable, id, role: "candidate", weight, image: stable.image.replace(/sha256:.{6}/, "sha256:b7e21f") }];
  Object.assign(release, { since, stage: held === undefined ? { kind: "rollout" } : { kind: "held", reason: held } });
  const route = exported.deployment.resources.find(({ type, urn }) => type.endsWith(":VirtualService") && urn.includes(`::${service}-traffic-`));
  if (route !== undefined) route.outputs = { spec: { http: [{ route: release.revisions.map((each) => ({ destination: { subset: each.id }, weight: each.weight })) }] } };
}

/** Days before now on which each service got a new revision; a number below 0 is one that came back. */
const RELEASES: Readonly<Record<string, readonly number[]>> = {
  continuum: [27, 20, 13.2, 6.1, 1.4], "cortex-mcp-server": [24, 11], "cortex-memory-core": [16], "cortex-memory-rest-api": [25, 9.5, 3],
  "falkordb-proxy": [21, 7, 2.08], mycelicmemory: [18, 12, -1.1], "workspace-qdrant-mcp": [15, 8, 2.2],
};

/** Revisions that the audit log names too. */
const LAST: Readonly<Record<string, string>> = { "falkordb-proxy 2.08": "r4c384b750e" };

function updates(now: number): Update[] {
  const all = Object.entries(RELEASES).flatMap(([service, days]) => days.map((day) => ({ service, day, at: now - Math.abs(day) * DAY, back: day < 0 }))).sort((left, right) => left.at - right.at);
  const releases: Record<string, RecordedRelease> = Object.fromEntries(Object.keys(RELEASES).map((service) => [service, settled(`r${service.length}first`, now - 29 * DAY)]));
  const told: Update[] = [{ kind: "update", result: "succeeded", endedAt: now - 29 * DAY, releases: structuredClone(releases) }];
  for (const [index, { at, back, day, service }] of all.entries()) {
    const id = (back ? "r8812ce40bb" : LAST[`${service} ${day}`]) ?? `r${(index + 17).toString(16).padStart(10, "5c3")}`;
    const commit = index.toString(16).padStart(40, "a");
    const before = releases[service];
    const stable = before?.revisions[0]?.id ?? "";
    releases[service] = { stage: { kind: "rollout" }, since: "", rejected: [], revisions: [{ id: stable, role: "stable", weight: 90 }, { id, role: "candidate", weight: 10 }] };
    told.push({ kind: "update", result: "succeeded", endedAt: at, commit, releases: structuredClone(releases) });
    releases[service] = back ? { ...settled(stable, at), rejected: [{ id, reason: "errors", at: new Date((at + 300) * 1000).toISOString() }] } : settled(id, at);
    told.push({ kind: "update", result: "succeeded", endedAt: at + (back ? 360 : 2 * HOUR), commit, releases: structuredClone(releases) });
  }
  return told.sort((left, right) => left.endedAt - right.endedAt);
}

function settled(id: string, at: number): RecordedRelease {
  return { stage: { kind: "settled" }, since: new Date(at * 1000).toISOString(), rejected: [], revisions: [{ id, role: "stable", weight: 100 }] };
}

function audit(now: number): AuditEvent[] {
  const event = (hours: number, name: string, service: string, revision: string, more: Partial<AuditEvent> = {}): AuditEvent => ({ at: new Date((now - hours * HOUR) * 1000).toISOString(), event: name, service, revision, ...more });
  return [
    event(50, "started", "falkordb-proxy", "r4c384b750e"), event(50, "stage", "falkordb-proxy", "r4c384b750e", { weight: 50 }), event(48, "stage", "falkordb-proxy", "r4c384b750e", { weight: 100 }), event(47.5, "done", "falkordb-proxy", "r4c384b750e"),
    event(5.5, "started", "cortex-mcp-server", "r51c07d3a9e"), event(5.5, "stage", "cortex-mcp-server", "r51c07d3a9e", { weight: 5 }), event(2.2, "stage", "cortex-mcp-server", "r51c07d3a9e", { weight: 25 }),
    event(26.4, "started", "mycelicmemory", "r8812ce40bb"), event(26.4, "stage", "mycelicmemory", "r8812ce40bb", { weight: 20 }), event(26, "rolled-back", "mycelicmemory", "r8812ce40bb", { reason: "error ratio 7.1 % of requests, limit 5 %", seconds: 38 }),
    event(5, "started", "workspace-qdrant-mcp", "r0f84ab27d1"), event(5, "stage", "workspace-qdrant-mcp", "r0f84ab27d1", { weight: 10 }), event(4.6, "held", "workspace-qdrant-mcp", "r0f84ab27d1", { weight: 10, reason: "approval" }),
  ].sort((left, right) => Date.parse(left.at) - Date.parse(right.at));
}

/** What is left of the budgets, by service: availability and latency. */
const LEFT: Readonly<Record<string, readonly [number, number]>> = {
  continuum: [0.91, 0.97], "cortex-mcp-server": [0.62, 0.88], "cortex-memory-core": [0.99, 0.95], "cortex-memory-rest-api": [0.83, 0.18], "falkordb-proxy": [0.74, 1], mycelicmemory: [-0.12, 0.64], "workspace-qdrant-mcp": [0.58, 0.71],
};

function answers({ services }: ReportInputs["settings"]): LevelAnswers {
  const of = (service: string) => ({ service, namespace: services[service]?.namespace ?? "" });
  const each = (make: (service: string, index: number) => { labels: Record<string, string>; value: number }[]) => Object.keys(LEFT).flatMap(make);
  const budgets = each((service) => ["availability", "latency"].map((objective, at) => ({ labels: { ...of(service), objective }, value: LEFT[service]?.[at] ?? 1 })));
  return {
    "slipway:error_budget:remaining30d": budgets,
    "slipway:error_budget:remaining28d": budgets,
    "slipway:burn_rate:rate1h": each((service, at) => ["availability", "latency"].map((objective) => ({ labels: { ...of(service), objective }, value: service === "mycelicmemory" ? 0.8 : at * 0.13 }))),
    "slipway:service_requests:rate5m": each((service, at) => [{ labels: of(service), value: 14.2 * (at + 1) ** 1.7 }]),
    "slipway:service_error_ratio:rate5m": each((service, at) => [{ labels: of(service), value: at * 0.00041 }]),
    "slipway:service_latency_milliseconds:p95_rate5m": each((service, at) => [{ labels: of(service), value: 48 + at * 61.7 }]),
  };
}

const DRIFT: readonly FindingReport[] = [
  { severity: "hostile", urgency: "act", where: "github:RepositoryEnvironment/continuum:production", address: "https://github.com/slipway-sandbox/continuum/settings/environments", what: "reviewers was removed: declared team devops-team, user ada, user grace, live nothing; anybody can deploy to production", next: "slipway drift --stack sandbox --reconcile hostile" },
  { severity: "risky", urgency: "look", where: "github:RepositoryRuleset/cortex-os:main", address: "https://github.com/slipway-sandbox/cortex-os/rules", what: "enforcement was changed: declared active, live evaluate; pushes to main are not checked", next: "slipway drift --stack sandbox --reconcile risky" },
  { severity: "benign", urgency: "none", where: "github:Repository/mycelicmemory", what: "description was changed: declared Memory for agents, live Memory for all agents", next: "slipway adopt" },
];

const POLICY: readonly FindingReport[] = [
  { severity: "advisory", urgency: "look", where: "cortex-memory-core-raa90110a5f", what: "probes: spec.template.spec.containers[0] has no liveness probe; add one, or exempt the service with a reason" },
];
