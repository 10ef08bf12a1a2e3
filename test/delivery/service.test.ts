import { describe, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { planReleases } from "../../components/delivery/plan.ts";
import type { ServicePlan } from "../../components/delivery/plan.ts";
import type { Instruction, Release } from "../../components/delivery/release-types.ts";
import { Service } from "../../components/delivery/service.ts";
import type { ServiceArgs } from "../../components/delivery/service.ts";
import { systemsBeside, systemsOf } from "../../components/delivery/system.ts";
import type { ServiceSettings } from "../../components/delivery/service-settings.ts";
import { ON_GATEWAY, settings } from "./service-fixtures.ts";
import { NOW } from "./fixtures.ts";
import { held, only, runProgram, secretMark } from "./program.ts";
import type { Registered, World } from "./program.ts";

const OLD = `ghcr.io/acme/shop@sha256:${"a".repeat(64)}`;
const NEW = `ghcr.io/acme/shop@sha256:${"b".repeat(64)}`;

function planOf(wanted: ServiceSettings, image: string, recorded?: Release, instruction?: Instruction): ServicePlan {
  const plan = planReleases({
    services: { shop: wanted }, images: { shop: image }, recorded: recorded === undefined ? {} : { shop: recorded },
    asked: {}, instructions: instruction === undefined ? [] : [instruction], fingerprint: (key) => `fingerprint of ${key}`, now: NOW,
  }).services.shop;
  if (plan === undefined) throw new Error("no plan");
  return plan;
}

function declare(args: Partial<ServiceArgs> & Pick<ServiceArgs, "plan">, world?: World): Promise<{ all: Registered[]; result: Service }> {
  return runProgram((opts) => new Service("shop", {
    owner: "acme", namespace: "shop", secretOf: (key) => pulumi.secret(`value of ${key}`), ...args,
  }, opts), world);
}

function routes(all: readonly Registered[]): unknown {
  return only(all, "VirtualService shop-traffic-routes").inputs.spec;
}

const first = planOf(settings(), OLD);
const flight = planOf(settings(), NEW, first.decision.release);
const [oldId = "", newId = ""] = flight.decision.release.revisions.map(({ id }) => id);

describe("a service", () => {
  test("declares its parts under itself", async () => {
    const { all } = await declare({ plan: flight });
    const own = all.filter(({ parent }) => parent === "slipway:delivery:Service shop").map(({ key }) => key);
    expect(own).toEqual([
      "slipway:images:Image shop-image",
      "slipway:kubernetes:Identity shop-identity",
      `slipway:kubernetes:Revision shop-${oldId}`,
      `slipway:kubernetes:Revision shop-${newId}`,
      "slipway:kubernetes:Traffic shop-traffic",
      "slipway:observability:Observability shop-observability",
    ]);
  });

  test("runs each revision as it was recorded and splits the traffic between them", async () => {
    const { all, result } = await declare({ plan: flight });
    const image = (id: string): unknown => only(all, `Deployment shop-${id}-deployment`).inputs;
    expect(image(oldId)).toMatchObject({ spec: { template: { spec: { containers: [{ image: OLD }] } } } });
    expect(image(newId)).toMatchObject({ spec: { template: { spec: { containers: [{ image: NEW }] } } } });
    expect(routes(all)).toMatchObject({ http: [{ route: [{ weight: 90, destination: { subset: oldId } }, { weight: 10, destination: { subset: newId } }] }] });
    expect(result.revisions).toEqual([{ id: oldId, weight: 90 }, { id: newId, weight: 10 }]);
    expect(result.stage).toBe(`${newId} at 10 %`);
  });

  test("says what the tour needs", async () => {
    const { result } = await declare({ plan: planOf(settings({ traffic: ON_GATEWAY }), OLD) });
    const { repository, namespace, hosts, stage, revisions, dashboard } = result;
    expect({ repository, namespace, hosts, stage, revisions, dashboard }).toEqual({
      repository: "shop", namespace: "shop", hosts: ["shop.example.com"], stage: "settled", revisions: [{ id: oldId, weight: 100 }], dashboard: "slipway-shop-shop",
    });
    expect((await held(result.image)).value).toBe(OLD);
  });

  test("gives every output of an update with an instruction before a resource is there, so that no failure keeps a verdict from being recorded", async () => {
    const { result } = await runProgram(async (opts) => {
      let exists: (name: string) => void = () => undefined;
      const namespace = pulumi.output(new Promise<string>((resolve) => {
        exists = resolve;
      }));
      const shop = new Service("shop", { owner: "acme", namespace, plan: flight, instructed: true, secretOf: (key) => pulumi.secret(key) }, opts);
      const outputs = await held(pulumi.output({ systems: systemsOf("acme", {}, { shop }), releases: { shop: shop.release } }));
      exists("shop");
      return outputs;
    });
    expect(result.value?.releases.shop).toEqual(flight.decision.release);
  });

  test("stands in the system of its repository, which may be declared elsewhere", async () => {
    const { result } = await declare({ plan: flight });
    const { shop } = systemsOf("acme", {}, { shop: result });
    expect(shop).toEqual({ repository: "acme/shop", environments: [], services: { shop: expect.objectContaining({ revisions: result.revisions, stage: result.stage, hosts: [] }) } });
  });

  test("stands beside what the last update said of the others, where this one is about it alone", async () => {
    const { result } = await declare({ plan: flight });
    const before = { "acme/blog": { repository: "acme/blog" }, shop: { repository: "acme/shop", environments: [{ name: "production" }], services: { shop: "as it was", cart: "as it was" } } };
    const systems = systemsBeside(before, systemsOf("acme", {}, { shop: result }));
    expect(systems).toEqual({ ...before, shop: { ...before.shop, services: { shop: expect.objectContaining({ revisions: result.revisions }), cart: "as it was" } } });
    expect(systemsBeside({}, systemsOf("acme", {}, { shop: result }))).toEqual(systemsOf("acme", {}, { shop: result }));
  });

  test("declares exactly the same again while a release is in flight", async () => {
    const before = await declare({ plan: flight });
    const again = await declare({ plan: planOf(settings(), NEW, flight.decision.release) });
    expect(again.all).toEqual(before.all);
  });

  test("a rejected desired revision is not declared", async () => {
    const rejected: Release = { ...first.decision.release, rejected: [{ id: newId, reason: "errors", at: NOW.toISOString() }] };
    const { all } = await declare({ plan: planOf(settings(), NEW, rejected) });
    expect(all.filter(({ key }) => key.includes(newId))).toEqual([]);
  });

  test("an update that records a rejection leaves the routes as the cluster has them", async () => {
    const plan = planOf(settings(), NEW, flight.decision.release, { service: "shop", id: newId, action: "rollback", reason: "errors" });
    const { all, result } = await declare({ plan });
    expect(only(all, "VirtualService shop-traffic-routes").ignoreChanges).toEqual(["spec"]);
    expect(all.filter(({ ignoreChanges }) => ignoreChanges.includes("spec"))).toHaveLength(1);
    expect(result.stage).toBe(`${newId} is rejected and loses its 10 % in the next update`);
    const after = await declare({ plan: planOf(settings(), NEW, plan.decision.release) });
    expect(only(after.all, "VirtualService shop-traffic-routes").ignoreChanges).toEqual([]);
    expect(routes(after.all)).toMatchObject({ http: [{ route: [{ weight: 100, destination: { subset: oldId } }] }] });
  });
});

describe("the secrets of a service", () => {
  const generated = { generate: { length: 32 } };
  const before = settings({ secrets: { TOKEN: { secret: "oldToken" }, KEY: generated } });
  const after = settings({ secrets: { TOKEN: { secret: "newToken" }, KEY: generated } });
  const started = planOf(before, OLD);
  const moved = planOf(after, OLD, started.decision.release);
  const [kept = "", wanted = ""] = moved.decision.release.revisions.map(({ id }) => id);
  const world: World = { outputs: { "random:index/randomPassword:RandomPassword": { result: "generated-value" } } };
  const base64 = (text: string): string => Buffer.from(text).toString("base64");

  test("trap 8: a revision that is no longer described keeps its Secret, because ignoreChanges sends the state's values again", async () => {
    const { all } = await declare({ plan: moved }, world);
    expect(only(all, `Secret shop-${kept}-secret`).ignoreChanges).toEqual(["data"]);
    expect(only(all, `Secret shop-${wanted}-secret`).ignoreChanges).toEqual([]);
  });

  test("reach the desired revision with the secret mark", async () => {
    const { all } = await declare({ plan: moved }, world);
    expect(only(all, `Secret shop-${wanted}-secret`).inputs.data).toEqual(secretMark({ TOKEN: base64("value of newToken"), KEY: base64("generated-value") }));
  });

  test("that the configuration no longer names are not asked for", async () => {
    const asked: string[] = [];
    const secretOf = (key: string): pulumi.Output<string> => {
      asked.push(key);
      return pulumi.secret(key);
    };
    const { all } = await declare({ plan: moved, secretOf }, world);
    expect(asked).toEqual(["newToken"]);
    expect(only(all, `Secret shop-${kept}-secret`).inputs.data).toEqual(secretMark({ KEY: base64("generated-value") }));
  });

  test("that are generated are one password over all revisions that name it alike", async () => {
    const { all } = await declare({ plan: moved }, world);
    const passwords = all.filter(({ key }) => key.includes("RandomPassword"));
    expect(passwords.map(({ inputs }) => inputs)).toEqual([{ length: 32, special: false }]);
  });

  test("that are rotated are two passwords while both revisions run", async () => {
    const rotated = settings({ secrets: { KEY: { generate: { length: 32, rotate: "2026-11" } } } });
    const plan = planOf(rotated, OLD, planOf(settings({ secrets: { KEY: generated } }), OLD).decision.release);
    const { all } = await declare({ plan }, world);
    expect(all.filter(({ key }) => key.includes("RandomPassword")).map(({ inputs }) => inputs))
      .toEqual([{ length: 32, special: false }, { length: 32, special: false, keepers: { rotate: "2026-11" } }]);
  });

  test("never enter the record", async () => {
    const { result } = await declare({ plan: moved }, world);
    const { value, secret } = await held(result.release);
    expect(secret).toBe(false);
    expect(JSON.stringify(value)).not.toContain("value of");
  });
});

describe("a service that is built", () => {
  const build = settings({ image: { from: "build", source: { kind: "folder", path: "." }, dockerfile: "Dockerfile", platforms: ["linux/amd64"], args: {}, secrets: {}, cache: { kind: "none" }, labels: {} } });
  const world: World = {
    outputs: { "docker-build:index:Image": { digest: `sha256:${"d".repeat(64)}` } },
    calls: { "docker:index/getRegistryImage:getRegistryImage": ({ name }) => ({ name, id: "x", sha256Digest: `sha256:${"e".repeat(64)}` }) },
  };
  const tag = (hash: string): string => `ghcr.io/acme/shop:build-${hash}`;
  const plan = planOf(build, tag("111111111111"));
  const running = planOf(build, tag("222222222222"), plan.decision.release);

  test("runs what was built by digest, and records it so once the pods are ready", async () => {
    const { result } = await declare({ plan }, world);
    const image = `ghcr.io/acme/shop@sha256:${"d".repeat(64)}`;
    expect((await held(result.image)).value).toBe(image);
    expect((await held(result.release)).value?.revisions.map((revision) => revision.image)).toEqual([image]);
  });

  test("looks an older build up by its tag where the record has no digest", async () => {
    const { all } = await declare({ plan: running }, world);
    const [old, wanted] = running.decision.release.revisions.map(({ id }) => only(all, `Deployment shop-${id}-deployment`).inputs);
    expect(old).toMatchObject({ spec: { template: { spec: { containers: [{ image: `ghcr.io/acme/shop@sha256:${"e".repeat(64)}` }] } } } });
    expect(wanted).toMatchObject({ spec: { template: { spec: { containers: [{ image: `ghcr.io/acme/shop@sha256:${"d".repeat(64)}` }] } } } });
  });

  test("leaves the older record in an update with an instruction, which must not wait for a build", async () => {
    const { result } = await declare({ plan: running, instructed: true }, world);
    expect((await held(result.release)).value).toEqual(plan.decision.release);
  });
});
