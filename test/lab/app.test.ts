import { afterAll, afterEach, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startApp } from "../../lab/agent/app.ts";
import type { App } from "../../lab/agent/app.ts";
import { askProbe } from "../../lab/agent/probe.ts";
import { load } from "../../lab/load/load.ts";
import { until } from "./until.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-app-"));
let app: App | undefined;

afterEach(async () => {
  app?.kill("SIGKILL");
  await app?.ended;
  app = undefined;
});
afterAll(() => rmSync(folder, { recursive: true }));

async function started(environment: Record<string, string> = {}): Promise<App> {
  const begun = await startApp({ environment, log: join(folder, "log"), pod: "shop-v1-abc", ports: ["http", "grpc"] });
  if (typeof begun === "number") throw new Error(`the app ended with ${begun}`);
  app = begun;
  return begun;
}

const port = ({ ports }: App) => ports["http"] ?? 0;
const portOf = ({ ports }: App) => (name: string | number) => ports[name];

test("an app answers with its version on each of its ports", async () => {
  const begun = await started({ LAB_VERSION: "v1" });
  expect(new Set(Object.values(begun.ports)).size).toBe(2);
  expect(await load({ port: port(begun), host: "shop", requests: 10 })).toMatchObject({ failed: 0, byVersion: { v1: 10 } });
});

test("every kind of probe passes on an app that is ready", async () => {
  const begun = await started();
  const probes = [{ httpGet: { path: "/ready", port: "http" } }, { tcpSocket: { port: "http" } }, { grpc: { port: 9090 } }, { exec: { command: ["true"] } }];
  const answers = await Promise.all(probes.map((probe) => askProbe(probe, (name) => portOf(begun)(name === 9090 ? "grpc" : name))));
  expect(answers).toEqual([true, true, true, true]);
});

test("an app that is never ready fails its probes and answers requests all the same", async () => {
  const begun = await started({ LAB_NEVER_READY: "true" });
  expect(await askProbe({ httpGet: { path: "/ready", port: "http" } }, portOf(begun))).toBe(false);
  expect(await askProbe({ grpc: { port: 1 } }, () => begun.ports["grpc"])).toBe(false);
  expect(await load({ port: port(begun), host: "shop", requests: 3 })).toMatchObject({ failed: 0 });
});

test("a probe of a port that nobody listens on, or that the container does not have, fails", async () => {
  const begun = await started();
  begun.kill("SIGKILL");
  await begun.ended;
  for (const probe of [{ httpGet: { port: "http" } }, { tcpSocket: { port: "http" } }, { grpc: { port: 1 } }, { httpGet: { port: "other" } }]) {
    expect(await askProbe(probe, probe.grpc ? () => begun.ports["grpc"] : portOf(begun))).toBe(false);
  }
});

test("an app is slow to start for as long as it is told", async () => {
  const begun = await started({ LAB_START_MS: "300" });
  const ask = () => askProbe({ httpGet: { port: "http" } }, portOf(begun));
  await until("the app is ready", ask);
});

test("a share of the requests fails, and knobs turn while it runs", async () => {
  const begun = await started({ LAB_ERROR_SHARE: "1" });
  expect(await load({ port: port(begun), host: "shop", requests: 20 })).toMatchObject({ failed: 20, byStatus: { 500: 20 } });
  begun.turn({ errorShare: 0, version: "v9" });
  await until("the knobs are turned", async () => (await load({ port: port(begun), host: "shop", requests: 1 })).byVersion["v9"] === 1);
  expect(await load({ port: port(begun), host: "shop", requests: 20 })).toMatchObject({ failed: 0 });
});

test("an app crashes when it is told to", async () => {
  const begun = await started();
  begun.turn({ crashAfterMs: 0 });
  expect(await begun.ended).toBe(1);
});

test("an app that is told to end answers what is under way first", async () => {
  const begun = await started({ LAB_MEDIAN_MS: "300", LAB_P95_MS: "300" });
  const answer = new Promise<number | undefined>((resolve, reject) => {
    const asked = get({ host: "127.0.0.1", port: port(begun), agent: false }, ({ statusCode }) => resolve(statusCode));
    asked.on("error", reject);
    asked.on("finish", () => setTimeout(() => begun.kill("SIGTERM"), 100));
  });
  expect(await answer).toBe(200);
  expect(await begun.ended).toBe(0);
});
