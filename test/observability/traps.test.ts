import { describe, expect, test } from "@jest/globals";
import { LATENCY_BOUNDS_MS, meshAnnotations } from "../../components/kubernetes/mesh-annotations.ts";
import { serviceDashboards } from "../../components/observability/dashboards/index.ts";
import { ruleGroups } from "../../components/observability/prometheus-rules.ts";
import { catalogue } from "../../components/observability/promql/catalogue.ts";
import { checkExpression } from "../../components/observability/promql/check.ts";
import { Rules } from "../../components/observability/rules.ts";
import { declared } from "../kubernetes/declared.ts";
import { LEVEL } from "./levels.ts";

const BOUNDS = LATENCY_BOUNDS_MS.join(", ");

/** Every query of the service: of its rules, alerts and dashboards. */
const QUERIES = [...new Set([
  ...ruleGroups(LEVEL).flatMap(({ rules }) => rules).map(({ expr }) => expr),
  ...serviceDashboards(LEVEL).flatMap(({ document }) => document.panels ?? []).flatMap((panel) => ("targets" in panel ? panel.targets ?? [] : [])).flatMap((target) => ("expr" in target && typeof target.expr === "string" ? [target.expr] : [])),
])];

interface Trap {
  /** Makes the mistake in a query; one that cannot make it stays as it is. */
  fall(query: string): string;
  /** The whole text about each mistake that was made. */
  says: RegExp;
  /** Queries of the service in which it can be made, at least. */
  least: number;
}

/** As a rule of the house has it: the last alternative of a bound's matcher is Prometheus 3's. */
const BOUND = /le=~"\d+\|\d+\[\.\]0"/g;
const GRPC = / or rate\(istio_requests_total\{[^}]*response_code!~"5\.\."[^}]*\}\[\w+\]\)/g;

const TRAPS: Record<string, Trap> = {
  "trap 1: a bucket that the histogram does not have": {
    fall: (query) => query.replaceAll(BOUND, 'le="1500"'),
    says: new RegExp(`^query: asks for a bound that the mesh's latency histogram does not have, got "1500"; use one of ${BOUNDS.replaceAll(".", "\\.")}$`),
    least: 6,
  },
  "trap 1: a bucket as one Prometheus alone writes it": {
    fall: (query) => query.replaceAll(BOUND, 'le="500"'),
    says: /^query: asks for a bound as Prometheus 2 writes it, and Prometheus 3 writes 500\.0, got "500"; use upTo\(500\)$/,
    least: 6,
  },
  "the label code, as other meshes call it": {
    fall: (query) => query.replaceAll("response_code", "code"),
    says: /^query: asks for a label that istio_requests_total does not have, got "code"; use response_code$/,
    least: 9,
  },
  "trap 4: gRPC failures, which are HTTP 200, forgotten": {
    fall: (query) => query.replaceAll(GRPC, ""),
    says: /^query: misses gRPC's failures, which are HTTP 200, got response_code alone; ask grpc_response_status as well, as failureRate does$/,
    least: 8,
  },
  "trap 5: no reporter": {
    fall: (query) => query.replaceAll('reporter="destination",', ""),
    says: /^query: does not say who reports, so that each request counts twice, got istio_\w+; add reporter="destination"$/,
    least: 29,
  },
  "trap 5: every reporter": {
    fall: (query) => query.replaceAll('reporter="destination"', 'reporter=~".+"'),
    says: /^query: does not say who reports, so that each request counts twice, got istio_\w+; add reporter="destination"$/,
    least: 29,
  },
  "trap 6: missing metrics taken for 0": {
    fall: (query) => `${query} or vector(0)`,
    says: /^query: invents a value where there is none, got vector\(0\); leave it out, so that no data stays no data$/,
    least: QUERIES.length,
  },
  "trap 6: a division by what may be 0": {
    fall: (query) => query.replaceAll(" > 0)", ")"),
    says: /^query: divides by what may be 0, which gives NaN, got .+; divide by \(… > 0\)$/s,
    least: 20,
  },
};

describe.each(Object.entries(TRAPS))("%s", (_, { fall, least, says }) => {
  const fallen = QUERIES.filter((query) => fall(query) !== query);

  test("is refused with its text in every query of a service that could fall into it", () => {
    const silent = fallen.filter((query) => {
      const problems = checkExpression(fall(query), catalogue(LEVEL));
      return problems.length === 0 || !problems.some((problem) => says.test(problem));
    });
    expect(silent).toEqual([]);
  });

  test("is one that queries could fall into", () => {
    expect(fallen.length).toBeGreaterThanOrEqual(least);
  });

  test("is in no query of a service", () => {
    expect(QUERIES.flatMap((query) => checkExpression(query, catalogue(LEVEL))).filter((problem) => says.test(problem))).toEqual([]);
  });
});

describe("trap 1, where the settings fall into it", () => {
  test("the pods' sidecars are told every bound that a limit may be", () => {
    const told: { istiocustom: number[] } = JSON.parse(meshAnnotations(30)["sidecar.istio.io/statsHistogramBuckets"] ?? "{}");
    expect(told.istiocustom).toEqual(LATENCY_BOUNDS_MS);
    expect(told.istiocustom).toContain(2000);
  });

  test("an objective between two bounds stops the preview", async () => {
    const level = { ...LEVEL, objectives: { latency: { percent: 99, milliseconds: 1500 } } };
    await expect(declared((opts) => new Rules("storefront-rules", { level, namespace: "shop" }, opts)))
      .rejects.toThrow(`services.storefront.observability: a latency is no bound of the mesh's histogram, got 1500; use one of ${BOUNDS}`);
  });
});
