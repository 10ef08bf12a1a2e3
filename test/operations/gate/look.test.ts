import { describe, expect, test } from "@jest/globals";
import { REVISION } from "../../../components/observability/queries.ts";
import type { Sample } from "../../../operations/gate/answer.ts";
import type { Seen } from "../../../operations/gate/counters.ts";
import { historyOf } from "../../../operations/gate/history.ts";
import { lookAt } from "../../../operations/gate/look.ts";
import type { Answers, CustomAnswer, LookContext } from "../../../operations/gate/look.ts";
import type { Look, Observation } from "../../../operations/gate/types.ts";

const CONTEXT: LookContext = { revisions: { stable: "r1", candidate: "r2" }, bounds: [250, 2000], weight: 10 };

/** Totals of one pod. */
interface Pod { revision: string; pod: string; requests: number; failures?: number; within?: Record<string, number>; scraped?: number }

function answers(at: number, pods: readonly Pod[], custom: readonly CustomAnswer[] = []): Answers {
  const of = (value: (pod: Pod) => number | undefined): Sample[] => pods.flatMap((pod) => {
    const found = value(pod);
    return found === undefined ? [] : [{ labels: { [REVISION]: pod.revision, pod: pod.pod, instance: "" }, value: found }];
  });
  const within = pods.flatMap(({ pod, requests, revision, within: buckets = { "250": requests, "2000": requests, "+Inf": requests } }) =>
    Object.entries(buckets).map(([le, value]) => ({ labels: { [REVISION]: revision, pod, instance: "", le }, value })));
  return { at, custom, mesh: { requests: of(({ requests }) => requests), failures: of(({ failures }) => failures), timed: of(({ requests }) => requests), within, newest: of(({ scraped }) => scraped ?? at) } };
}

/** The observations of several looks, one after the other. */
function looks(all: readonly Answers[], context: LookContext = CONTEXT): (Observation | undefined)[] {
  let seen: Seen | undefined;
  return all.map((each) => {
    const looked = lookAt(each, seen, context);
    seen = looked.seen;
    return looked.observation;
  });
}

const s = (requests: number, more: Partial<Pod> = {}): Pod => ({ revision: "r1", pod: "a", requests, ...more });
const c = (requests: number, more: Partial<Pod> = {}): Pod => ({ revision: "r2", pod: "b", requests, ...more });
const last = (...all: Answers[]): Observation | undefined => looks(all).at(-1);
const candidateOf = (seen: Observation | undefined): Look["candidate"] | undefined => (seen?.kind === "look" ? seen.candidate : undefined);

describe("a look", () => {
  test("says nothing at first, and then what each revision met since", () => {
    expect(looks([answers(0, [s(1000), c(50)]), answers(15, [s(1270, { failures: 2 }), c(80, { failures: 1, within: { "250": 70, "2000": 79, "+Inf": 80 } })])])).toEqual([
      undefined,
      {
        kind: "look", at: 15, weight: 10, custom: {},
        stable: { requests: 270, failures: 2, timed: 270, within: [270, 270] },
        candidate: { requests: 30, failures: 1, timed: 30, within: [20, 29] },
      },
    ]);
  });

  test("counts what a new pod met before it was first seen, its first failures included", () => {
    expect(candidateOf(last(answers(0, [s(1000)]), answers(15, [s(1270), c(12, { failures: 5 })])))).toMatchObject({ requests: 12, failures: 5 });
  });

  test("counts from 0 after a restart, and knows a series again that was away", () => {
    expect(candidateOf(last(answers(0, [s(0), c(100, { failures: 9 })]), answers(15, [s(9), c(4, { failures: 1 })])))).toMatchObject({ requests: 4, failures: 1 });
    expect(candidateOf(last(answers(0, [s(0), c(100)]), answers(15, [s(9)]), answers(30, [s(19), c(130)])))).toMatchObject({ requests: 30 });
  });

  test("adds up the pods of a revision", () => {
    expect(candidateOf(last(answers(0, [s(0), c(5), c(7, { pod: "d" })]), answers(15, [s(9), c(6), c(1, { pod: "d" })])))).toMatchObject({ requests: 2 });
  });

  test("reads bounds as either Prometheus writes them", () => {
    const within = { "250.0": 8, "2e+03": 9, "+Inf": 10 };
    expect(candidateOf(last(answers(0, [s(0)]), answers(15, [s(9), c(10, { within })])))).toEqual({ requests: 10, failures: 0, timed: 10, within: [8, 9] });
  });

  test("never lets a part be more than its whole, where answers are a scrape apart", () => {
    expect(candidateOf(last(answers(0, [s(0)]), answers(15, [s(9), c(10, { failures: 12, within: { "250": 9, "2000": 7 } })])))).toEqual({ requests: 10, failures: 10, timed: 10, within: [9, 9] });
  });

  test("compares no times with a stable revision whose histogram has other bounds", () => {
    const seen = last(answers(0, [s(0)]), answers(15, [s(90, { within: { "250": 1, "+Inf": 90 } }), c(10)]));
    expect(seen).toMatchObject({ kind: "look", stable: { requests: 90, timed: 0, within: [] }, candidate: { timed: 10 } });
  });
});

describe("no answer", () => {
  const refused = (...all: Answers[]) => {
    const seen = last(...all);
    return seen?.kind === "no-answer" ? [seen.reason, seen.detail] : seen;
  };

  test("is what is empty", () => {
    expect(refused(answers(0, []))).toEqual(["empty", "no request metrics of either revision"]);
    expect(refused(answers(0, [{ revision: "r9", pod: "z", requests: 5 }]))).toEqual(["empty", "no request metrics of either revision"]);
    expect(refused(answers(0, [s(0)]), answers(15, [s(9), c(10, { within: { "+Inf": 10 } })]))).toEqual(["empty", "the candidate's histogram lacks bounds of the mesh's"]);
  });

  test("is what was scraped too long ago, of either revision", () => {
    expect(refused(answers(100, [s(5), c(5, { scraped: 9 })]))).toEqual(["stale", "r2 was last scraped 91 s ago"]);
    expect(refused(answers(100, [s(5, { scraped: 10 }), c(5)]))).toBeUndefined();
  });

  test("is a counter below 0", () => {
    expect(refused(answers(0, [s(-1)]))).toEqual(["not-a-number", "a counter below 0, got -1"]);
  });

  test("is a candidate of which nothing is heard while the stable revision is", () => {
    expect(refused(answers(0, [s(0), c(7)]), answers(15, [s(270), c(7)]))).toEqual(["silent", "about 30 requests should have reached the candidate, and it shows none"]);
    expect(candidateOf(last(answers(0, [s(0), c(7)]), answers(15, [s(99), c(7)])))).toMatchObject({ requests: 0 });
  });

  test("loses nothing: the next look covers the time", () => {
    const seen = looks([answers(0, [s(0), c(0)]), answers(15, [s(100), c(10)]), answers(30, []), answers(45, [s(300), c(30, { failures: 3 })])]);
    expect(seen.map((each) => each?.kind)).toEqual([undefined, "look", "no-answer", "look"]);
    expect(candidateOf(seen[3])).toMatchObject({ requests: 20, failures: 3 });
  });
});

describe("indicators of the service's own", () => {
  const of = (revision: string, value: number): Sample => ({ labels: { revision, pod: `pod-of-${revision}` }, value });
  const jobs = (all: number, bad: number, lag: number): CustomAnswer[] => [
    { name: "jobs", kind: "ratio", all: [of("r1", all * 9), of("r2", all)], bad: [of("r2", bad)] },
    { name: "lag", kind: "value", samples: [of("r1", 1), of("r2", lag), of("r2", lag - 1)] },
  ];
  const worker = (at: number, custom: CustomAnswer[]): Answers => ({ at, mesh: undefined, custom });

  test("are differences of counters, and the worst of a gauge", () => {
    expect(last(worker(0, jobs(100, 5, 3)), worker(15, jobs(120, 6, 4)))).toEqual({
      kind: "look", at: 15, weight: 10,
      candidate: { requests: 0, failures: 0, timed: 0, within: [] },
      stable: { requests: 0, failures: 0, timed: 0, within: [] },
      custom: { jobs: { kind: "ratio", candidate: { all: 20, bad: 1 }, stable: { all: 180, bad: 0 } }, lag: { kind: "value", candidate: 4 } },
    });
  });

  test("are no answer where they have no series", () => {
    expect(last(worker(0, [{ name: "jobs", kind: "ratio", all: [], bad: [] }]))).toMatchObject({ kind: "no-answer", reason: "empty", detail: "no series of jobs" });
  });
});

test("the hour before is what the stable revision met in each step", () => {
  const series = (values: [number, number][], le?: string) => [{ labels: { [REVISION]: "r1", pod: "a", ...(le !== undefined && { le }) }, values }];
  const totals: [number, number][] = [[0, 100], [15, 130], [30, 20]];
  const within = [...series(totals, "250"), ...series(totals, "2000")];
  expect(historyOf({ requests: series(totals), failures: series([[15, 1], [30, 0]]), timed: series(totals), within }, "r1", [250, 2000])).toEqual([
    { requests: 30, failures: 1, timed: 30, within: [30, 30] },
    { requests: 20, failures: 0, timed: 20, within: [20, 20] },
  ]);
});
