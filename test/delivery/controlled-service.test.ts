import { describe, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { planReleases } from "../../components/delivery/plan.ts";
import type { Plan } from "../../components/delivery/plan.ts";
import type { Instruction, Release } from "../../components/delivery/release-types.ts";
import { Service } from "../../components/delivery/service.ts";
import type { ServiceSettings } from "../../components/delivery/service-settings.ts";
import { NOW } from "./fixtures.ts";
import { held, only, runProgram } from "./program.ts";
import type { Registered } from "./program.ts";
import { ON_GATEWAY, ROLLOUT, settings, WATCHED } from "./service-fixtures.ts";

const OLD = `ghcr.io/acme/shop@sha256:${"a".repeat(64)}`;
const NEW = `ghcr.io/acme/shop@sha256:${"b".repeat(64)}`;
const FLAGGER: ServiceSettings = settings({
  traffic: ON_GATEWAY,
  observability: { ...WATCHED, metrics: { port: "http", path: "/metrics", intervalSeconds: 30, sampleLimit: 5000 } },
  rollout: {
    ...ROLLOUT, dwellSeconds: 30, bakeSeconds: 0, approval: "none",
    engine: { kind: "flagger", prometheus: "http://prometheus:9090", failedChecks: 2, checks: 10, unreadySeconds: 120, alerts: { team: { kind: "slack", address: { secret: "webhook" }, severity: "warn" } } },
  },
});

function plan(wanted: ServiceSettings, image: string, recorded?: Release, instructions: Instruction[] = []): Plan {
  return planReleases({ services: { shop: wanted }, images: { shop: image }, recorded: recorded === undefined ? {} : { shop: recorded }, asked: { shop: NEW }, instructions, fingerprint: (key) => key, now: NOW });
}

async function declare(planned: Plan): Promise<{ all: Registered[]; result: Service }> {
  const { shop } = planned.services;
  if (shop === undefined) throw new Error("no plan");
  return runProgram((opts) => new Service("shop", { owner: "acme", namespace: "shop", plan: shop, secretOf: (key) => pulumi.secret(`value of ${key}`) }, opts));
}

function recordOf({ services }: Plan): Release {
  if (services.shop === undefined) throw new Error("no plan");
  return services.shop.decision.release;
}

const first = plan(FLAGGER, OLD);

describe("a service whose weights Flagger owns", () => {
  test("declares one Deployment under its name, a Canary, and no Service, route or subset", async () => {
    const { all } = await declare(plan(FLAGGER, NEW, recordOf(first)));
    const kinds = all.map(({ key }) => key.split(" ")[0]?.split(":").at(-1));
    expect(kinds.filter((kind) => kind === "Deployment" || kind === "Canary")).toEqual(["Deployment", "Canary"]);
    expect(kinds.filter((kind) => kind === "MetricTemplate")).toHaveLength(6);
    expect(kinds.filter((kind) => ["Service", "VirtualService", "DestinationRule", "Revision", "Traffic"].includes(kind ?? ""))).toEqual(["Service"]);
    expect(only(all, "Service shop").key).toBe("slipway:delivery:Service shop");
    expect(only(all, "Deployment shop-controlled-pods-deployment").inputs).toMatchObject({ metadata: { name: "shop" }, spec: { template: { spec: { serviceAccountName: "shop", containers: [{ image: NEW }] } } } });
    expect(only(all, "Canary shop-controlled-traffic-flagger-canary").inputs).toMatchObject({ spec: { analysis: { interval: "30s", threshold: 2, stepWeights: [10, 25, 50] } } });
  });

  test("is judged by its own limits, of its own workloads", async () => {
    const { all } = await declare(first);
    const requests = only(all, "MetricTemplate shop-controlled-traffic-flagger-requests");
    expect(requests.inputs).toMatchObject({ spec: { provider: { address: "http://prometheus:9090" }, query: expect.stringContaining('destination_app="shop",destination_workload="shop"') } });
    expect(only(all, "Canary shop-controlled-traffic-flagger-canary").inputs).toMatchObject({
      spec: { analysis: { metrics: [{ name: "requests", thresholdRange: { min: 100 } }, { name: "error-percent", thresholdRange: { max: 5 } }, {}, {}, {}, {}] } },
    });
  });

  test("is scraped at its pods, because its Services are Flagger's, and watched under Flagger's names", async () => {
    const { all } = await declare(first);
    expect(all.filter(({ key }) => /:(Service|Pod)Monitor /.test(key)).map(({ key }) => key.split(" ")[1])).toEqual(["shop-monitoring-pods"]);
    const rules = JSON.stringify(all.filter(({ key }) => key.includes(":PrometheusRule ")).map(({ inputs }) => inputs));
    expect(rules).toContain('deployment=~\\"shop(-primary)?\\"');
    expect(rules).not.toContain("-r[0-9a-f]{10}");
  });

  test("says that it was handed over, and records what Flagger was given", async () => {
    const { result } = await declare(plan(FLAGGER, NEW, recordOf(first)));
    const { hosts, revisions, stage } = result;
    const given = recordOf(plan(FLAGGER, NEW)).revisions[0]?.id;
    expect({ hosts, revisions, stage }).toEqual({ hosts: ["shop.example.com"], revisions: [{ id: given, weight: 100 }], stage: "handed to Flagger" });
    expect((await held(result.release)).value).toMatchObject({ revisions: [{ id: given, image: NEW, role: "stable", weight: 100 }], stage: { kind: "settled" }, rejected: [] });
  });

  test("takes an image that a command names, and no word on weights", () => {
    const asked = plan(FLAGGER, OLD, recordOf(first), [{ service: "shop", action: "release", image: NEW }]);
    expect(asked.answers.map(({ outcome }) => outcome)).toEqual([{ kind: "done" }]);
    const next = plan(FLAGGER, OLD, recordOf(asked));
    expect(recordOf(next)).toMatchObject({ revisions: [{ image: NEW, weight: 100 }], stage: { kind: "settled" } });
    const refused = plan(FLAGGER, NEW, recordOf(first), [{ service: "shop", id: "r0123456789", action: "promote" }]);
    expect(refused.answers.map(({ outcome }) => outcome)).toEqual([
      { kind: "refused", why: "Flagger owns the weights of this service; change what the configuration names, or ask Flagger (docs/flagger.md)" },
    ]);
    expect(recordOf(refused)).toEqual(recordOf(plan(FLAGGER, NEW, recordOf(first))));
  });

  test("has the id that it has under Slipway: a change of the engine is no release", () => {
    expect(recordOf(first).revisions[0]?.id).toBe(recordOf(plan({ ...FLAGGER, rollout: ROLLOUT }, OLD)).revisions[0]?.id);
  });

  test("cannot be declared without a candidate", async () => {
    await expect(declare(plan({ ...FLAGGER, strategy: { kind: "direct", retain: 0 } }, OLD))).rejects.toThrow('has no candidate for Flagger to judge, got "direct"; choose canary or blue-green');
  });
});
