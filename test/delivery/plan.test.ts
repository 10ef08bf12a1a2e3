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
  asked: {},
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

describe("a revision that was adopted", () => {
  const adopted = { id: "rlive", image: IMAGE, role: "stable" as const, weight: 100, specification: SPECIFICATION, configured: desiredRevision(settings(), IMAGE, fingerprint).id };
  const recorded = { shop: { revisions: [adopted], stage: { kind: "settled" as const }, since: NOW.toISOString(), rejected: [] } };
  const plan = (image: string, before: PlanInputs["recorded"]) => planReleases({ ...inputs, services: { shop: settings() }, images: { shop: image }, recorded: before });

  test("is what the configuration asks for, under the id that its pods have", () => {
    const { shop } = plan(IMAGE, recorded).services;
    expect(shop?.desired).toEqual({ id: "rlive", image: IMAGE, specification: SPECIFICATION, configured: adopted.configured });
    expect(shop?.decision.release).toEqual(recorded.shop);
  });

  test("keeps its id beside a candidate, and as what the configuration returns to", () => {
    const changed = plannedReleases(plan(OTHER, recorded));
    expect(changed["shop"]?.revisions.map(({ configured, id, role }) => [role, id === "rlive", configured])).toEqual([["stable", true, adopted.configured], ["candidate", false, undefined]]);
    expect(plannedReleases(plan(IMAGE, changed))["shop"]?.revisions).toEqual([adopted]);
  });
});

describe("an image that a command asks for", () => {
  const recorded = plannedReleases(planReleases(inputs));
  const release = { service: "shop", action: "release" as const, image: "ghcr.io/acme/shop:v2" };
  const asking = { ...inputs, recorded, instructions: [release], asked: { shop: OTHER } };
  const asked = plannedReleases(planReleases(asking));

  test("is recorded first, by digest and with what the configuration named, and nothing else happens", () => {
    const { services, answers } = planReleases(asking);
    expect(answers).toEqual([{ instruction: release, outcome: { kind: "done" }, image: OTHER }]);
    expect(services.shop?.decision).toMatchObject({ recordsOnly: true, unproven: false, release: { ...recorded.shop, asked: { image: OTHER, instead: IMAGE } } });
    expect(services.tools?.decision.release).toEqual(recorded.tools);
  });

  test("is started by the next plain update, a colleague's as well, and stays in flight", () => {
    const started = planReleases({ ...inputs, recorded: asked });
    expect(started.services.shop).toMatchObject({ image: { from: "digest", reference: OTHER }, desired: { image: OTHER } });
    expect(plannedReleases(started).shop?.revisions.map(({ weight }) => weight)).toEqual([90, 10]);
    const again = plannedReleases(planReleases({ ...inputs, recorded: plannedReleases(started) }));
    expect(again).toEqual(plannedReleases(started));
  });

  test("is forgotten as soon as the configuration names something else", () => {
    const third = `ghcr.io/acme/shop@sha256:${"c".repeat(64)}`;
    const { shop } = planReleases({ ...inputs, images: { ...inputs.images, shop: third }, recorded: asked }).services;
    expect(shop?.desired.image).toBe(third);
    expect(shop?.decision.release).not.toHaveProperty("asked");
  });

  test("takes a strategy of its own as long as it is asked for", () => {
    const strategy = { kind: "canary" as const, stages: [20, 100], retain: 1 };
    const own = plannedReleases(planReleases({ ...asking, instructions: [{ ...release, strategy }] }));
    expect(plannedReleases(planReleases({ ...inputs, recorded: own })).shop?.revisions.map(({ weight }) => weight)).toEqual([80, 20]);
  });

  test("is asked for once, however often the command runs, and not before a first deployment", () => {
    const twice = planReleases({ ...asking, recorded: asked });
    expect(twice.answers[0]?.outcome).toEqual({ kind: "already" });
    expect(plannedReleases(twice)).toEqual(asked);
    expect(planReleases({ ...asking, recorded: {} }).answers[0]?.outcome).toEqual({ kind: "refused", why: "nothing is recorded of this service yet" });
  });
});
