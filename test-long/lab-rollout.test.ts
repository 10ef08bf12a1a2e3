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

/** Drives a rollout while requests flow; answers what the driver said and what the callers saw. */
async function rollout(digit: string) {
  const end = new AbortController();
  /** When each revision answered last, milliseconds since 1970. */
  const answered: Record<string, number> = {};
  const sent = mesh.send({ rate: RATE, signal: end.signal, answered: ({ at, version }) => (answered[version] = at) });
  const finished = await shop.slipway(["rollout", "shop", "--stack", "sandbox", "--sandbox", "--prometheus", local(mesh.lab.ports.prometheus), "--json", "--auto-promote", "--image", image(digit)])
    .finally(() => end.abort());
  return { code: finished.code, told: events(finished), seen: await sent, answered };
}

test("what the program declares runs in the cluster, and a refresh finds nothing changed", async () => {
  const [stable = ""] = Object.keys(shop.weights());
  expect((await mesh.status(`shop-${stable}`)).conditions?.find(({ type }) => type === "Available")?.status).toBe("True");
  expect((await mesh.send({ requests: 200 })).byVersion).toEqual({ [stable]: 200 });
  done(await shop.slipway(["sandbox", "preview", "--refresh", "--expect-no-changes", "--diff"]));
});

test("a healthy candidate gets all traffic while requests flow, and none of them fails", async () => {
  const { code, seen, told } = await rollout("b");
  expect({ code, last: told.at(-1) }).toMatchObject({ code: 0, last: { event: "done", image: image("b") } });
  expect(told.filter(({ event }) => event === "stage").map(({ weight }) => weight)).toEqual([10, 50]);
  process.stdout.write(`healthy: ${seen.requests} requests, ${seen.failed} failed, by revision ${JSON.stringify(seen.byVersion)}\n`);
  expect(seen.byStatus).toEqual({ 200: seen.requests });
  const [candidate = ""] = Object.keys(shop.weights());
  expect((await mesh.send({ requests: 500 })).byVersion).toEqual({ [candidate]: 500 });
});

test("a candidate that fails 10 % of its requests is taken back, and no request meets it afterwards", async () => {
  const [stable = ""] = Object.keys(shop.weights());
  const worsening = setInterval(() => {
    const candidate = Object.keys(shop.weights()).find((id) => id !== stable);
    if (candidate !== undefined) writeFileSync(join(mesh.lab.folder, "knobs", `${NAMESPACE}.shop-${candidate}.json`), JSON.stringify({ errorShare: 0.1 }));
  }, 100);
  const { answered, code, seen, told } = await rollout("c").finally(() => clearInterval(worsening));
  const last = told.at(-1);
  expect({ code, last }).toMatchObject({ code: 2, last: { event: "rolled-back", seconds: expect.any(Number) } });
  const breach = told.find(({ event, verdict }) => event === "gate" && verdict === "breach");
  const [[, atEnvoy = 0] = []] = Object.entries(answered).filter(([id]) => id !== stable);
  process.stdout.write(`failing: ${String(last?.["seconds"])} s from the evidence to the end of the update, ${(atEnvoy - Date.parse(breach?.at ?? "")) / 1000} s to the last request at Envoy; ${seen.failed} of ${seen.requests} requests failed, by revision ${JSON.stringify(seen.byVersion)}\n`);
  expect(seen.failed).toBeGreaterThan(0);
  expect((await mesh.send({ requests: 1000 })).byVersion).toEqual({ [stable]: 1000 });
});
