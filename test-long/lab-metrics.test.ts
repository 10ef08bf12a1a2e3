import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Mesh, until } from "./lab/mesh.ts";
import { NAMESPACE, revision, service, split } from "./lab/objects.ts";

let mesh: Mesh;

beforeAll(async () => {
  mesh = await Mesh.open();
  await mesh.apply([...service(), ...revision("v1"), ...revision("v2"), ...split({ v1: 100, v2: 0 })]);
  for (const name of ["shop-v1", "shop-v2"]) await until(`${name} is ready`, async () => (await mesh.status(name)).readyReplicas === 2, 120);
  await until("the gateway answers", async () => (await mesh.send({ requests: 1 })).failed === 0);
}, 45 * 60_000);
afterAll(() => mesh?.close());

/** The gateway follows within a second; requests are counted once none shows the old split. */
async function settled(weights: { v1: number; v2: number }): Promise<void> {
  await mesh.apply(split(weights));
  await until("the gateway follows", async () => {
    const share = ((await mesh.send({ requests: 400 })).byVersion["v1"] ?? 0) / 4;
    return Math.abs(share - weights.v1) < 8;
  });
}

test("Prometheus counts the requests of each revision as Istio's sidecars would", async () => {
  const series = `istio_requests_total{reporter="destination",destination_workload_namespace="${NAMESPACE}",destination_app="shop"}`;
  const counted = async () => Object.fromEntries((await mesh.ask(`sum by (destination_version, response_code) (${series})`)).map(({ metric, value }) => [`${metric["destination_version"]} ${metric["response_code"]}`, value]));
  await settled({ v1: 50, v2: 50 });
  const first = await counted();
  const { byVersion } = await mesh.send({ requests: 1000 });
  await until("every request is counted", async () => {
    const now = await counted();
    const more = (version: string) => (now[`${version} 200`] ?? 0) - (first[`${version} 200`] ?? 0);
    return more("v1") >= (byVersion["v1"] ?? 0) && more("v2") >= (byVersion["v2"] ?? 0);
  });
  // Envoy merges its histograms a few seconds after it counted.
  const bounds = async () => (await mesh.ask(`sum by (le) (istio_request_duration_milliseconds_bucket{destination_app="shop"})`)).map(({ metric }) => Number(metric["le"] === "+Inf" ? Infinity : metric["le"]));
  await until("the histogram is there", async () => (await bounds()).length > 0);
  expect(await bounds()).toContain(2000);
});

test("a revision that fails a tenth of its requests shows it, at the gateway and in Prometheus", async () => {
  await mesh.apply(revision("v3", { LAB_ERROR_SHARE: "0.1" }));
  await until("shop-v3 is ready", async () => (await mesh.status("shop-v3")).readyReplicas === 2, 120);
  await mesh.apply(split({ v1: 50, v3: 50 }));
  await until("the gateway follows", async () => ((await mesh.send({ requests: 100 })).byVersion["v3"] ?? 0) > 0);
  const { byStatus } = await mesh.send({ requests: 4000 });
  expect((byStatus["500"] ?? 0) / 4000).toBeGreaterThan(0.035);
  expect((byStatus["500"] ?? 0) / 4000).toBeLessThan(0.065);
  await until("Prometheus has its failures", async () => (await mesh.ask(`sum(istio_requests_total{destination_version="v3",response_code=~"5.."})`)).some(({ value }) => value >= 100));
  expect(await mesh.ask(`sum(istio_requests_total{destination_version!="v3",response_code=~"5.."})`)).toEqual([]);
});

test("a revision whose 95th percentile is at 3 s shows it in the histogram", async () => {
  await mesh.apply(revision("v4", { LAB_MEDIAN_MS: "1000", LAB_P95_MS: "3000" }));
  await until("shop-v4 is ready", async () => (await mesh.status("shop-v4")).readyReplicas === 2, 120);
  await mesh.apply(split({ v1: 50, v4: 50 }));
  await until("the gateway follows", async () => ((await mesh.send({ requests: 10 })).byVersion["v4"] ?? 0) > 0);
  await mesh.send({ requests: 800, connections: 64 });
  const quantile = (version: string) => mesh.ask(`histogram_quantile(0.95, sum by (le) (istio_request_duration_milliseconds_bucket{destination_version="${version}"}))`);
  await until("Prometheus has its times", async () => (await quantile("v4")).some(({ value }) => value > 2000 && value < 5000));
  expect((await quantile("v1"))[0]?.value).toBeLessThan(1000);
});

test("requests for a revision without a ready pod fail, and count as its failures", async () => {
  await mesh.apply([...revision("v5", { LAB_NEVER_READY: "true" }), ...split({ v1: 50, v5: 50 })]);
  await until("the gateway follows", async () => (await mesh.send({ requests: 20 })).failed > 0);
  const { byStatus } = await mesh.send({ requests: 200 });
  expect(Object.keys(byStatus).sort()).toEqual(["200", "503"]);
  await until("Prometheus has them", async () => (await mesh.ask('istio_requests_total{destination_version="v5",response_code="503"}')).some(({ value }) => value >= (byStatus["503"] ?? 0)));
});
