import { describe, expect, test } from "@jest/globals";
import { routedAt } from "../../../operations/rollout/applied.ts";
import { routedIn } from "../../../operations/rollout/routed.ts";
import { unreadyIn, unreadyRevisions } from "../../../operations/rollout/unready.ts";
import { Problem } from "../../../toolchain/problem.ts";

const BEGAN = Date.UTC(2026, 10, 21, 12) / 1000;
const LATER = "2026-11-21T12:01:30.5Z";

function deployment(name: string, more: object = {}) {
  return { urn: `urn:pulumi:production::slipway::slipway:delivery:Service$slipway:kubernetes:Revision$kubernetes:apps/v1:Deployment::${name}-deployment`, type: "kubernetes:apps/v1:Deployment", modified: LATER, ...more };
}

function routes(name: string, modified: string) {
  return { urn: `urn:pulumi:production::slipway::slipway:kubernetes:Traffic$kubernetes:networking.istio.io/v1:VirtualService::${name}`, type: "kubernetes:networking.istio.io/v1:VirtualService", modified };
}

function exported(...resources: object[]): unknown {
  return { deployment: { resources } };
}

const REASONS = ['"shop-r0123456789" timed out waiting to be Ready', "[Pod shop-r0123456789-x]: containers with unready status: [shop] -- back-off 20s restarting failed container"];

describe("revisions that are not ready", () => {
  test("are those whose Deployment this update has left with reasons", () => {
    const state = exported(deployment("shop-r0123456789", { initErrors: REASONS }), deployment("shop-r9876543210"), deployment("cart-r0123456789", { initErrors: REASONS }));
    expect(unreadyRevisions(state, ["shop"], BEGAN)).toEqual([{ service: "shop", id: "r0123456789", why: `its pods are not ready: ${REASONS.join("; ")}` }]);
  });

  test("of a service whose name begins with another's are its own", () => {
    const state = exported(deployment("shop-api-r0123456789", { initErrors: REASONS }));
    expect(unreadyRevisions(state, ["shop"], BEGAN)).toEqual([]);
    expect(unreadyRevisions(state, ["shop", "shop-api"], BEGAN)).toMatchObject([{ service: "shop-api", id: "r0123456789" }]);
  });

  test.each([
    ["an earlier update left them", { initErrors: REASONS, modified: "2026-11-21T11:59:59Z" }],
    ["nobody knows when", { initErrors: REASONS, modified: null }],
    ["the provider failed and left none", { initErrors: null }],
    ["they have gone", { initErrors: [] }],
  ])("are none where %s", (_, more) => {
    expect(unreadyRevisions(exported(deployment("shop-r0123456789", more)), ["shop"], BEGAN)).toEqual([]);
  });

  test("are unknown where the state cannot be read, and what is no problem of the stack's is thrown", async () => {
    expect(await unreadyIn({ stack: { exported: () => Promise.reject(new Problem("away")) } }, ["shop"], BEGAN)).toEqual([]);
    await expect(unreadyIn({ stack: { exported: () => Promise.reject(new TypeError("a fault")) } }, ["shop"], BEGAN)).rejects.toThrow("a fault");
  });
});

describe("the time at which the routes changed", () => {
  test("is that of the last of them", () => {
    const state = exported(routes("shop-traffic-routes", "2026-11-21T12:00:02Z"), routes("shop-traffic-gateway", "2026-11-21T12:00:03.5Z"), routes("cart-traffic-routes", LATER));
    expect(routedAt(state, "shop")).toBe(BEGAN + 3.5);
  });

  test("is unknown where there are none, or the state cannot be read", async () => {
    expect(await routedIn({ stack: { exported: async () => exported(routes("shop-traffic-routes", "2026-11-21T12:00:02Z")) } }, ["shop", "cart"])).toEqual({ shop: BEGAN + 2 });
    expect(await routedIn({ stack: { exported: () => Promise.reject(new Problem("away")) } }, ["shop"])).toEqual({});
  });
});
