import { describe, expect, test } from "@jest/globals";
import { returning } from "../../components/kubernetes/affinity.ts";
import { subsetRule, trafficPolicy } from "../../components/kubernetes/destination.ts";
import { gatewaySpec } from "../../components/kubernetes/gateway.ts";
import { gatewayPort, gatewayProblem } from "../../components/kubernetes/gateway-port.ts";
import { virtualServiceSpec } from "../../components/kubernetes/routes.ts";
import type { RouteArgs } from "../../components/kubernetes/routes.ts";
import { EXPOSED, GATEWAY, IN_MESH } from "./fixtures.ts";

const HTTP = { name: "http", port: 8080, protocol: "http" } as const;
const REDIS = { name: "redis", port: 6379, protocol: "tcp" } as const;
const HOST = "storefront.shop.svc.cluster.local";
const RETRIES = { attempts: 2, retryOn: "connect-failure,refused-stream,unavailable" };

const ARGS: RouteArgs = {
  service: "storefront",
  namespace: "shop",
  ports: [HTTP],
  split: [{ subset: "ra", weight: 90 }, { subset: "rb", weight: 10 }],
  candidate: "rb",
  traffic: IN_MESH,
};

function routes(args: Partial<RouteArgs> = {}): ReturnType<typeof virtualServiceSpec> {
  return virtualServiceSpec({ ...ARGS, ...args });
}

function names(args: Partial<RouteArgs>): string[] | undefined {
  return routes(args).http?.map(({ name }) => name);
}

describe("the routes of a service", () => {
  test("split requests inside the mesh", () => {
    expect(routes()).toEqual({
      hosts: [HOST],
      gateways: ["mesh"],
      http: [{
        name: "mesh-split",
        match: [{ gateways: ["mesh"] }],
        route: [
          { destination: { host: HOST, subset: "ra" }, weight: 90 },
          { destination: { host: HOST, subset: "rb" }, weight: 10 },
        ],
        retries: RETRIES,
      }],
    });
  });

  test("split requests of the gateway as well, which is told the port", () => {
    const spec = routes({ ports: [REDIS, { ...HTTP, name: "health", port: 9090 }, HTTP], traffic: EXPOSED });
    expect(spec.hosts).toEqual([HOST, "shop.example.com"]);
    expect(spec.gateways).toEqual(["mesh", "storefront"]);
    expect(spec.http?.map(({ match, name, route }) => [name, match, route[0]?.destination])).toEqual([
      ["storefront-split", [{ gateways: ["storefront"] }], { host: HOST, subset: "ra", port: { number: 9090 } }],
      ["mesh-split", [{ gateways: ["mesh"] }], { host: HOST, subset: "ra" }],
    ]);
  });

  test("keep a revision of weight 0 in sight for HTTP and out of it for TCP, where Envoy refuses it", () => {
    const split = [{ subset: "ra", weight: 100 }, { subset: "rb", weight: 0 }];
    const spec = routes({ ports: [HTTP, REDIS], split });
    expect(spec.http?.[0]?.route.map(({ weight }) => weight)).toEqual([100, 0]);
    expect(spec.tcp).toEqual([{
      match: [{ gateways: ["mesh"], port: 6379 }],
      route: [{ destination: { host: HOST, subset: "ra", port: { number: 6379 } }, weight: 100 }],
    }]);
  });

  test("of a service that speaks TCP alone have no HTTP part", () => {
    expect(Object.keys(routes({ ports: [REDIS] }))).toEqual(["hosts", "gateways", "tcp"]);
  });

  test("lead testers to the candidate before everything else, at the gateway and in the mesh", () => {
    const testers = { header: "x-tester", value: "yes" };
    const spec = routes({ traffic: { ...EXPOSED, testers } });
    expect(spec.http?.map(({ name }) => name)).toEqual(["storefront-testers", "storefront-split", "mesh-testers", "mesh-split"]);
    expect(spec.http?.[2]).toEqual({
      name: "mesh-testers",
      match: [{ gateways: ["mesh"], headers: { "x-tester": { exact: "yes" } } }],
      route: [{ destination: { host: HOST, subset: "rb" }, weight: 100 }],
      retries: RETRIES,
    });
    expect(names({ candidate: undefined, traffic: { ...IN_MESH, testers } })).toEqual(["mesh-split"]);
  });

  test("copy a share of the requests to the candidate, and to nobody without one", () => {
    const mirror = { percent: 12.5 };
    expect(routes({ traffic: { ...IN_MESH, mirror } }).http?.[0]).toMatchObject({
      mirror: { host: HOST, subset: "rb" }, mirrorPercentage: { value: 12.5 },
    });
    expect(routes({ candidate: undefined, traffic: { ...IN_MESH, mirror } }).http?.[0]).not.toHaveProperty("mirror");
  });

  test("wait and try again as long as the settings say", () => {
    const patience = { ...IN_MESH, timeoutSeconds: 10, retries: { attempts: 3, perTrySeconds: 2.5, on: ["5xx"] } };
    expect(routes({ traffic: patience }).http?.[0]).toMatchObject({
      timeout: "10s", retries: { attempts: 3, perTryTimeout: "2.5s", retryOn: "5xx" },
    });
    expect(routes({ traffic: { ...IN_MESH, retries: { attempts: 0, on: [] } } }).http?.[0]?.retries).toEqual({ attempts: 0 });
  });

  test("lead the gateway to the named port, else to the first that speaks HTTP", () => {
    const health = { ...HTTP, name: "health", port: 9090 };
    expect(gatewayPort("storefront", "health", [HTTP, health])).toBe(health);
    expect(gatewayPort("storefront", undefined, [REDIS, HTTP, health])).toBe(HTTP);
  });

  test.each([
    [undefined, "services.storefront.traffic.exposure: the stable revision has no port that speaks http, http2 or grpc"],
    ["redis", 'services.storefront.traffic.exposure.port: the stable revision has no port of this name that speaks http, http2 or grpc, got "redis"'],
  ])("refuse a gateway whose port %s the stable revision does not have", (port, wrong) => {
    const text = `${wrong}; release such a port first, and expose it when its revision is the stable one`;
    expect(() => gatewayPort("storefront", port, [REDIS])).toThrow(new RangeError(text));
    expect(gatewayProblem("storefront", { ...GATEWAY, port }, [REDIS])).toBe(text);
    expect(gatewayProblem("storefront", { kind: "mesh" }, [REDIS])).toBeUndefined();
  });
});

describe("returning visitors", () => {
  const affinity = { kind: "revision" as const, cookie: "slipway.shop", ttlSeconds: 600 };
  const sticky = { ...IN_MESH, affinity };

  test("meet the revision of their cookie before they are drawn again", () => {
    expect(names({ traffic: sticky })).toEqual(["mesh-returning-ra", "mesh-returning-rb", "mesh-split"]);
    expect(routes({ traffic: sticky }).http?.[2]?.route.map(({ headers }) => headers?.response.add["set-cookie"])).toEqual([
      "slipway.shop=ra-90; Max-Age=600; Path=/; HttpOnly; SameSite=Lax",
      "slipway.shop=rb-10; Max-Age=600; Path=/; HttpOnly; SameSite=Lax",
    ]);
  });

  test("keep a cookie of the session where its life is 0, which would delete it", () => {
    const session = { ...sticky, affinity: { ...affinity, ttlSeconds: 0 } };
    expect(routes({ traffic: session }).http?.[2]?.route[0]?.headers?.response.add["set-cookie"]).toBe("slipway.shop=ra-90; Path=/; HttpOnly; SameSite=Lax");
  });

  test("never keep a revision of weight 0 alive", () => {
    const rolledBack = [{ subset: "ra", weight: 100 }, { subset: "rb", weight: 0 }];
    expect(names({ split: rolledBack, traffic: sticky })).toEqual(["mesh-split"]);
    expect(routes({ split: rolledBack, traffic: sticky }).http?.[0]?.route.every((route) => !("headers" in route))).toBe(true);
  });

  test.each([
    ["slipway.shop=rb-10", "rb"],
    ["slipway.shop=rb-5", "rb"],
    ["a=1; slipway.shop=rb-10; b=2", "rb"],
    ["slipway.shop=ra-90", "ra"],
    ["slipway.shop=ra-95", undefined],
    ["slipwayxshop=ra-90", undefined],
    ["x-slipway.shop=ra-90", undefined],
    ["slipway.shop=ra-900", undefined],
    ["slipway.shop=rc-10", undefined],
  ])("with %j return to %s", (cookie, subset) => {
    const matching = returning(affinity, ARGS.split, "rb").filter((visitor) => new RegExp(`^(?:${visitor.cookie})$`).test(cookie));
    expect(matching.map((visitor) => visitor.subset)).toEqual(subset === undefined ? [] : [subset]);
  });
});

describe("a destination", () => {
  test("has a subset for each revision, by its pods' labels", () => {
    expect(subsetRule("storefront", HOST, "ra")).toEqual({ host: HOST, subsets: [{ name: "ra", labels: { app: "storefront", version: "ra" } }] });
  });

  test("has no policy unless the settings ask for one", () => {
    expect(trafficPolicy(IN_MESH)).toBeUndefined();
    expect(trafficPolicy({ ...IN_MESH, affinity: { kind: "revision", cookie: "c", ttlSeconds: 1 } })).toBeUndefined();
  });

  test("ejects pods that fail", () => {
    const outlierDetection = { consecutiveErrors: 5, intervalSeconds: 10, ejectionSeconds: 30, maxEjectionPercent: 50 };
    expect(trafficPolicy({ ...IN_MESH, outlierDetection })).toEqual({
      outlierDetection: { consecutive5xxErrors: 5, interval: "10s", baseEjectionTime: "30s", maxEjectionPercent: 50 },
    });
  });

  test.each([
    [{ cookie: "session", ttlSeconds: 0 }, { httpCookie: { name: "session", ttl: "0s" } }],
    [{ header: "x-user" }, { httpHeaderName: "x-user" }],
    [{ sourceIp: true as const }, { useSourceIp: true }],
  ])("sends requests of one key, %j, to one pod", (by, consistentHash) => {
    expect(trafficPolicy({ ...IN_MESH, affinity: { kind: "pod", by } })).toEqual({ loadBalancer: { consistentHash } });
  });
});

describe("a gateway", () => {
  const hosts = ["shop.example.com"];
  const plain = { port: { number: 80, name: "http", protocol: "HTTP" }, hosts };
  const secured = (tls: object): object => ({ port: { number: 443, name: "https", protocol: "HTTPS" }, hosts, tls });

  test.each([
    [{ mode: "plaintext" as const, reason: "inside the office" }, [plain]],
    [{ mode: "simple" as const, credential: "c" }, [secured({ mode: "SIMPLE", credentialName: "c" }), { ...plain, tls: { httpsRedirect: true } }]],
    [{ mode: "mutual" as const, credential: "c" }, [secured({ mode: "MUTUAL", credentialName: "c" }), { ...plain, tls: { httpsRedirect: true } }]],
  ])("with %j opens these doors", (tls, servers) => {
    expect(gatewaySpec({ ...GATEWAY, tls })).toEqual({ selector: { istio: "ingressgateway" }, servers });
  });
});
