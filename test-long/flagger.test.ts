import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { OneService } from "./one-service.ts";

const HANDED_OVER = '{ engine: { kind: flagger, prometheus: "http://prometheus.istio-system:9090" }, dwellSeconds: 30, bakeSeconds: 0, approval: none }';

/** Kinds and names of what the cluster has of the service. */
function objects(service: OneService): string[] {
  return Object.keys(service.documents()).flatMap((path) => {
    const [, kind, name] = /^kubernetes\/shop\/([^/]+)\/(.+)\.yaml$/.exec(path) ?? [];
    return kind === undefined || name === undefined || !/^(deployment|canary|metrictemplate|horizontalpodautoscaler|poddisruptionbudget|service|virtualservice|destinationrule)$/.test(kind) ? [] : [`${kind} ${name}`];
  }).sort();
}

const OURS = [
  "canary shop", "deployment shop", "horizontalpodautoscaler shop", "metrictemplate shop.error-percent", "metrictemplate shop.error-regression", "metrictemplate shop.p95-milliseconds",
  "metrictemplate shop.requests", "metrictemplate shop.slowness-regression", "metrictemplate shop.success-percent", "poddisruptionbudget shop-primary",
];

describe("a service whose weights Flagger owns, in the sandbox", () => {
  let service: OneService;
  beforeAll(async () => {
    service = new OneService({ rollout: HANDED_OVER });
    service.configure("a");
    const { code, output } = await service.up();
    expect([code, output]).toEqual([0, expect.any(String)]);
  });
  afterAll(() => service.leave());

  test("is declared without a Service, a route or a subset, and the cloud takes it", async () => {
    expect(objects(service)).toEqual(OURS);
    expect(await service.record()).toMatchObject({ revisions: [{ role: "stable", weight: 100 }], stage: { kind: "settled" } });
  });

  test("is released by a change of its Deployment alone, and a second update changes nothing", async () => {
    const before = service.documents();
    service.configure("b");
    const { code } = await service.up();
    expect(code).toBe(0);
    const after = service.documents();
    const changed = Object.keys(after).filter((path) => after[path] !== before[path] && path.startsWith("kubernetes/shop/"));
    expect(changed).toEqual(["kubernetes/shop/deployment/shop.yaml"]);
    expect(parse(after["kubernetes/shop/deployment/shop.yaml"] ?? "").spec.template.spec.containers[0].image).toContain("b".repeat(64));
    const again = await service.up();
    expect([again.code, again.output]).toEqual([0, expect.stringMatching(/unchanged/)]);
    expect(service.documents()).toEqual(after);
  });

  test("shows where Flagger has it, as the cluster says now", async () => {
    const status = async () => {
      const { code, output } = await service.slipway(["status", "shop", "--stack", "sandbox", "--sandbox", "--json"]);
      return { code, status: JSON.parse(output.slice(output.indexOf("{"))) };
    };
    expect(await status()).toMatchObject({ code: 2, status: { stage: "initializing", controller: { phase: "not looked at", weight: 0 } } });
    const file = join(service.folder, "box/cloud/kubernetes/shop/canary/shop.yaml");
    const before = readFileSync(file, "utf8");
    writeFileSync(file, stringify({ ...parse(before), status: { phase: "Progressing", canaryWeight: 25, failedChecks: 1, iterations: 0, lastTransitionTime: "2026-11-21T10:00:00Z", conditions: [{ type: "Promoted", status: "Unknown", reason: "Progressing", message: "New revision detected." }] } }));
    expect(await status()).toMatchObject({ code: 0, status: { candidate: { weight: 25 }, stage: "25 %, 1 of 2 failed checks", controller: { phase: "Progressing", weight: 25, conditions: [{ type: "Promoted" }] } } });
    writeFileSync(file, before);
  });

  test("has no weight that an instruction could move", async () => {
    const [{ id = "" } = {}] = (await service.record())?.revisions ?? [];
    const { code, output } = await service.up({ SLIPWAY_INSTRUCTIONS: JSON.stringify([{ service: "shop", id, action: "rollback", reason: "error rate 7 %" }]) });
    expect([code, output]).toEqual([0, expect.stringContaining("refused, Flagger owns the weights of this service; change what the configuration names, or ask Flagger (docs/flagger.md)")]);
    expect(await service.record()).toMatchObject({ revisions: [{ id, weight: 100 }], rejected: [] });
  });
});
