import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { PartName } from "../lab/parts/part.ts";
import { readRecord } from "../lab/processes.ts";
import { unproven } from "./lab/drive.ts";
import type { Drive, Told } from "./lab/drive.ts";
import { Mesh, until } from "./lab/mesh.ts";
import { image, LabRoom } from "./lab/room.ts";
import { updating } from "./lab/state.ts";

/** Of one candidate's way to all traffic, with a part of the cluster killed at each weight. */
let mesh: Mesh;
let room: LabRoom;
let drive: Drive;
let flow: ReturnType<LabRoom["flow"]>;

function kill(part: PartName): void {
  process.kill(readRecord(mesh.lab.folder, part)?.pid ?? 0, "SIGKILL");
}

/** What the driver says from now on. */
function next(what: string, holds: (told: Told) => boolean): Promise<Told> {
  return drive.hears(what, holds, { from: drive.told.length });
}

const look = (verdict: string) => ({ event, verdict: said }: Told): boolean => event === "gate" && said === verdict;

/** Share of the candidate at Envoy now, per cent. */
async function share(): Promise<number> {
  const { byVersion, requests } = await room.send(400);
  return ((byVersion[room.candidate() ?? ""] ?? 0) / requests) * 100;
}

beforeAll(async () => {
  mesh = await Mesh.open({ processes: 1 });
  room = await new LabRoom(mesh, "shop", { rollout: "{ dwellSeconds: 1, lookSeconds: 5, bakeSeconds: 1, minimumRequests: 20, approval: none }" }).open();
  flow = room.flow(40);
  drive = room.drive("rollout", "--auto-promote", "--image", image("b"));
}, 45 * 60_000);

afterAll(async () => {
  await flow?.stop();
  await drive?.kill();
  room?.leave();
  await mesh?.close();
});

test("without Prometheus a candidate stays at its weight, and goes on when Prometheus is back", async () => {
  await drive.hears("the first look", ({ event }) => event === "gate");
  kill("prometheus");
  const { why } = await next("a look without Prometheus", look("no-answer"));
  expect(why).toMatch(/^unreachable: /);
  expect(room.weight()).toBe(10);
  await mesh.again();
});

test("without istiod requests go on as they did, and the next weight waits until Envoy has this one", async () => {
  kill("discovery");
  await drive.hears("the second stage", ({ event, weight }) => event === "stage" && weight === 50);
  const { why } = await next("a look at what Envoy does", ({ event, why: said }) => event === "gate" && /the mesh does not follow yet$/.test(String(said)));
  expect(why).toMatch(/^\d+ of the last \d+ requests met the candidate, which has 50 %: /);
  expect([room.weight(), (await share()) < 20]).toEqual([50, true]);
  await drive.paused(async () => {
    await mesh.again();
    await until("Envoy follows", async () => Math.abs((await share()) - 50) < 10);
    // The driver must not find a mesh that is whole before the next test has begun.
    kill("api-server");
  });
});

test("without the API server no weight moves, and the step is made when it is back", async () => {
  await drive.hears("a pass", look("pass"), { from: drive.told.findLastIndex(({ why }) => /does not follow/.test(String(why))) });
  await until("an update is tried", async () => updating(room.stack));
  await until("it has failed", async () => !updating(room.stack));
  expect([room.weight(), await share()]).toEqual([50, expect.closeTo(50, -1.3)]);
  await mesh.again();
  await drive.hears("the bake", ({ event }) => event === "baking");
});

test("without Envoy the old revision stays, and the release is done when Envoy is back", async () => {
  expect((await flow.stop()).failed).toBe(0);
  await drive.hears("a look at the bake", ({ event }) => event === "gate", { from: drive.told.findIndex(({ event }) => event === "baking") });
  kill("gateway");
  await next("a look without requests", look("no-answer"));
  expect(Object.keys(room.stack.weights())).toHaveLength(2);
  await mesh.again();
  await room.answering();
  flow = room.flow(40);
  expect(await drive.ends(0)).toMatchObject({ event: "done", image: image("b") });
  expect(unproven([drive])).toEqual([]);
  const { byVersion, failed } = await room.send(200);
  expect([Object.keys(byVersion), failed]).toEqual([Object.keys(room.stack.weights()), 0]);
});
