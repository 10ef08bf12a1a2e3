import { describe, expect, test } from "@jest/globals";
import { BASE, changed, linesOf } from "../settings/base.ts";

function wrong(observability: object): string[] {
  return linesOf(changed(BASE, { "services.shop.observability": observability }));
}

describe("what a service promises", () => {
  test.each([
    ["bounds of the histogram", { limits: { p95Milliseconds: 2000 }, objectives: { latency: { percent: 99, milliseconds: 500 } } }],
    ["metrics on a port that it has", { metrics: { port: "http" } }],
    ["nothing at all", { objectives: {} }],
  ])("may be %s", (_, observability) => {
    expect(wrong(observability)).toEqual([]);
  });

  test("trap 1: is refused where the latency lies between two bounds of the histogram", () => {
    expect(wrong({ limits: { p95Milliseconds: 1500 }, objectives: { latency: { percent: 99, milliseconds: 0.7 } } })).toEqual([
      "services.shop.observability.limits.p95Milliseconds: is no bound of the mesh's latency histogram, which would be guessed between two, got 1500; use 1000 or 2000",
      "services.shop.observability.objectives.latency.milliseconds: is no bound of the mesh's latency histogram, which would be guessed between two, got 0.7; use 0.5 or 1",
    ]);
  });

  test("is refused where nobody may read its metrics", () => {
    const metrics = { "services.shop.observability": { metrics: { port: "http" } } };
    expect(linesOf(changed(BASE, { ...metrics, "namespaces.shop.scrapers": [] }))).toEqual([
      "services.shop.observability.metrics: has metrics that nobody may read; name Prometheus' namespace in namespaces.shop.scrapers, or remove them",
    ]);
    expect(linesOf(changed(BASE, { "namespaces.shop.scrapers": [] }))).toEqual([]);
  });

  test("is refused where it allows no sample", () => {
    expect(wrong({ metrics: { port: "http", sampleLimit: 0 } })).toEqual([
      "services.shop.observability.metrics.sampleLimit: is not a whole number from 1 to 1000000, got 0; write the number of samples without quotes",
    ]);
  });

  test("is refused where it names a port that is not there", () => {
    expect(wrong({ metrics: { port: "metrics" } })).toEqual([
      'services.shop.observability.metrics.port: is not a port of the service, got "metrics"; use http, or add it to ports',
    ]);
  });
});

test("two services whose dashboards would have one uid are refused", () => {
  const namespaces = { ...BASE["namespaces"], a: { protect: false }, "a-b": { protect: false } };
  const { services } = BASE;
  const cart = services["cart"];
  expect(linesOf({ ...BASE, namespaces, services: { ...services, "b-c": { ...cart, namespace: "a" }, c: { ...cart, namespace: "a-b" } } })).toEqual([
    'services.c.namespace: makes dashboards of the same uid as those of services.b-c, got "a-b"; rename one of the services or choose another namespace',
  ]);
});
