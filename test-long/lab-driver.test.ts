import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { local } from "../lab/parts/part.ts";
import { unproven } from "./lab/drive.ts";
import type { Drive } from "./lab/drive.ts";
import { Mesh, until } from "./lab/mesh.ts";
import { FAULTS, PrometheusProxy } from "./lab/prometheus-proxy.ts";
import { image, LabRoom } from "./lab/room.ts";
import { recorded, updating } from "./lab/state.ts";

const ROLLOUT = "{ dwellSeconds: 5, lookSeconds: 5, bakeSeconds: 10, minimumRequests: 50, approval: none }";
const ARGUMENTS = ["--auto-promote", "--image", image("b")];
/** Requests a second of each room. */
const RATE = 25;

let mesh: Mesh;
const rooms: LabRoom[] = [];
const proxies: PrometheusProxy[] = [];
let running: { healthy: ReturnType<typeof killedOnItsWay>; hurting: ReturnType<typeof killedOnItsWayBack>; doubted: ReturnType<typeof doubted> };

async function opened(namespace: string, stages: string): Promise<{ room: LabRoom; proxy: PrometheusProxy }> {
  const proxy = await PrometheusProxy.open(local(mesh.lab.ports.prometheus));
  proxies.push(proxy);
  const room = new LabRoom(mesh, namespace, { stages, rollout: ROLLOUT, prometheus: proxy.url });
  rooms.push(room);
  return { room: await room.open(), proxy };
}

type Moment = (drive: Drive, room: LabRoom, proxy: PrometheusProxy) => Promise<unknown>;

/** Until the driver of a healthy candidate is in each of its states. */
const ON_ITS_WAY: Record<string, Moment> = {
  starting: (_drive, { stack }) => until("an update runs", async () => updating(stack)),
  dwelling: (drive) => drive.hears("a stage", ({ event }) => event === "stage"),
  judging: (_drive, _room, proxy) => new Promise<void>((resolve) => (proxy.asked = resolve)),
  walking: async (drive, { stack }) => {
    await drive.hears("a pass", ({ event, verdict }) => event === "gate" && verdict === "pass");
    await until("an update runs", async () => updating(stack));
  },
  baking: (drive) => drive.hears("the bake", ({ event }) => event === "baking"),
};

/** Of one that hurts. */
const ON_ITS_WAY_BACK: Record<string, Moment> = {
  rejecting: async (drive, { stack }) => {
    await drive.hears("a breach", ({ event, verdict }) => event === "gate" && verdict === "breach");
    await until("an update runs", async () => updating(stack));
  },
  "taking the traffic away": (_drive, { stack }) => until("the rejection is recorded", async () => recorded(stack)?.rejected.length === 1, 180),
};

/** Starts the same command once for each state, kills it there, and looks at what it left. */
async function killedIn(moments: Record<string, Moment>, room: LabRoom, proxy: PrometheusProxy) {
  const drives: Drive[] = [];
  const left: { state: string; signal: string | null; before: number; after: number }[] = [];
  for (const [state, moment] of Object.entries(moments)) {
    const drive = room.drive("rollout", ...ARGUMENTS);
    drives.push(drive);
    await Promise.race([moment(drive, room, proxy), drive.finished]);
    const before = room.weight();
    const { signal } = await drive.kill();
    left.push({ state, signal, before, after: room.weight() });
  }
  return { drives, left };
}

async function killedOnItsWay() {
  const { proxy, room } = await opened("healthy", "[25, 100]");
  const flow = room.flow(RATE);
  const { drives, left } = await killedIn(ON_ITS_WAY, room, proxy);
  const last = room.drive("rollout", ...ARGUMENTS);
  await last.hears("it goes on", ({ event }) => event === "started");
  const second = room.drive("rollout", ...ARGUMENTS);
  const refused = await second.finished;
  const ended = await last.ends(0);
  const seen = await flow.stop();
  process.stdout.write(`killed in each state: ${JSON.stringify(left)}; ${seen.failed} of ${seen.requests} requests failed\n`);
  return { room, left, drives: [...drives, last], refused, ended, seen };
}

async function killedOnItsWayBack() {
  const { proxy, room } = await opened("hurting", "[50, 100]");
  room.turn({ errorShare: 0.3 });
  const flow = room.flow(RATE);
  const { drives, left } = await killedIn(ON_ITS_WAY_BACK, room, proxy);
  const last = room.drive("rollout", ...ARGUMENTS);
  const ended = await last.ends(2);
  await flow.stop();
  process.stdout.write(`killed while it rolls back: ${JSON.stringify(left)}\n`);
  return { room, left, drives: [...drives, last], ended, after: await room.send(200) };
}

async function doubted() {
  const { proxy, room } = await opened("doubted", "[25, 100]");
  const flow = room.flow(RATE);
  proxy.fault = FAULTS[0];
  const drive = room.drive("rollout", ...ARGUMENTS);
  const verdicts: Record<string, unknown> = {};
  const weights = new Set<number>();
  for (const fault of FAULTS) {
    proxy.fault = fault;
    const { length } = drive.told;
    const { verdict, why } = await drive.hears(`a look at a Prometheus that is ${fault}`, ({ event }) => event === "gate", { from: length });
    verdicts[fault] = verdict;
    weights.add(room.weight());
    process.stdout.write(`Prometheus is ${fault}: ${String(verdict)}, ${String(why)}\n`);
  }
  proxy.fault = undefined;
  const pass = await drive.hears("a pass", ({ event, verdict }) => event === "gate" && verdict === "pass");
  const risen = await drive.hears("all traffic", ({ event }) => event === "baking");
  await drive.kill();
  await flow.stop();
  return { drive, verdicts, weights, pass, risen };
}

beforeAll(async () => {
  mesh = await Mesh.open({ processes: 1 });
  running = { healthy: killedOnItsWay(), hurting: killedOnItsWayBack(), doubted: doubted() };
  for (const each of Object.values(running)) each.catch(() => undefined);
}, 45 * 60_000);

afterAll(async () => {
  await Promise.allSettled(Object.values(running ?? {}));
  for (const proxy of proxies) proxy.close();
  for (const room of rooms) room.leave();
  await mesh?.close();
});

test("a driver that is killed in any state leaves the weights as they were, and the next one goes on to the end", async () => {
  const { drives, ended, left, room, seen } = await running.healthy;
  expect(left.map(({ signal, state }) => [state, signal])).toEqual(Object.keys(ON_ITS_WAY).map((state) => [state, "SIGKILL"]));
  expect(left.filter(({ after, before }) => after !== before)).toEqual([]);
  expect(ended).toMatchObject({ event: "done", image: image("b") });
  expect(unproven(drives)).toEqual([]);
  expect(Object.values(room.stack.weights())).toEqual([100]);
  expect(seen.failed).toBe(0);
});

test("of two drivers of one service at once one works, and the other says so", async () => {
  const { refused: { code, output } } = await running.healthy;
  expect(code).toBe(1);
  expect(output).toMatch(/shop: is driven by another process, got \d+; look at it with slipway status shop --stack sandbox, or stop that one first/);
});

test("a driver that is killed while it rolls back leaves a candidate that the next one takes back", async () => {
  const { after, drives, ended, left, room } = await running.hurting;
  expect(left.map(({ signal, state }) => [state, signal])).toEqual(Object.keys(ON_ITS_WAY_BACK).map((state) => [state, "SIGKILL"]));
  expect(left.filter((each) => each.after > each.before)).toEqual([]);
  expect(ended.event).toBe("rolled-back");
  expect(unproven(drives)).toEqual([]);
  expect(after.byVersion).toEqual({ [room.first]: 200 });
});

test("no wrong answer of Prometheus lets the candidate rise, and it rises with the first right ones", async () => {
  const { drive, pass, risen, verdicts, weights } = await running.doubted;
  expect(verdicts).toEqual(Object.fromEntries(FAULTS.map((fault) => [fault, "no-answer"])));
  expect([...weights]).toEqual([25]);
  expect(unproven([drive])).toEqual([]);
  expect(drive.told.indexOf(pass)).toBeLessThan(drive.told.indexOf(risen));
});
