import { describe, expect, test } from "@jest/globals";
import { appliedWeights } from "../../../operations/rollout/applied.ts";
import { standingOf } from "../../../operations/rollout/standing.ts";
import { statusOf } from "../../../operations/rollout/status.ts";
import { B, LATER, NOW, release } from "../../delivery/fixtures.ts";
import { putTogether } from "../../../components/delivery/parts.ts";

const HOST = "shop.shop.svc.cluster.local";
const PARENTS = "slipway:delivery:System$slipway:delivery:Service$slipway:kubernetes:Traffic$kubernetes:networking.istio.io/v1:VirtualService";

interface Route { subset: string; weight?: number }

function destinations(routes: readonly Route[]) {
  return routes.map(({ subset, weight }) => ({ destination: { host: HOST, port: { number: 8080 }, subset }, ...(weight !== undefined && { weight }) }));
}

function virtualService(spec: unknown, name = "shop-traffic-mesh", type = "kubernetes:networking.istio.io/v1:VirtualService") {
  return {
    urn: `urn:pulumi:production::slipway::${PARENTS}::${name}`, custom: true, id: "shop/shop", type, inputs: {},
    outputs: { apiVersion: "networking.istio.io/v1", kind: "VirtualService", metadata: { name: "shop", namespace: "shop", managedFields: [] }, spec },
    parent: `urn:pulumi:production::slipway::${PARENTS.replace(/\$[^$]*$/, "")}::shop-traffic`,
  };
}

function exported(...resources: object[]): unknown {
  return {
    version: 3,
    deployment: {
      manifest: { time: "2026-11-21T10:00:00Z", magic: "0", version: "v3.255.0" },
      resources: [
        { urn: "urn:pulumi:production::slipway::pulumi:pulumi:Stack::slipway-production", custom: false, type: "pulumi:pulumi:Stack", outputs: { releases: {} } },
        { urn: "urn:pulumi:production::slipway::kubernetes:apps/v1:Deployment::shop-ra", custom: true, type: "kubernetes:apps/v1:Deployment", outputs: { spec: { replicas: 2 } } },
        ...resources,
      ],
    },
  };
}

const TESTERS = { match: [{ headers: { "x-slipway-revision": { exact: "rb" } } }], route: destinations([{ subset: "rb" }]) };

describe("the weights that the cluster was given", () => {
  test("are those of the route for everybody, not of testers", () => {
    const spec = { hosts: [HOST], http: [TESTERS, { retries: { attempts: 2 }, route: destinations([{ subset: "ra", weight: 90 }, { subset: "rb", weight: 10 }]) }] };
    expect(appliedWeights(exported(virtualService(spec)), "shop")).toEqual({ ra: 90, rb: 10 });
  });

  test("are all where there is one destination without a weight", () => {
    expect(appliedWeights(exported(virtualService({ http: [{ route: destinations([{ subset: "ra" }]) }] })), "shop")).toEqual({ ra: 100 });
  });

  test("are 0 where one of several has none", () => {
    expect(appliedWeights(exported(virtualService({ http: [{ route: destinations([{ subset: "ra", weight: 100 }, { subset: "rb" }]) }] })), "shop")).toEqual({ ra: 100, rb: 0 });
  });

  test("are those of TCP routes for a service that speaks nothing else", () => {
    expect(appliedWeights(exported(virtualService({ tcp: [{ match: [{ port: 5432 }], route: destinations([{ subset: "ra", weight: 75 }, { subset: "rb", weight: 25 }]) }] })), "shop")).toEqual({ ra: 75, rb: 25 });
  });

  test.each([
    ["no route is there", exported()],
    ["only another service has one", exported(virtualService({ http: [{ route: destinations([{ subset: "ra", weight: 100 }]) }] }, "shopping-traffic-mesh"))],
    ["the state has nothing", { version: 3, deployment: {} }],
    ["the route has no outputs", exported({ urn: "urn:pulumi:production::slipway::x::shop-traffic-mesh", type: "kubernetes:networking.istio.io/v1:VirtualService" })],
  ])("are none where %s", (_, state) => {
    expect(appliedWeights(state, "shop")).toEqual({});
  });

  test("cannot be told from what is no state", () => {
    expect(() => appliedWeights({ version: 3 }, "shop")).toThrow("deployment");
  });
});

describe("the status", () => {
  const settled = statusOf(standingOf(release({})), { ra: 100 });
  const inFlight = standingOf(putTogether({ stable: release({}).revisions[0] ?? B, candidate: { revision: B, weight: 10, held: "lunch" }, retained: [], rejected: [{ id: "rc", reason: "errors", at: NOW.toISOString() }] }, undefined, LATER));

  test("of a settled release names what serves", () => {
    expect(settled).toEqual({
      stable: { revision: "ra", image: "ghcr.io/acme/shop@sha256:ra", weight: 100, applied: 100 }, candidate: null, stage: "settled", held: null,
      since: "2026-11-21T10:00:00.000Z", asked: null, rejected: [], inCluster: true,
    });
  });

  test("of a release in flight names both, why it is held, and what was rejected", () => {
    expect(statusOf(inFlight, { ra: 90, rb: 10 })).toEqual({
      stable: { revision: "ra", image: "ghcr.io/acme/shop@sha256:ra", weight: 90, applied: 90 },
      candidate: { revision: "rb", image: "ghcr.io/acme/shop@sha256:rb", weight: 10, applied: 10 },
      stage: "10 %", held: "lunch", since: "2026-11-21T11:00:00.000Z", asked: null, inCluster: true,
      rejected: [{ revision: "rc", reason: "errors", at: "2026-11-21T10:00:00.000Z" }],
    });
  });

  test.each([[{ ra: 100 }, false], [{ ra: 75, rb: 25 }, false], [{}, false], [{ ra: 90, rb: 10, rc: 0 }, true]])("says whether the cluster has what is recorded: %j", (applied, inCluster) => {
    expect(statusOf(inFlight, applied).inCluster).toBe(inCluster);
  });

  test("names the image that a command asked for", () => {
    expect(statusOf({ ...inFlight, asked: { image: "ghcr.io/acme/shop@sha256:b", instead: "ghcr.io/acme/shop@sha256:a" } }, {}).asked).toBe("ghcr.io/acme/shop@sha256:b");
  });
});
