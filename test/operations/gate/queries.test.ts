import { describe, expect, test } from "@jest/globals";
import { parse } from "../../../components/observability/promql/parse.ts";
import { gatePolicy } from "../../../operations/gate/policy.ts";
import { gateQueries, historyQueries } from "../../../operations/gate/queries.ts";
import { LEVEL, TCP } from "../../observability/levels.ts";

const PAIR = { stable: "r0000000001", candidate: "r0000000002" };
const OF = 'reporter="destination",destination_workload_namespace="shop",destination_app="storefront"';
const BOTH = 'destination_version=~"r0000000001|r0000000002"';

describe("the gate's queries", () => {
  test("ask for the counters of both revisions, pod by pod", () => {
    expect(gateQueries(LEVEL, PAIR)).toEqual({
      custom: [],
      mesh: {
        requests: `sum by (destination_version, pod, instance) (istio_requests_total{${OF},${BOTH}})`,
        failures: `sum by (destination_version, pod, instance) (istio_requests_total{${OF},${BOTH},response_code=~"5.."} or istio_requests_total{${OF},${BOTH},response_code!~"5..",grpc_response_status=~"2|4|12|13|14|15"})`,
        timed: `sum by (destination_version, pod, instance) (istio_request_duration_milliseconds_count{${OF},${BOTH}})`,
        within: `sum by (le, destination_version, pod, instance) (istio_request_duration_milliseconds_bucket{${OF},${BOTH}})`,
        newest: `max by (destination_version) (timestamp(istio_requests_total{${OF},${BOTH}}))`,
      },
    });
  });

  test("ask the hour before of the stable revision alone", () => {
    const { failures, ...rest } = historyQueries(LEVEL, PAIR.stable);
    expect(Object.keys(rest)).toEqual(["requests", "timed", "within"]);
    expect(failures).toContain('destination_version=~"r0000000001"');
  });

  test("are PromQL", () => {
    const { mesh } = gateQueries(LEVEL, PAIR);
    expect(Object.values(mesh ?? {}).flatMap((query) => parse(query).problems)).toEqual([]);
  });

  test("ask nothing of the mesh about plain TCP, whose own indicators pass through", () => {
    const custom = [{ name: "lag", kind: "value", query: "max by (revision) (queue_lag_seconds)" }] as const;
    expect(gateQueries(TCP, PAIR, custom)).toEqual({ mesh: undefined, custom });
  });
});

test("a policy takes the service's limits, and judges requests where there are any", () => {
  expect(gatePolicy(LEVEL)).toMatchObject({ requests: true, limits: LEVEL.limits, bounds: LEVEL.bounds, alpha: 0.01, minimumSamples: 100, regression: { percent: 15, points: 0.1 } });
  expect(gatePolicy(TCP).requests).toBe(false);
});
