import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brokenLines } from "../operations/audit/log.ts";
import { OneService } from "./one-service.ts";
import type { Finished } from "./one-service.ts";
import { fakeMesh } from "./rollout/fake-mesh.ts";
import type { FakeMesh } from "./rollout/fake-mesh.ts";

const QUICK = "{ dwellSeconds: 0, bakeSeconds: 0, minimumRequests: 50 }";

let shop: OneService;
let mesh: FakeMesh;

beforeEach(async () => {
  shop = new OneService({ rollout: QUICK });
  mesh = await fakeMesh(() => shop.weights(), 200);
  shop.configure("a");
  expect((await shop.up()).code).toBe(0);
});

afterEach(() => {
  mesh.close();
  shop.leave();
});

function drive(...more: string[]): Promise<Finished> {
  return shop.slipway(["rollout", "shop", "--stack", "sandbox", "--sandbox", "--prometheus", mesh.url, "--json", ...more]);
}

interface Told {
  event: string;
  [key: string]: unknown;
}

function events({ output }: Finished): Told[] {
  return output.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
}

function image(digit: string): string {
  return `ghcr.io/acme/shop@sha256:${digit.repeat(64)}`;
}

describe("with the real engine, a rollout", () => {
  test("takes a healthy candidate that a command names to all traffic, and leaves the stack's file alone", async () => {
    const file = readFileSync(join(shop.folder, "Pulumi.sandbox.yaml"), "utf8");
    const done = await drive("--image", image("b"), "--auto-promote");
    expect({ code: done.code, last: events(done).at(-1) }).toMatchObject({ code: 0, last: { event: "done", image: image("b") } });
    expect(events(done).filter(({ event }) => event === "stage").map(({ weight }) => weight)).toEqual([10, 50]);
    expect(Object.values(shop.weights())).toEqual([100]);
    expect(readFileSync(join(shop.folder, "Pulumi.sandbox.yaml"), "utf8")).toBe(file);
    const { output } = await shop.slipway(["status", "shop", "--stack", "sandbox", "--sandbox", "--json"]);
    expect(JSON.parse(output.slice(output.indexOf("{")))).toMatchObject({ stable: { image: image("b"), weight: 100, applied: 100 }, candidate: null, inCluster: true, asked: image("b") });
    const log = readFileSync(join(shop.folder, "box", "audit", "sandbox.jsonl"), "utf8");
    expect(brokenLines(log)).toEqual([]);
    expect(log.split("\n").filter((line) => line.includes('"event":"done"'))).toHaveLength(1);
  });

  test("takes a candidate that fails 10 % of its requests back by itself, and does not start it again", async () => {
    const watching = setInterval(() => {
      const [, candidate] = Object.keys(shop.weights());
      if (candidate !== undefined) mesh.behaviour[candidate] = { failing: 0.1, milliseconds: 80 };
    }, 50);
    const fallen = await drive("--image", image("b"), "--auto-promote");
    clearInterval(watching);
    const last = events(fallen).at(-1);
    expect({ code: fallen.code, last }).toMatchObject({ code: 2, last: { event: "rolled-back" } });
    expect(Object.values(shop.weights())).toEqual([100]);
    const again = await drive("--image", image("b"), "--auto-promote");
    expect({ code: again.code, last: events(again).at(-1)?.["message"] }).toEqual({ code: 1, last: expect.stringContaining("was rolled back") });
    expect(Object.values(shop.weights())).toEqual([100]);
  });

  test("waits for somebody after the first stage, survives SIGKILL, and goes on when it is promoted", async () => {
    const held = await drive("--image", image("b"));
    expect({ code: held.code, last: events(held).at(-1) }).toMatchObject({ code: 0, last: { event: "held", reason: "approval", weight: 10 } });
    expect(Object.values(shop.weights())).toEqual([90, 10]);
    expect((await shop.up()).code).toBe(0);
    expect(Object.values(shop.weights())).toEqual([90, 10]);
    const other = await shop.slipway(["promote", "shop", "--stack", "sandbox", "--sandbox", "--prometheus", mesh.url, "--image", "ghcr.io/acme/shop:v9", "--json"]);
    // The tag is looked up in the registry and is something else.
    expect({ code: other.code, message: events(other).at(-1)?.["message"] }).toEqual({ code: 1, message: expect.stringMatching(/^the candidate is ghcr\.io\/acme\/shop@sha256:b+, not ghcr\.io\/acme\/shop@sha256:[0-9a-f]{64}$/) });
    const killed = await shop.slipway(["promote", "shop", "--stack", "sandbox", "--sandbox", "--prometheus", mesh.url, "--json"], 6000);
    expect(killed.signal).toBe("SIGKILL");
    const done = await shop.slipway(["promote", "shop", "--stack", "sandbox", "--sandbox", "--prometheus", mesh.url, "--json"]);
    expect({ code: done.code, last: events(done).at(-1) }).toMatchObject({ code: 0, last: { event: "done", image: image("b") } });
  });

  test("gives no more traffic while nobody answers, and says so when its time is up", async () => {
    mesh.broken = "<html>sign in</html>";
    const held = await drive("--image", image("b"), "--auto-promote", "--leave-after", "150s");
    expect({ code: held.code, last: events(held).at(-1) }).toMatchObject({ code: 1, last: { event: "held", reason: "no-answer", weight: 10 } });
    expect(Object.values(shop.weights())).toEqual([90, 10]);
  });
});
