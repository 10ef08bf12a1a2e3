import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { startGate } from "../../../operations/gate/gate.ts";
import { decide, judge, verdictOf } from "../../../operations/gate/judge.ts";
import { gatePolicy } from "../../../operations/gate/policy.ts";
import type { GatePolicy, Look } from "../../../operations/gate/types.ts";
import { after, counts, HISTORY, look, POLICY, silence } from "./fixtures.ts";

const STABLE = counts(270, 0);
const healthy = (looks: number, from = 0): Look[] => Array.from({ length: looks }, (_, index) => look(from + 15 * (index + 1), counts(30), STABLE));

describe("a verdict", () => {
  test("is not enough before the first look and before the least number of requests", () => {
    expect(judge(after([]))).toMatchObject({ verdict: "not-enough", why: "0 of 100 requests", samples: 0, silentSeconds: 0 });
    expect(judge(after(healthy(3)))).toMatchObject({ verdict: "not-enough", why: "90 of 100 requests", samples: 90 });
  });

  test("is a pass with enough requests and nothing against the candidate, with its figures", () => {
    expect(judge(after(healthy(4)))).toEqual({
      verdict: "pass",
      why: "120 requests and nothing against the candidate",
      samples: 120,
      silentSeconds: 0,
      indicators: [
        { name: "errors", value: 0, limit: 5, unit: "percent", samples: 120, evidence: 0 },
        { name: "success", value: 100, limit: 95, unit: "percent", samples: 120, evidence: 0 },
        { name: "errors-regression", value: 0, limit: 0.1, unit: "percent", samples: 120, evidence: 0 },
        { name: "p95", value: 100, limit: 2000, unit: "milliseconds", samples: 120, evidence: 0 },
        { name: "p95-regression", value: 100, limit: 250, unit: "milliseconds", samples: 120, evidence: 0 },
      ],
    });
  });

  test("starts anew at each weight", () => {
    const next = look(75, counts(30), STABLE, { weight: 25 });
    expect(judge(after([...healthy(4), next]))).toMatchObject({ verdict: "not-enough", why: "30 of 100 requests" });
  });

  test("is a breach where the candidate fails, within one look where it fails all", () => {
    expect(judge(after([look(15, counts(30, 30), STABLE)]))).toMatchObject({
      verdict: "breach",
      why: "errors 100 % in the last 30, limit 5 %; success 0 % in the last 30, limit 95 %; errors-regression 100 % in the last 30, limit 0.1 %",
    });
  });

  test("is a breach where the candidate is within its limits and far worse than the stable revision", () => {
    const { indicators, verdict } = judge(after(Array.from({ length: 12 }, (_, index) => look(15 * index, counts(300, 9), counts(2700, 3)))));
    expect(verdict).toBe("breach");
    expect(indicators.map(({ evidence, name }) => [name, evidence === 1])).toEqual([["errors", false], ["success", false], ["errors-regression", true], ["p95", false], ["p95-regression", false]]);
  });

  test("is none where both revisions suffer alike, within the limits", () => {
    const storm = Array.from({ length: 100 }, (_, index) => look(15 * index, counts(300, index < 50 ? 0 : 12), counts(300, index < 50 ? 0 : 12), { weight: 50 }));
    expect(verdictOf(after(storm))).toBe("pass");
  });

  test("is none where the trouble of both comes with more weight: shares of different hours are not compared", () => {
    const calm = Array.from({ length: 60 }, (_, index) => look(15 * index, counts(30), counts(270)));
    const storm = Array.from({ length: 60 }, (_, index) => look(900 + 15 * index, counts(150, 6), counts(150, 6), { weight: 50 }));
    expect(verdictOf(after([...calm, ...storm]))).toBe("pass");
  });

  test("is a breach where too many take longer than the limit, and where they take longer than with the stable revision", () => {
    const slow = (ms: number) => judge(after(Array.from({ length: 10 }, (_, index) => look(15 * index, counts(30, 0, 6, ms), STABLE))));
    expect(slow(2000)).toMatchObject({ verdict: "breach" });
    expect(slow(500).indicators.filter(({ evidence }) => evidence === 1).map(({ name, value, limit }) => ({ name, value, limit }))).toEqual([{ name: "p95-regression", value: 1000, limit: 250 }]);
    // From 100 to 250 ms is one bound: what lies between two bounds is not guessed.
    expect(slow(100).verdict).toBe("pass");
  });

  test("is no slowness where the stable revision is as slow", () => {
    const both = Array.from({ length: 40 }, (_, index) => look(15 * index, counts(150, 0, 45, 500), counts(150, 0, 45, 500), { weight: 50 }));
    expect(verdictOf(after(both))).toBe("pass");
  });

  test("stays a breach when the candidate recovers, and when nobody answers", () => {
    const breach = [look(15, counts(30, 30), STABLE)];
    expect(verdictOf(after([...breach, ...healthy(100, 15)]))).toBe("breach");
    expect(verdictOf(after([...breach, silence(30)]))).toBe("breach");
  });

  test("is a doubt, not a pass, while the evidence is neither proved nor settled", () => {
    const { verdict, why } = judge(after([...healthy(4), look(75, counts(30, 2), STABLE)]));
    expect([verdict, why]).toEqual(["not-enough", "errors-regression 1.333 % in the last 150, limit 0.1 %, neither proved nor settled"]);
    expect(verdictOf(after([...healthy(4), look(75, counts(30, 2), STABLE), ...healthy(20, 75)]))).toBe("pass");
  });

  test("is no answer as long as the last look brought none, whatever came before", () => {
    expect(judge(after([...healthy(10), silence(300, "stale")]))).toMatchObject({ verdict: "no-answer", why: "stale: nobody is there", reason: "stale", silentSeconds: 150 });
    expect(judge(after([silence(100), silence(160)]))).toMatchObject({ verdict: "no-answer", silentSeconds: 60 });
    expect(judge(after([...healthy(10), silence(300), look(315, counts(30), STABLE)]))).toMatchObject({ verdict: "pass", silentSeconds: 0 });
  });

  test("finds trouble that begins after a long good time nearly as soon as trouble from the start", () => {
    const soon = (before: number): number => {
      const start = healthy(before);
      const bad = Array.from({ length: 40 }, (_, index) => look(1e6 + 15 * index, counts(30, 3), STABLE));
      return bad.findIndex((_, index) => verdictOf(after([...start, ...bad.slice(0, index + 1)])) === "breach") + 1;
    };
    expect([soon(0), soon(960)]).toEqual([2, 4]);
  });

  test("is the same when the gate was written down as JSON in between", () => {
    const before = after([...healthy(4), silence(75)]);
    expect(judge(JSON.parse(JSON.stringify(before)))).toEqual(judge(before));
    expect(judge(JSON.parse(JSON.stringify(startGate(POLICY))))).toEqual(judge(startGate(POLICY)));
  });

  test("is never a pass without requests, whatever else is seen", () => {
    const observation = fc.oneof(fc.integer({ min: 0, max: 5000 }).map((requests) => look(0, counts(0), counts(requests))), fc.constant(silence(0)));
    fc.assert(fc.property(fc.array(observation, { maxLength: 30 }), (seen) => verdictOf(after(seen.map((each, index) => ({ ...each, at: 15 * index })))) !== "pass"));
  });

  test("is judged by finite figures, and by evidence from 0 to 1, whatever is counted", () => {
    const some = fc.tuple(fc.nat(2000), fc.nat(2000), fc.nat(2000)).map(([requests, failures, slow]) => counts(requests, Math.min(requests, failures), Math.min(requests, slow)));
    fc.assert(fc.property(fc.array(fc.tuple(some, some), { maxLength: 12 }), (pairs) => {
      for (const { evidence, limit, value } of judge(after(pairs.map(([candidate, stable], index) => look(15 * index, candidate, stable)))).indicators) {
        expect(evidence >= 0 && evidence <= 1 && [limit, value].every((figure) => figure === null || Number.isFinite(figure))).toBe(true);
      }
    }));
  });
});

describe("indicators of the service's own", () => {
  const worker: GatePolicy = gatePolicy({ limits: POLICY.limits, bounds: POLICY.bounds, protocols: ["tcp"] }, [{ name: "jobs", kind: "ratio", limit: 5 }, { name: "lag", kind: "value", limit: 60, unit: "seconds" }]);
  const seen = (at: number, bad: number, lag: number): Look => look(at, counts(0), counts(0), { custom: { jobs: { kind: "ratio", candidate: { all: 20, bad }, stable: { all: 180, bad: 0 } }, lag: { kind: "value", candidate: lag } } });
  const many = (length: number, bad: number, lag: number): Look[] => Array.from({ length }, (_, index) => seen(15 * index, bad, lag));

  test("judge a worker without requests: enough of each, or not", () => {
    expect(judge(after(many(4, 0, 1), worker))).toMatchObject({ verdict: "not-enough", why: "80 of 100 events of jobs; 4 of 10 looks at lag", samples: 80 });
    expect(judge(after(many(10, 0, 1), worker))).toMatchObject({ verdict: "pass", why: "200 samples and nothing against the candidate" });
  });

  test("breach by their limit, by the stable revision, and by a gauge that is over its limit too often", () => {
    const proved = (looks: Look[]): string[] => judge(after(looks, worker)).indicators.filter(({ evidence }) => evidence === 1).map(({ name }) => name);
    expect(proved(many(30, 6, 1))).toEqual(["jobs", "jobs-regression"]);
    expect(proved(many(10, 0, 61))).toEqual(["lag"]);
    expect(proved(many(200, 0, 1).map((each, index) => (index % 10 === 0 ? seen(15 * index, 0, 61) : each)))).toEqual([]);
  });

  test("need names that are told apart, and a gate something to judge by", () => {
    const named = (name: string): GatePolicy => ({ ...worker, custom: [{ name, kind: "ratio", limit: 5 }, { name: "jobs", kind: "ratio", limit: 5 }] });
    expect(() => startGate(named("jobs"))).toThrow("a gate has two indicators of one name, got jobs; call one of them otherwise");
    expect(() => startGate(named("success"))).toThrow("a gate has two indicators of one name, got success; call one of them otherwise");
    expect(() => startGate({ ...worker, custom: [] })).toThrow("a gate without requests needs indicators of its own; name one at least");
    expect(() => startGate({ ...POLICY, limits: { ...POLICY.limits, p95Milliseconds: 1234 } })).toThrow("limits.p95Milliseconds: is no bound of the mesh's histogram, got 1234; use one of 0.5, 1, 5");
  });
});

describe("what follows from a verdict", () => {
  const stage = { since: 1000, now: 1599, dwellSeconds: 600 };
  const act = (verdict: "pass" | "breach" | "not-enough" | "no-answer", silentSeconds = 0, reason: "unreachable" | "silent" = "unreachable") => decide({ verdict, silentSeconds, reason }, stage, POLICY);

  test("is an advance after the dwell alone", () => {
    expect([act("pass"), decide({ verdict: "pass", silentSeconds: 0 }, { ...stage, now: 1600 }, POLICY)]).toEqual(["wait", "advance"]);
  });

  test("is a rollback at once on a breach, and patience while there is not enough", () => {
    expect([act("breach"), act("not-enough")]).toEqual(["roll-back", "wait"]);
  });

  test("is first to wait, then to hold, then to go back where nobody answers; sooner where the candidate alone is silent", () => {
    expect([119, 120, 1799, 1800].map((seconds) => act("no-answer", seconds))).toEqual(["wait", "hold", "hold", "roll-back"]);
    expect([89, 90].map((seconds) => act("no-answer", seconds, "silent"))).toEqual(["wait", "roll-back"]);
  });
});

test("the first looks are sharper with the hour before than without", () => {
  const soon = (history: typeof HISTORY): number => Array.from({ length: 40 }, (_, index) => index + 1).find((looks) => verdictOf(after(Array.from({ length: looks }, (_, at) => look(15 * at, counts(30, 2), STABLE)), POLICY, history)) === "breach") ?? 0;
  expect(soon(HISTORY)).toBeLessThan(soon([]));
});
