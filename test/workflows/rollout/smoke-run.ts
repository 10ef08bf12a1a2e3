import { scriptRoom } from "../script-room.ts";
import type { Answer, Ran, ScriptRoom } from "../script-room.ts";

/** smoke-report.json */
export interface Report {
  passed: boolean;
  skipped: number;
  checks: { name: string; ok: boolean; value: string; limit: string; detail?: string }[];
}

export const thresholds = { errorRatePercent: 5, responseTimeMs: 2000, successRatePercent: 95 };
const load = { concurrency: 4, requests: 120, seconds: 3 };

/** Runs the script against a service; answers have 4 s, for machines that are busy with other tests. */
export async function smoke(url: string, depth: string, changes: object = {}, env: Record<string, string> = {}): Promise<Ran & { room: ScriptRoom; report: Report; failed: string[] }> {
  const room = scriptRoom();
  const target = { url, headers: { "x-canary": "always" } };
  room.write(".github/smoke-tests.json", JSON.stringify({ health: "/health", targets: { production: target, staging: target }, endpoints: [], thresholds, load, ...changes }));
  const ran = await room.run("smoke-test.mjs", { VERSION: "v1.2.3", ENVIRONMENT: "production", DEPTH: depth, TIMEOUT_MS: "4000", ...env });
  const report: Report = room.exists("smoke-report.json") ? JSON.parse(room.read("smoke-report.json")) : { passed: false, skipped: 0, checks: [] };
  return { ...ran, room, report, failed: report.checks.filter(({ ok }) => !ok).map(({ name }) => name) };
}

export const healthy = (): Answer => ({ body: { status: "ok", version: "1.2.3", data: { ready: true } } });
export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
