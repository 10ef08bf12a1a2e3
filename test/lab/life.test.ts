import { afterAll, afterEach, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationError } from "../../lab/agent/environment.ts";
import { Life } from "../../lab/agent/life.ts";
import type { LifeOptions } from "../../lab/agent/life.ts";
import { pod } from "./pods.ts";
import { until } from "./until.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-life-"));
let life: Life | undefined;
afterEach(() => life?.stop(0));
afterAll(() => rmSync(folder, { recursive: true }));

const probe = { httpGet: { path: "/ready", port: 8080 }, periodSeconds: 0.05, failureThreshold: 1 };

function lived(change: Partial<LifeOptions> = {}): Life {
  life = new Life({
    pod: pod("a", { container: { readinessProbe: probe } }), environment: () => Promise.resolve({}), knobs: () => ({}), log: join(folder, "log"), changed: () => undefined, ...change,
  });
  return life;
}

test("a process becomes ready when its probe passes, and unready when it fails", async () => {
  const begun = lived();
  await until("ready", () => begun.health.ready);
  expect(begun.health).toMatchObject({ started: true, restarts: 0, waiting: undefined });
  expect(Object.keys(begun.ports)).toEqual(["http"]);
  begun.turn({ neverReady: true });
  await until("unready", () => !begun.health.ready);
});

test("a process that crashes is unready, waits and is started again", async () => {
  const begun = lived();
  await until("ready", () => begun.health.ready);
  begun.turn({ crashAfterMs: 0 });
  await until("waiting", () => begun.health.waiting?.reason === "CrashLoopBackOff");
  expect(begun.health).toMatchObject({ ready: false, started: false, last: { exitCode: 1 } });
  expect(begun.ports).toEqual({});
  await until("ready again", () => begun.health.ready);
  expect(begun.health.restarts).toBe(1);
});

test("a process that fails its liveness probe is killed and started again", async () => {
  const begun = lived({ pod: pod("a", { container: { livenessProbe: probe } }), knobs: () => ({ neverReady: true }) });
  await until("a restart", () => begun.health.restarts > 0);
  expect(begun.health.last?.exitCode).toBe(137);
});

test("a process that does not pass its startup probe in time never is ready", async () => {
  const begun = lived({ pod: pod("a", { container: { startupProbe: { ...probe, failureThreshold: 2 } } }), environment: () => Promise.resolve({ LAB_NEVER_READY: "true" }) });
  await until("a restart", () => begun.health.restarts > 0);
  expect(begun.health).toMatchObject({ ready: false, started: false });
});

test("a process whose configuration is missing waits for it", async () => {
  let there = false;
  const begun = lived({ environment: () => (there ? Promise.resolve({}) : Promise.reject(new ConfigurationError('configmap "shop" not found'))) });
  await until("waiting", () => begun.health.waiting?.reason === "CreateContainerConfigError");
  expect(begun.health.waiting?.message).toBe('configmap "shop" not found');
  there = true;
  await until("ready", () => begun.health.ready);
});

test("a process that is stopped is unready at once and gone at the end", async () => {
  const begun = lived();
  await until("ready", () => begun.health.ready);
  const stopped = begun.stop(5);
  expect(begun.health.ready).toBe(false);
  await stopped;
  expect(begun.ports).toEqual({});
});
