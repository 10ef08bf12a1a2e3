import { describe, expect, test } from "@jest/globals";
import { type Manifest, validate } from "../../sandbox/kubernetes/index.ts";
import { inputsOf, plain } from "./declared.ts";
import { IN_MESH } from "./fixtures.ts";
import { world } from "./flagger-world.ts";

describe("Flagger's definitions", () => {
  const refusals = (given: Manifest): string[] => validate(given).map(({ path, reason }) => `${path}: ${reason}`);

  test("admit every object, in every course", async () => {
    for (const change of [{}, { traffic: { ...IN_MESH, affinity: { kind: "pod" as const, by: { cookie: "c", ttlSeconds: 5 } } } }, { course: { kind: "blue-green" as const, checks: 10 }, traffic: { ...IN_MESH, testers: { header: "x-tester", value: "yes" } } }]) {
      const all = (await world(change)).filter(({ type }) => type.startsWith("kubernetes:"));
      expect(all.flatMap(({ inputs }) => refusals(plain(inputs)))).toEqual([]);
    }
  });

  test.each<[string, string, (given: Manifest) => Manifest, string[]]>([
    ["a Canary without a target", "Canary", (given) => ({ ...given, spec: { ...Object(given["spec"]), targetRef: undefined } }), ["spec.targetRef: Required value"]],
    ["an interval without a unit", "Canary", (given) => changed(given, "analysis", { interval: "30" }), [`spec.analysis.interval: Invalid value: "30": spec.analysis.interval in body should match '^[0-9]+(m|s)'`]],
    ["a field that it does not know", "Canary", (given) => changed(given, "analysis", { stepWeight: undefined, maxWeights: 50 }), ['spec.analysis.maxWeights: strict decoding error: unknown field "spec.analysis.maxWeights"']],
    ["a messenger that it does not know", "AlertProvider", (given) => ({ ...given, spec: { type: "pager", secretRef: { name: "x" } } }), ['spec.type: Unsupported value: "pager": supported values: "slack", "msteams", "discord", "rocket", "gchat"']],
    ["a template without a query", "MetricTemplate", (given) => ({ ...given, spec: { provider: { type: "prometheus" } } }), ["spec.query: Required value"]],
  ])("refuse %s", async (_, kind, wrong, said) => {
    expect(refusals(wrong(plain(inputsOf(await world(), kind))))).toEqual(said);
  });
});

function changed(given: Manifest, part: string, change: object): Manifest {
  const spec: Record<string, unknown> = Object(given["spec"]);
  return { ...given, spec: { ...spec, [part]: { ...Object(spec[part]), ...change } } };
}
