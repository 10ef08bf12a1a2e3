import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import type { Summary } from "../operations/preview/summary.ts";
import { OneService } from "./one-service.ts";

const service = new OneService();
const folder = mkdtempSync(join(tmpdir(), "slipway-previewed-"));
const STACK = ["--stack", "sandbox", "--sandbox"];
afterAll(() => {
  service.leave();
  rmSync(folder, { recursive: true, force: true });
});

async function previewed(...options: string[]): Promise<Summary & { digest: string }> {
  const { code, output } = await service.slipway(["preview", ...STACK, "--json", ...options]);
  expect(code).toBe(0);
  return JSON.parse(output.slice(output.indexOf("{")));
}

async function exits(args: string[], code: number): Promise<string> {
  const { code: got, output } = await service.slipway(args);
  if (got !== code) console.log(output);
  expect(got).toBe(code);
  return output;
}

test("what was reviewed is applied, and nothing else", async () => {
  service.configure("1");
  const first = await previewed();
  expect(first.releases).toMatchObject([{ service: "shop", does: "first", weight: 100 }]);
  expect(first.dangers).toEqual([]);
  await exits(["up", ...STACK, "--expect", first.digest], 0);
  expect((await service.record())?.revisions).toMatchObject([{ role: "stable", weight: 100 }]);
  expect(await exits(["up", ...STACK, "--expect", first.digest], 2)).toContain("stack sandbox: the state and the plan changed since the review, got ");
  await exits(["preview", ...STACK, "--expect-no-changes"], 0);

  // A new image: a candidate starts, and the digest stays the same until something else does not.
  service.configure("2");
  await exits(["preview", ...STACK, "--expect-no-changes"], 2);
  const [change, again] = [await previewed(), await previewed("--refresh")];
  expect(again.digest).toBe(change.digest);
  expect(change.counts).toMatchObject({ create: 5, change: 1, replace: 0, delete: 0 });
  expect(change.releases).toMatchObject([{ does: "starts-candidate", weight: 10, stages: [50, 100], approval: "first-stage", atLeastSeconds: 1200 }]);
  expect(change.groups.map(({ place }) => place)).toEqual([{ system: "shop", kind: "service", name: "shop" }]);
  const documents = service.documents();
  service.configure("3");
  expect(await exits(["up", ...STACK, "--expect", change.digest], 2)).toContain("stack sandbox: the configuration and the plan changed since the review, got ");
  expect(service.documents()).toEqual(documents);

  // What slips in between preview and update, the engine refuses by its plan.
  const moment = { SLIPWAY_PLANNED_AT: "2026-11-21T20:00:00.000Z", PULUMI_EXPERIMENTAL: "true" };
  const plan = join(folder, "plan.json");
  service.configure("2");
  expect((await service.slipway(["sandbox", "preview", "--save-plan", plan], undefined, moment)).code).toBe(0);
  service.configure("3");
  const slipped = await service.slipway(["sandbox", "up", "--yes", "--skip-preview", "--plan", plan], undefined, moment);
  expect(slipped.code).toBe(1);
  expect(slipped.output).toMatch(/error: .*(?:is not allowed by the plan|violates plan)/);
  expect(service.weights()).toEqual({ [first.releases[0]?.revision ?? ""]: 100 });

  service.configure("2");
  await exits(["up", ...STACK, "--expect", (await previewed()).digest], 0);
  expect((await service.record())?.revisions).toMatchObject([{ role: "stable", weight: 90 }, { role: "candidate", weight: 10 }]);
});

test("a service that goes is dangerous, and its secret never shows", async () => {
  const { output } = await service.slipway(["sandbox", "stack", "export", "--show-secrets"]);
  const canaries = [...output.matchAll(/"plaintext": "(?:\\")*([A-Za-z0-9]{32})/g)].map(([, value = ""]) => value);
  expect(canaries.length).toBeGreaterThan(0);
  const file = join(service.folder, "Pulumi.sandbox.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace(/ {2}slipway:services:\n[^]*(?=encryptionsalt)/, ""));
  const gone = await previewed();
  expect(gone.counts.delete).toBeGreaterThan(15);
  expect(gone.dangers).toMatchObject([{ does: "deletes", type: "kubernetes:core/v1:Service", place: { kind: "service", name: "shop" }, also: { RandomPassword: 1, VirtualService: 1 } }]);
  expect(gone.releases).toMatchObject([{ service: "shop", does: "ends" }]);
  const shown = [JSON.stringify(gone), await exits(["preview", ...STACK, "--markdown"], 0)].join("\n");
  for (const canary of canaries) for (const form of [canary, Buffer.from(canary).toString("base64")]) expect(shown).not.toContain(form);
});

test("what is wrong with the configuration is told without the engine", async () => {
  service.configure("1");
  const file = join(service.folder, "Pulumi.sandbox.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("port: 8080", "port: 80800"));
  expect(await exits(["preview", ...STACK], 1)).toMatch(/sandbox: the preview failed\n\nFailed\n {2}services\.shop\.ports\[0\]\.port: /);
  expect(await exits(["up", ...STACK, "--expect", "abc"], 1)).toContain('--expect: is no digest of a preview, got "abc"; copy it whole from slipway preview');
});
