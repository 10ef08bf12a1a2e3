import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { kubeconfigFile } from "../lab/folder.ts";
import { local } from "../lab/parts/part.ts";
import { Mesh, until } from "./lab/mesh.ts";
import { HOST, NAMESPACE } from "./lab/objects.ts";
import { OneService } from "./one-service.ts";
import type { Finished } from "./one-service.ts";

const ROLLOUT = "{ dwellSeconds: 5, bakeSeconds: 0, minimumRequests: 100 }";
const TRAFFIC = `{ exposure: { kind: gateway, hosts: [${HOST}], tls: { mode: plaintext, reason: the lab's gateway has no certificate } } }`;
/** Requests by which a split is measured, and how far it may be off, in points. */
const REQUESTS = 10_000;
const POINTS = 1.5;
/** Requests a second while a rollout goes on. */
const RATE = 100;

let mesh: Mesh;
let shop: OneService;

beforeAll(async () => {
  mesh = await Mesh.open();
  shop = new OneService({ rollout: ROLLOUT, traffic: TRAFFIC, environment: { SLIPWAY_SANDBOX_CLUSTER: kubeconfigFile(mesh.lab.folder) } });
  shop.configure("a");
  done(await shop.up());
  await until("the gateway answers", async () => (await mesh.send({ requests: 1 })).failed === 0);
}, 45 * 60_000);

afterAll(async () => {
  shop?.leave();
  await mesh?.close();
});

/** The whole output is what explains a command that failed. */
function done({ code, output }: Finished): void {
  if (code !== 0) throw new Error(`exit code ${code}:\n${output}`);
}

interface Told {
  event: string;
  at: string;
  [key: string]: unknown;
}

function events({ output }: Finished): Told[] {
  return output.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
}

function image(digit: string): string {
  return `ghcr.io/acme/shop@sha256:${digit.repeat(64)}`;
}

/** The revision that has most of the requests. */
function stable(): string {
  return Object.entries(shop.weights()).reduce((most, each) => (each[1] > most[1] ? each : most), ["", -1])[0];
}

/** Runs a command of the driver while requests flow; answers what it said and what the callers saw. */
async function drive(name: "rollout" | "promote", ...more: string[]) {
  const end = new AbortController();
  /** When each revision answered last, milliseconds since 1970. */
  const answered: Record<string, number> = {};
  const sent = mesh.send({ rate: RATE, signal: end.signal, answered: ({ at, version }) => (answered[version] = at) });
  const finished = await shop.slipway([name, "shop", "--stack", "sandbox", "--sandbox", "--prometheus", local(mesh.lab.ports.prometheus), "--json", ...more])
    .finally(() => end.abort());
  return { code: finished.code, told: events(finished), seen: await sent, answered };
}

test("what the program declares runs in the cluster, and a refresh finds nothing changed", async () => {
  expect((await mesh.status(`shop-${stable()}`)).conditions?.find(({ type }) => type === "Available")?.status).toBe("True");
  expect((await mesh.send({ requests: 200 })).byVersion).toEqual({ [stable()]: 200 });
  done(await shop.slipway(["sandbox", "preview", "--refresh", "--expect-no-changes", "--diff"]));
});

test("a rollout that waits for somebody gives the candidate its weight and no more, whoever brings the stack up, and goes on when promoted", async () => {
  const held = await drive("rollout", "--image", image("b"));
  expect({ code: held.code, last: held.told.at(-1) }).toMatchObject({ code: 0, last: { event: "held", reason: "approval", weight: 10 } });
  const [candidate = ""] = Object.keys(shop.weights()).filter((id) => id !== stable());
  done(await shop.up());
  const { byVersion, failed } = await mesh.send({ requests: REQUESTS });
  process.stdout.write(`held at 10 %: ${byVersion[stable()] ?? 0} and ${byVersion[candidate] ?? 0} of ${REQUESTS} requests\n`);
  expect(Math.abs(((byVersion[candidate] ?? 0) / REQUESTS) * 100 - 10)).toBeLessThan(POINTS);
  const promoted = await drive("promote");
  expect({ code: promoted.code, last: promoted.told.at(-1) }).toMatchObject({ code: 0, last: { event: "done", image: image("b") } });
  expect([held.seen.failed, failed, promoted.seen.failed]).toEqual([0, 0, 0]);
}, 300_000);

test.each([["canary", "c"], ["blue-green", "d"], ["direct", "e"]])("a healthy candidate gets all traffic by %s while requests flow, and none of them fails", async (strategy, digit) => {
  const { code, seen, told } = await drive("rollout", "--auto-promote", "--strategy", strategy, "--image", image(digit));
  expect({ code, last: told.at(-1) }).toMatchObject({ code: 0, last: { event: "done", image: image(digit) } });
  process.stdout.write(`${strategy}: ${seen.requests} requests, ${seen.failed} failed, by revision ${JSON.stringify(seen.byVersion)}\n`);
  expect(seen.byStatus).toEqual({ 200: seen.requests });
  expect((await mesh.send({ requests: 500 })).byVersion).toEqual({ [stable()]: 500 });
});

test("a candidate that fails 10 % of its requests is taken back, and no request meets it afterwards", async () => {
  const before = Object.keys(shop.weights());
  const worsening = setInterval(() => {
    const candidate = Object.keys(shop.weights()).find((id) => !before.includes(id));
    if (candidate !== undefined) writeFileSync(join(mesh.lab.folder, "knobs", `${NAMESPACE}.shop-${candidate}.json`), JSON.stringify({ errorShare: 0.1 }));
  }, 100);
  const { answered, code, seen, told } = await drive("rollout", "--auto-promote", "--image", image("f")).finally(() => clearInterval(worsening));
  const last = told.at(-1);
  expect({ code, last }).toMatchObject({ code: 2, last: { event: "rolled-back", seconds: expect.any(Number) } });
  const breach = told.find(({ event, verdict }) => event === "gate" && verdict === "breach");
  const [[, atEnvoy = 0] = []] = Object.entries(answered).filter(([id]) => !before.includes(id));
  process.stdout.write(`failing: ${String(last?.["seconds"])} s from the evidence to the end of the update, ${(atEnvoy - Date.parse(breach?.at ?? "")) / 1000} s to the last request at Envoy; ${seen.failed} of ${seen.requests} requests failed, by revision ${JSON.stringify(seen.byVersion)}\n`);
  expect(seen.failed).toBeGreaterThan(0);
  expect((await mesh.send({ requests: 1000 })).byVersion).toEqual({ [stable()]: 1000 });
});
