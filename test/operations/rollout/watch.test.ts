import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { serviceLevel } from "../../../components/delivery/service-level.ts";
import type { Refusal, Reply, Sample } from "../../../operations/gate/answer.ts";
import { policyOf } from "../../../operations/rollout/checked.ts";
import { earlierOf } from "../../../operations/rollout/earlier.ts";
import type { Earlier } from "../../../operations/rollout/earlier.ts";
import { customQueries } from "../../../operations/rollout/indicators.ts";
import type { Prometheus } from "../../../operations/rollout/prometheus.ts";
import { watch } from "../../../operations/rollout/watch.ts";
import type { Judgement } from "../../../operations/gate/types.ts";
import { ROLLOUT, settings } from "../../delivery/service-fixtures.ts";

const [FROM, EVERY] = [1_800_000_000, 15];
const REVISIONS = { stable: "ra", candidate: "rb" };
const SHOP = settings();

/** What each revision has met and failed at a time. */
type Totals = (revision: string, at: number) => { requests: number; failures: number };
const HEALTHY: Totals = (revision, at) => ({ requests: (revision === "ra" ? 90 : 10) * Math.max(0, at - FROM + 3600), failures: 0 });
const FAILING: Totals = (revision, at) => ({ ...HEALTHY(revision, at), failures: revision === "rb" ? Math.floor(HEALTHY(revision, at).requests / 5) : 0 });

/** A Prometheus that remembers everything, or has no ranges. */
class Remembering implements Prometheus {
  readonly ranges: { from: number; until: number }[] = [];
  readonly totals: Totals;
  readonly forgetful: boolean;

  constructor(totals: Totals, { forgetful = false } = {}) {
    this.totals = totals;
    this.forgetful = forgetful;
  }

  async instant(query: string, at: number): Promise<Reply> {
    return success("vector", this.samples(query, at).map(({ labels, value }) => ({ metric: labels, value: [at, String(value)] })));
  }

  async range(query: string, from: number, until: number, step: number): Promise<Reply | Refusal> {
    this.ranges.push({ from, until });
    if (this.forgetful) return { kind: "no-answer", reason: "status", detail: "HTTP 404" };
    const rows = new Map<string, { metric: object; values: [number, string][] }>();
    for (let at = from; at <= until; at += step) {
      for (const { labels, value } of this.samples(query, at)) {
        const row = rows.get(JSON.stringify(labels)) ?? { metric: labels, values: [] };
        row.values.push([at, String(value)]);
        rows.set(JSON.stringify(labels), row);
      }
    }
    return success("matrix", [...rows.values()]);
  }

  private samples(query: string, at: number): Sample[] {
    const asked = ["ra", "rb"].filter((revision) => !query.includes("destination_version") || query.includes(revision));
    return asked.flatMap((revision): Sample[] => {
      const { failures, requests } = this.totals(revision, at);
      const labels = { destination_version: revision, pod: `pod-${revision}`, instance: "" };
      if (query === "all") return [{ labels: { revision }, value: requests }];
      if (query === "bad") return [{ labels: { revision }, value: failures }];
      if (query === "lag") return [{ labels: { revision, pod: "1" }, value: 3 }, { labels: { revision, pod: "2" }, value: 9 }];
      if (query.includes("timestamp(")) return [{ labels, value: at - 5 }];
      if (query.includes("response_code")) return failures === 0 ? [] : [{ labels, value: failures }];
      if (query.includes("_bucket")) return LEVEL.bounds.map((bound) => ({ labels: { ...labels, le: String(bound) }, value: bound < 100 ? 0 : requests }));
      return [{ labels, value: requests }];
    });
  }
}

const LEVEL = serviceLevel("shop", SHOP);

function success(resultType: string, result: unknown): Reply {
  return { status: 200, body: JSON.stringify({ status: "success", data: { resultType, result } }) };
}

function watching(prometheus: Prometheus, earlier?: Earlier, of = SHOP) {
  return watch({ level: serviceLevel("shop", of), policy: policyOf("shop", of), revisions: REVISIONS, lookSeconds: of.rollout.lookSeconds, prometheus, custom: customQueries(of.rollout.indicators), earlier: async () => earlier });
}

async function looks(prometheus: Prometheus, first: number, last: number, earlier?: Earlier, of = SHOP): Promise<Judgement[]> {
  const watched = watching(prometheus, earlier, of);
  const told: Judgement[] = [];
  for (let index = first; index <= last; index += 1) told.push(await watched.look(FROM + index * EVERY, 10));
  return told;
}

describe("a driver that is started again", () => {
  test("judges as if it had lived, and counts nothing twice", async () => {
    const lived = await looks(new Remembering(HEALTHY), 0, 40);
    const again = await looks(new Remembering(HEALTHY), 20, 40, { from: FROM, stage: FROM });
    expect(again).toEqual(lived.slice(20));
    expect(again[0]).toMatchObject({ verdict: "pass", samples: 3000 });
  });

  test("does so whatever the candidate met, and whenever it was started again", async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ requests: fc.nat(400), failed: fc.nat(60) }), { minLength: 12, maxLength: 18 }), fc.integer({ min: 3, max: 11 }), async (met, restart) => {
      const totals: Totals = (revision, at) => {
        const until = met.slice(0, Math.max(0, Math.floor((at - FROM) / EVERY)));
        const requests = until.reduce((sum, each) => sum + each.requests, 0);
        if (revision === "ra") return { requests: 9 * requests + 1000, failures: 0 };
        return { requests, failures: until.reduce((sum, each) => sum + Math.min(each.requests, each.failed), 0) };
      };
      const lived = await looks(new Remembering(totals), 0, met.length);
      const again = await looks(new Remembering(totals), restart, met.length, { from: FROM, stage: FROM });
      expect(again.map(({ samples, verdict }) => [samples, verdict])).toEqual(lived.slice(restart).map(({ samples, verdict }) => [samples, verdict]));
    }), { numRuns: 15 });
  });

  test("knows the proof of a breach that nobody was there to see", async () => {
    const [first] = await looks(new Remembering(FAILING), 20, 20, { from: FROM, stage: FROM });
    expect(first?.verdict).toBe("breach");
  });

  test("keeps what was met before the weight as evidence, and passes the weight by none of it", async () => {
    const [first, second] = await looks(new Remembering(HEALTHY), 20, 21, { from: FROM, stage: FROM + 18 * EVERY + 1 });
    expect([first?.samples, second?.samples, first?.verdict]).toEqual([0, 150, "not-enough"]);
    const [breach] = await looks(new Remembering(FAILING), 20, 20, { from: FROM, stage: FROM + 18 * EVERY + 1 });
    expect(breach?.verdict).toBe("breach");
  });

  test("looks back over six hours, from the second before its own look", async () => {
    const prometheus = new Remembering(HEALTHY);
    const at = FROM + 10 * 3600;
    await watching(prometheus, { from: FROM, stage: FROM }).look(at, 10);
    expect(prometheus.ranges[0]).toEqual({ from: at - 6 * 3600, until: at - 1 });
  });

  test.each([
    ["nothing is left of it", { forgetful: true }, { from: FROM, stage: FROM }],
    ["it was just begun", {}, { from: FROM + 19 * EVERY, stage: FROM + 19 * EVERY }],
    ["nobody knows since when", {}, undefined],
  ])("begins anew where %s", async (_, options, earlier) => {
    const told = await looks(new Remembering(FAILING, options), 20, 22, earlier);
    expect(told[0]).toMatchObject({ verdict: "not-enough", samples: 0 });
  });
});

describe("what a driver was not there for", () => {
  const at = (seconds: number): string => new Date((FROM + seconds) * 1000).toISOString();
  const deployment = (id: string, created: string) => ({ urn: `urn:pulumi:test::slipway::kubernetes:apps/v1:Deployment::shop-${id}-deployment`, type: "kubernetes:apps/v1:Deployment", created });
  const routes = (modified: string) => ({ urn: "urn:pulumi:test::slipway::kubernetes:networking.istio.io/v1:VirtualService::shop-traffic-routes", type: "kubernetes:networking.istio.io/v1:VirtualService", modified });

  test("begins with the candidate's pods, and its weight with its routes", () => {
    const state = { deployment: { resources: [deployment("ra", at(-9000)), deployment("rb", at(10)), routes(at(605))] } };
    expect(earlierOf(state, "shop", REVISIONS, FROM + 600)).toEqual({ from: FROM + 10, stage: FROM + 605 });
  });

  test("leaves out the time in which a revision that comes back served", () => {
    const state = { deployment: { resources: [deployment("ra", at(10)), deployment("rb", at(-9000)), routes(at(605))] } };
    expect(earlierOf(state, "shop", REVISIONS, FROM + 600)).toEqual({ from: FROM + 605, stage: FROM + 605 });
  });

  test("is the record's time where nothing else is known", () => {
    expect(earlierOf({ deployment: {} }, "shop", REVISIONS, FROM + 600)).toEqual({ from: FROM + 600, stage: FROM + 600 });
  });
});

describe("a worker", () => {
  const worker = settings({
    ports: [], rollout: {
      ...ROLLOUT, indicators: {
        jobs: { kind: "ratio", all: "all", bad: "bad", limit: 5 },
        lag: { kind: "value", query: "lag", limit: 5, bad: "below", unit: "jobs", tolerated: 20, minimumSamples: 3 },
      },
    },
  });

  test("is judged by what its own indicators say", async () => {
    const told = await looks(new Remembering(HEALTHY), 0, 60, undefined, worker);
    expect(told[1]).toMatchObject({ verdict: "not-enough", why: "1 of 3 looks at lag" });
    expect(told.find(({ verdict }) => verdict === "breach")?.why).toBe("lag 3 jobs in the last 5, limit 5 jobs");
    const failing = await looks(new Remembering(FAILING), 0, 40, undefined, worker);
    expect(failing.find(({ verdict }) => verdict === "breach")?.why).toMatch(/^jobs 20 %/);
  });

  test("is judged so by a driver that is started again", async () => {
    expect(await looks(new Remembering(FAILING), 6, 9, { from: FROM, stage: FROM }, worker)).toEqual((await looks(new Remembering(FAILING), 0, 9, undefined, worker)).slice(6));
  });

  test("is no answer where one of its questions has none", async () => {
    const prometheus = new Remembering(HEALTHY);
    const [told] = await looks({ range: prometheus.range.bind(prometheus), instant: async (query, at) => (query === "bad" ? { kind: "no-answer", reason: "timeout", detail: "no answer within 10 s" } : prometheus.instant(query, at)) }, 0, 0, undefined, worker);
    expect(told).toMatchObject({ verdict: "no-answer", why: "timeout: no answer within 10 s" });
  });
});
