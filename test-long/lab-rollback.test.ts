import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Knobs } from "../lab/demo/knobs.ts";
import { Mesh } from "./lab/mesh.ts";
import { image, LabRoom } from "./lab/room.ts";

/** Seconds from the evidence until no request meets the candidate, and from the first command to the end, on two cores with nothing else to do. */
const GONE = 10;
const WHOLE = 120;
/** Seconds that the first update takes there: a busier machine is given as much more. */
const USUAL = 5;

const ROLLOUT = "{ dwellSeconds: 60, lookSeconds: 5, bakeSeconds: 0, minimumRequests: 50, unreadySeconds: 30, approval: none }";

interface Case {
  /** Requests a second. */
  rate: number;
  knobs: Partial<Knobs>;
  /** Whether it is well until it has traffic. */
  later?: boolean;
}

const CASES = {
  "never-ready": { rate: 10, knobs: { neverReady: true } },
  slow: { rate: 30, knobs: { medianMs: 1500, p95Ms: 3000 } },
  failing: { rate: 60, knobs: { errorShare: 0.1 } },
  crashing: { rate: 25, knobs: { crashAfterMs: 0 }, later: true },
} satisfies Record<string, Case>;

type Kind = keyof typeof CASES;

let mesh: Mesh;
const rooms: LabRoom[] = [];
const running: Partial<Record<Kind, ReturnType<typeof ended>>> = {};

/** A rollout of a candidate that hurts, while requests flow; resolves when it has traffic, where it ever has. */
async function begun(namespace: Kind) {
  const { knobs, later = false, rate }: Case = CASES[namespace];
  const room = new LabRoom(mesh, namespace, { stages: "[25, 100]", rollout: ROLLOUT });
  rooms.push(room);
  await room.open();
  if (!later) room.turn(knobs);
  const flow = room.flow(rate);
  const began = Date.now();
  const drive = room.drive("rollout", "--auto-promote", "--image", image("b"));
  if (knobs.neverReady !== true) await drive.hears("the first stage", ({ event }) => event === "stage");
  if (later) room.turn(knobs);
  return { began, drive, flow, namespace, room };
}

/** What became of it. */
async function ended({ began, drive, flow, namespace, room }: Awaited<ReturnType<typeof begun>>) {
  const last = await drive.ends(2).finally(() => flow.stop());
  const seen = await flow.stop();
  const breach = drive.told.find(({ event, verdict }) => event === "gate" && verdict === "breach");
  const met = Math.max(flow.lastFailed, ...Object.entries(flow.last).map(([version, at]) => (version === room.first ? 0 : at)));
  // One that is never ready has no traffic that could be taken away: the driver counts from the update that said so.
  const gone = breach === undefined ? Number(last["seconds"]) : Math.max(0, met - Date.parse(breach.at)) / 1000;
  const whole = (Date.parse(last.at) - began) / 1000;
  process.stdout.write(`${namespace}: ${gone.toFixed(1)} s from the evidence to the candidate's last request, ${String(last["seconds"])} s by the driver's own count, ${whole.toFixed(1)} s in all; ${seen.failed} of ${seen.requests} requests failed: ${String(last["reason"])}\n`);
  return { gone, whole, last, met, room, seen, patience: Math.max(1, room.seconds / USUAL), after: await room.send(300) };
}

function of(kind: Kind): ReturnType<typeof ended> {
  return running[kind] ?? Promise.reject(new Error(`${kind} was not started`));
}

beforeAll(async () => {
  mesh = await Mesh.open({ processes: 1 });
  // One after the other, so that no update makes another one's figures worse.
  let before: Promise<unknown> = Promise.resolve();
  for (const kind of Object.keys(CASES) as Kind[]) {
    const started = before.then(() => begun(kind));
    before = started.catch(() => undefined);
    (running[kind] = started.then(ended)).catch(() => undefined);
  }
}, 45 * 60_000);

afterAll(async () => {
  await Promise.allSettled(Object.values(running));
  for (const room of rooms) room.leave();
  await mesh?.close();
});

test.each(Object.keys(CASES) as Kind[])("a %s candidate is taken back by itself, and no request meets it afterwards", async (kind) => {
  const { after, gone, last, patience, room, whole } = await of(kind);
  expect(last.event).toBe("rolled-back");
  expect(gone).toBeLessThan(GONE * patience);
  expect(whole).toBeLessThan(WHOLE * patience);
  expect(Object.values(room.stack.weights())).toEqual([100]);
  expect(after.byVersion).toEqual({ [room.first]: 300 });
});

test("a candidate that is never ready gets no request, and none fails", async () => {
  const { met, seen } = await of("never-ready");
  expect([met, seen.failed]).toEqual([0, 0]);
});
