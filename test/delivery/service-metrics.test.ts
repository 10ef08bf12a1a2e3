import { expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { planReleases } from "../../components/delivery/plan.ts";
import type { ServicePlan } from "../../components/delivery/plan.ts";
import type { Release } from "../../components/delivery/release-types.ts";
import { Service } from "../../components/delivery/service.ts";
import type { ServiceSettings } from "../../components/delivery/service-settings.ts";
import { NOW } from "./fixtures.ts";
import { only, runProgram } from "./program.ts";
import type { Registered } from "./program.ts";
import { settings, WATCHED } from "./service-fixtures.ts";

const IMAGE = `ghcr.io/acme/shop@sha256:${"a".repeat(64)}`;
const MEASURED = settings({
  ports: [...settings().ports, { name: "metrics", port: 9464, protocol: "http" }],
  observability: { ...WATCHED, metrics: { port: "metrics", path: "/m", intervalSeconds: 30, sampleLimit: 5000 } },
});

function planOf(wanted: ServiceSettings, recorded?: Release): ServicePlan {
  const plan = planReleases({
    services: { shop: wanted }, images: { shop: IMAGE }, recorded: recorded === undefined ? {} : { shop: recorded },
    asked: {}, instructions: [], fingerprint: (key) => `fingerprint of ${key}`, now: NOW,
  }).services.shop;
  if (plan === undefined) throw new Error("no plan");
  return plan;
}

async function declare(plan: ServicePlan): Promise<{ all: Registered[]; monitors: string[] }> {
  const { all } = await runProgram((opts) => new Service("shop", { owner: "acme", namespace: "shop", secretOf: (key) => pulumi.secret(`value of ${key}`), plan }, opts));
  return { all, monitors: all.map(({ key }) => key).filter((key) => /(Service|Pod)Monitor /.test(key)) };
}

function readPort(all: readonly Registered[], id: string): string | undefined {
  const { spec } = only(all, `Deployment shop-${id}-deployment`).inputs;
  return JSON.stringify(spec).match(/"prometheus\.io\/port":"(\d+)"/)?.[1];
}

test("a service whose metrics are new has them read from the candidate's pods, and leaves the stable ones as they are", async () => {
  const before = planOf(settings());
  const flight = planOf(MEASURED, before.decision.release);
  const [stable = "", candidate = ""] = flight.decision.release.revisions.map(({ id }) => id);
  const { all, monitors } = await declare(flight);
  expect(monitors).toEqual(["kubernetes:monitoring.coreos.com/v1:PodMonitor shop-monitoring-pods"]);
  expect([readPort(all, stable), readPort(all, candidate)]).toEqual([undefined, "9464"]);
});

test("a service whose stable revision has metrics has them read by its address", async () => {
  const { monitors } = await declare(planOf(MEASURED));
  expect(monitors).toEqual(["kubernetes:monitoring.coreos.com/v1:ServiceMonitor shop-monitoring-service"]);
});

test("a service without metrics has no monitor", async () => {
  expect((await declare(planOf(settings()))).monitors).toEqual([]);
});
