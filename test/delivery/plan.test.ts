import { describe, expect, test } from "@jest/globals";
import { desiredRevision, plannedReleases, planReleases } from "../../components/delivery/plan.ts";
import type { PlanInputs } from "../../components/delivery/plan.ts";
import { revisionId, secretFingerprint } from "../../components/delivery/revision-id.ts";
import { specificationOf } from "../../components/delivery/service-settings.ts";
import { NOW, SPECIFICATION, weights } from "./fixtures.ts";
import { settings, WATCHED } from "./service-fixtures.ts";

const IMAGE = `ghcr.io/acme/shop@sha256:${"a".repeat(64)}`;
const OTHER = `ghcr.io/acme/shop@sha256:${"b".repeat(64)}`;
const fingerprint = (key: string): string => secretFingerprint("fingerprint key", key);

const inputs: PlanInputs = {
  services: { shop: settings(), tools: settings() },
  images: { shop: IMAGE, tools: IMAGE },
  recorded: {},
  instructions: [],
  fingerprint,
  now: NOW,
};

describe("the desired revision", () => {
  test("is the service's settings without what is no release", () => {
    expect(specificationOf(settings())).toEqual(SPECIFICATION);
    expect(Object.keys(specificationOf(settings()))).not.toContain("metrics");
    const metrics = { port: "http", path: "/metrics", intervalSeconds: 30, sampleLimit: 5000 };
    expect(specificationOf(settings({ observability: { ...WATCHED, metrics } }))).toEqual({ ...SPECIFICATION, metrics: { port: "http", path: "/metrics" } });
    expect(desiredRevision(settings(), IMAGE, fingerprint)).toEqual({
      id: revisionId({ image: IMAGE, specification: SPECIFICATION, fingerprints: {} }), image: IMAGE, specification: SPECIFICATION,
    });
  });

  test("is another one when a secret has another value, and holds nothing of it", () => {
    const secrets = { TOKEN: { secret: "token" }, KEY: { generate: { length: 32 } } };
    const [one, two] = ["hunter2", "hunter3"].map((value) => desiredRevision(settings({ secrets }), IMAGE, (key) => secretFingerprint("k", `${key} ${value}`)));
    expect(one?.id).not.toBe(two?.id);
    expect({ ...one, id: "" }).toEqual({ ...two, id: "" });
    expect(JSON.stringify(one)).not.toContain("hunter");
  });

  test("asks for no fingerprint of a generated secret", () => {
    const asked: string[] = [];
    desiredRevision(settings({ secrets: { KEY: { generate: { length: 32 } }, TOKEN: { secret: "token" } } }), IMAGE, (key) => {
      asked.push(key);
      return "";
    });
    expect(asked).toEqual(["token"]);
  });

  test.each([
    ["strategy", settings({ strategy: { kind: "direct", retain: 0 } })],
    ["repository", settings({ repository: { external: "legacy" } })],
    ["traffic", settings({ traffic: { ...settings().traffic, timeoutSeconds: 3 } })],
  ])("is the same with another %s", (_, changed) => {
    expect(desiredRevision(changed, IMAGE, fingerprint)).toEqual(desiredRevision(settings(), IMAGE, fingerprint));
  });
});

describe("a plan", () => {
  const recorded = plannedReleases(planReleases(inputs));
  const flight = plannedReleases(planReleases({ ...inputs, images: { shop: OTHER, tools: OTHER }, recorded }));
  const id = flight.shop?.revisions[1]?.id ?? "";
  const moved = { ...inputs, images: { shop: OTHER, tools: OTHER }, recorded: flight };

  test("moves several services in one update, and only those that are instructed", () => {
    const plan = planReleases({ ...moved, instructions: [{ service: "tools", id, action: "advance", stage: 25 }] });
    expect(Object.values(plannedReleases(plan)).map((release) => Object.values(weights(release)))).toEqual([[90, 10], [75, 25]]);
    expect(plan.answers).toEqual([{ instruction: { service: "tools", id, action: "advance", stage: 25 }, outcome: { kind: "done" } }]);
  });

  test("takes one instruction a service: a second could take weight away before its reason is recorded", () => {
    const instructions = [{ service: "shop", id, action: "promote" as const }, { service: "shop", id, action: "resume" as const }];
    expect(planReleases({ ...moved, instructions }).answers.map(({ outcome }) => outcome))
      .toEqual([{ kind: "done" }, { kind: "refused", why: "one update takes one instruction a service" }]);
  });

  test("refuses an instruction about a service that it does not have", () => {
    const instructions = [{ service: "other", id, action: "promote" as const }];
    expect(planReleases({ ...moved, instructions }).answers.map(({ outcome }) => outcome)).toEqual([{ kind: "refused", why: "other is no service of this stack" }]);
  });

  test("forgets services that are no longer declared", () => {
    const { shop } = inputs.services;
    if (shop === undefined) throw new Error("no shop");
    expect(Object.keys(plannedReleases(planReleases({ ...moved, services: { shop } })))).toEqual(["shop"]);
  });

  test("needs the images of all services", () => {
    expect(() => planReleases({ ...inputs, images: { shop: IMAGE } }))
      .toThrow(new RangeError("services.tools.image: was not resolved; resolve the images of all services first"));
  });
});
