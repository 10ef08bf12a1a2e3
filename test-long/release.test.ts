import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { OneService } from "./one-service.ts";
import type { Finished } from "./one-service.ts";

const ROUTES = "kubernetes/shop/virtualservice/shop.yaml";
const NO_ROUTES = { SLIPWAY_SANDBOX_FAIL_TYPE: "kubernetes:networking.istio.io/v1:VirtualService" };

let shop: OneService;
beforeEach(() => {
  shop = new OneService();
});
afterEach(() => shop.leave());

async function up(environment: Record<string, string> = {}): Promise<void> {
  succeeded(await shop.up(environment));
}

function succeeded({ code, output }: Finished): void {
  expect({ code, output: code === 0 ? "" : output }).toEqual({ code: 0, output: "" });
}

function told(action: string, id: string, more: object = {}): Record<string, string> {
  return { SLIPWAY_INSTRUCTIONS: JSON.stringify([{ service: "shop", id, action, ...more }]) };
}

/** Brings the service up with image a and, beside it, a canary of image b; gives both ids. */
async function canary(): Promise<[string, string]> {
  shop.configure("a");
  await up();
  shop.configure("b");
  await up();
  const [stable, candidate] = Object.keys(shop.weights());
  if (stable === undefined || candidate === undefined) throw new Error("no canary");
  return [stable, candidate];
}

describe("with the real engine,", () => {
  test("another image starts a canary and changes nothing else, an up in flight changes nothing, and the old image cancels it", async () => {
    shop.configure("a");
    await up();
    const before = shop.documents();
    shop.configure("b");
    await up();
    const flight = shop.documents();
    const [stable, candidate] = Object.entries(shop.weights());
    expect([stable?.[1], candidate?.[1]]).toEqual([90, 10]);
    expect(Object.keys(before).filter((path) => before[path] !== flight[path])).toEqual([ROUTES]);
    const added = Object.keys(flight).filter((path) => before[path] === undefined);
    expect(added.filter((path) => !path.includes(candidate?.[0] ?? "-"))).toEqual([]);
    await up();
    expect(shop.documents()).toEqual(flight);
    shop.configure("a");
    await up();
    expect(Object.keys(shop.documents())).toEqual(Object.keys(before));
    expect(shop.weights()).toEqual({ [stable?.[0] ?? ""]: 100 });
  });

  test("a record that runs ahead of the cluster gives a rejected candidate no more than it had", async () => {
    const [stable, candidate] = await canary();
    const failed = await shop.up({ ...NO_ROUTES, ...told("advance", candidate, { stage: 50 }) });
    expect(failed.code).not.toBe(0);
    expect((await shop.record())?.revisions.map(({ weight }) => weight)).toEqual([50, 50]);
    expect(shop.weights()).toEqual({ [stable]: 90, [candidate]: 10 });
    await up(told("rollback", candidate, { reason: "errors" }));
    expect(shop.weights()).toEqual({ [stable]: 90, [candidate]: 10 });
    expect((await shop.record())?.rejected.map(({ id }) => id)).toEqual([candidate]);
    await up();
    expect(shop.weights()).toEqual({ [stable]: 100 });
  });

  test("a first deployment that never gets ready is not recorded, and the image that mends it takes all traffic", async () => {
    shop.configure("a");
    await up();
    const [id] = Object.keys(shop.weights());
    shop.leave();
    shop = new OneService();
    shop.configure("a");
    expect((await shop.up({ SLIPWAY_SANDBOX_NEVER_READY: `shop-${id}` })).code).not.toBe(0);
    expect(await shop.record()).toBeUndefined();
    shop.configure("b");
    await up();
    expect(Object.values(shop.weights())).toEqual([100]);
    expect(Object.keys(shop.weights())).not.toEqual([id]);
  });

  test("no kill in either update of a rollback gives the candidate its weight back", async () => {
    const [stable, candidate] = await canary();
    const reject = told("rollback", candidate, { reason: "errors" });
    const began = Date.now();
    await up();
    const whole = Date.now() - began;
    for (const moment of [0.3, 0.5, 0.6, 0.7, 0.8, 0.9]) {
      await shop.up(reject, whole * moment);
      expect(shop.weights()).toEqual({ [stable]: 90, [candidate]: 10 });
    }
    await up(reject);
    let most = shop.weights()[candidate] ?? 0;
    for (const moment of [0.4, 0.6, 0.75, 0.9]) {
      await shop.up({}, whole * moment);
      const now = shop.weights()[candidate] ?? 0;
      expect(now).toBeLessThanOrEqual(most);
      most = now;
    }
    await up();
    expect(shop.weights()).toEqual({ [stable]: 100 });
    expect((await shop.record())?.rejected.map(({ id }) => id)).toEqual([candidate]);
  });
});
