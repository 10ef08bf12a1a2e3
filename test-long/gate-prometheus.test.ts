import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readMatrix, readVector } from "../operations/gate/answer.ts";
import type { Reply } from "../operations/gate/answer.ts";
import type { Seen } from "../operations/gate/counters.ts";
import { observe, startGate } from "../operations/gate/gate.ts";
import type { Gate } from "../operations/gate/gate.ts";
import { historyOf } from "../operations/gate/history.ts";
import { judge } from "../operations/gate/judge.ts";
import { lookAt } from "../operations/gate/look.ts";
import { gatePolicy } from "../operations/gate/policy.ts";
import { gateQueries, historyQueries } from "../operations/gate/queries.ts";
import { resume } from "../operations/gate/resume.ts";
import type { Look, Observation } from "../operations/gate/types.ts";
import { LEVEL } from "../test/observability/levels.ts";
import { startPrometheus } from "./accuracy/prometheus.ts";
import type { Prometheus } from "./accuracy/prometheus.ts";

const STEP = 15;
const LOOKS = 60;
const START = Math.floor(Date.now() / 1000 / STEP) * STEP - 3600;
const REVISIONS = { stable: "r0000000001", candidate: "r0000000002" };
const QUERIES = gateQueries(LEVEL, REVISIONS);
const POLICY = gatePolicy(LEVEL);
const CONTEXT = { revisions: REVISIONS, bounds: LEVEL.bounds };

/** What one pod meets in each step, by kind of answer. */
interface Pod { revision: string; pod: string; from: number; restarts?: number; ok: number; http: number; grpc: number }

const PODS: readonly Pod[] = [
  { revision: REVISIONS.stable, pod: "a-1", from: 0, ok: 135, http: 0, grpc: 0 },
  { revision: REVISIONS.stable, pod: "a-2", from: 0, restarts: 20, ok: 134, http: 1, grpc: 0 },
  // New, and its first answers are failures: their series begin with a value above 0.
  { revision: REVISIONS.candidate, pod: "b-1", from: 10, restarts: 40, ok: 27, http: 1, grpc: 2 },
];

const folder = mkdtempSync(join(tmpdir(), "slipway-gate-"));
let prometheus: Prometheus;

beforeAll(async () => {
  writeFileSync(join(folder, "counters.txt"), exposition());
  execFileSync("promtool", ["tsdb", "create-blocks-from", "openmetrics", "counters.txt", "data"], { cwd: folder });
  prometheus = await startPrometheus(folder, {});
});

afterAll(async () => {
  await prometheus?.stop();
  rmSync(folder, { recursive: true });
});

/** All counters at all steps, as OpenMetrics, with the callers' own counters and another service's beside them. */
function exposition(): string {
  const of = (pod: Pod, more: Record<string, string>, app: string = LEVEL.service, reporter = "destination"): string =>
    Object.entries({ reporter, destination_workload_namespace: LEVEL.namespace, destination_app: app, destination_version: pod.revision, pod: pod.pod, ...more }).map(([label, value]) => `${label}="${value}"`).join(",");
  const requests: string[] = [];
  const durations: string[] = [];
  for (const pod of PODS) {
    for (let index = pod.from; index <= LOOKS; index += 1) {
      const steps = index - (pod.restarts !== undefined && index >= pod.restarts ? pod.restarts : pod.from) + 1;
      const at = START + index * STEP;
      const all = (pod.ok + pod.http + pod.grpc) * steps;
      const kinds = [[{ response_code: "200" }, pod.ok], [{ response_code: "503" }, pod.http], [{ response_code: "200", grpc_response_status: "14" }, pod.grpc]] as const;
      requests.push(...kinds.filter(([, count]) => count > 0).map(([labels, count]) => `istio_requests_total{${of(pod, labels)}} ${count * steps} ${at}`));
      requests.push(`istio_requests_total{${of(pod, { response_code: "503" }, LEVEL.service, "source")}} ${900 * steps} ${at}`, `istio_requests_total{${of(pod, { response_code: "503" }, "other")}} ${900 * steps} ${at}`);
      durations.push(`istio_request_duration_milliseconds_count{${of(pod, {})}} ${all} ${at}`, `istio_request_duration_milliseconds_bucket{${of(pod, { le: "+Inf" })}} ${all} ${at}`);
      durations.push(...LEVEL.bounds.map((bound) => `istio_request_duration_milliseconds_bucket{${of(pod, { le: String(bound) })}} ${bound < 100 ? 0 : all} ${at}`));
    }
  }
  // Samples of one series have to stand together.
  const sorted = (lines: string[]): string[] => lines.map((line, index) => ({ line, index, series: line.slice(0, line.indexOf("}")) })).sort((left, right) => (left.series < right.series ? -1 : left.series > right.series ? 1 : left.index - right.index)).map(({ line }) => line);
  return ["# TYPE istio_requests counter", ...sorted(requests), ...sorted(durations), "# EOF", ""].join("\n");
}

async function asked(path: string, parameters: Record<string, string>): Promise<Reply> {
  const response = await fetch(`${prometheus.url}/api/v1/${path}`, { method: "POST", body: new URLSearchParams(parameters) });
  return { status: response.status, body: await response.text() };
}

const instant = (query: string, at: number): Promise<Reply> => asked("query", { query, time: String(at) });
const range = (query: string, from: number, to: number): Promise<Reply> => asked("query_range", { query, start: String(from), end: String(to), step: String(STEP) });

async function vector(query: string | undefined, at: number) {
  const read = readVector(await instant(query ?? "", at), at);
  if (read.kind === "no-answer") throw new Error(`${read.reason}: ${read.detail}`);
  return read.samples;
}

async function matrix(query: string | undefined, from: number, to: number) {
  const read = readMatrix(await range(query ?? "", from, to));
  if (read.kind === "no-answer") throw new Error(`${read.reason}: ${read.detail}`);
  return read.series;
}

async function lookNow(at: number, seen: Seen | undefined): Promise<{ seen: Seen | undefined; observation: Observation | undefined }> {
  const [requests, failures, timed, within, newest] = await Promise.all((["requests", "failures", "timed", "within", "newest"] as const).map((name) => vector(QUERIES.mesh?.[name], at)));
  const mesh = { requests: requests ?? [], failures: failures ?? [], timed: timed ?? [], within: within ?? [], newest: newest ?? [] };
  return lookAt({ at, mesh, custom: [] }, seen, { ...CONTEXT, weight: 10 });
}

/** A driver that looks at every step. */
async function walked(): Promise<{ gate: Gate; seen: Seen | undefined; looks: Look[] }> {
  let gate = startGate(POLICY);
  let seen: Seen | undefined;
  const looks: Look[] = [];
  for (let index = 0; index <= LOOKS; index += 1) {
    const now = await lookNow(START + index * STEP, seen);
    seen = now.seen;
    if (now.observation === undefined) continue;
    gate = observe(gate, now.observation);
    if (now.observation.kind === "look") looks.push(now.observation);
  }
  return { gate, seen, looks };
}

describe("over a real Prometheus", () => {
  test("every request and every failure is counted once, through new pods, restarts, gRPC and the callers' counters", async () => {
    const { gate, looks, seen } = await walked();
    const total = (of: "candidate" | "stable") => looks.map((each) => each[of]).reduce((sum, { failures, requests, timed }) => ({ requests: sum.requests + requests, failures: sum.failures + failures, timed: sum.timed + timed }), { requests: 0, failures: 0, timed: 0 });
    const steps = LOOKS - 10 + 1;
    // The silent looks before the candidate's pod was there are in the first one that has it.
    expect(total("candidate")).toEqual({ requests: 30 * steps, failures: 3 * steps, timed: 30 * steps });
    expect(total("stable")).toEqual({ requests: 270 * LOOKS, failures: LOOKS, timed: 270 * LOOKS });
    expect(judge(gate)).toMatchObject({ verdict: "breach" });

    const [first, last] = [START, START + LOOKS * STEP];
    const mesh = Object.fromEntries(await Promise.all(Object.entries(QUERIES.mesh ?? {}).map(async ([name, query]) => [name, await matrix(query, first, last)] as const)));
    const { requests = [], failures = [], timed = [], within = [], newest = [] } = mesh;
    const resumed = resume(startGate(POLICY), { mesh: { requests, failures, timed, within, newest }, custom: [] }, CONTEXT, () => 10);
    expect(resumed).toEqual({ gate, seen });
  });

  test("the hour before is what the stable revision met", async () => {
    const queries = historyQueries(LEVEL, REVISIONS.stable);
    const [from, to] = [START, START + 8 * STEP];
    const history = historyOf({ requests: await matrix(queries.requests, from, to), failures: await matrix(queries.failures, from, to), timed: await matrix(queries.timed, from, to), within: await matrix(queries.within, from, to) }, REVISIONS.stable, LEVEL.bounds);
    expect(history).toEqual(Array.from({ length: 8 }, () => ({ requests: 270, failures: 1, timed: 270, within: LEVEL.bounds.map((bound) => (bound < 100 ? 0 : 270)) })));
  });

  test("what is too old, not there, no number, no PromQL or no vector is no answer", async () => {
    const end = START + LOOKS * STEP;
    const reason = (observation: Observation | undefined): string | undefined => (observation?.kind === "no-answer" ? observation.reason : undefined);
    expect(reason((await lookNow(end + 120, undefined)).observation)).toBe("stale");
    expect(reason((await lookNow(end + 1200, undefined)).observation)).toBe("empty");
    expect(readVector(await instant("vector(0) / 0", end), end)).toMatchObject({ kind: "no-answer", reason: "not-a-number" });
    expect(readVector(await instant("sum by (", end), end)).toMatchObject({ kind: "no-answer", reason: "status" });
    expect(readVector(await instant("1", end), end)).toMatchObject({ kind: "no-answer", reason: "wrong-type" });
    expect(readVector(await range("vector(1)", end, end), end)).toMatchObject({ kind: "no-answer", reason: "wrong-type" });
    expect(readVector({ status: 200, body: await (await fetch(`${prometheus.url}/graph`)).text() }, end)).toMatchObject({ kind: "no-answer", reason: "not-json" });
  });
});
