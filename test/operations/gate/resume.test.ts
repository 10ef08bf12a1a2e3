import { expect, test } from "@jest/globals";
import { REVISION } from "../../../components/observability/queries.ts";
import { MESH_BOUNDS } from "../../../components/delivery/service-level.ts";
import type { Series } from "../../../operations/gate/answer.ts";
import type { Seen } from "../../../operations/gate/counters.ts";
import { observe, startGate } from "../../../operations/gate/gate.ts";
import type { Gate } from "../../../operations/gate/gate.ts";
import { judge } from "../../../operations/gate/judge.ts";
import { lookAt } from "../../../operations/gate/look.ts";
import { resume } from "../../../operations/gate/resume.ts";
import type { RangeAnswers } from "../../../operations/gate/resume.ts";
import type { GatePolicy } from "../../../operations/gate/types.ts";
import { HISTORY, POLICY } from "./fixtures.ts";

const TIMES = Array.from({ length: 60 }, (_, index) => 15 * index);
const REVISIONS = { stable: "r1", candidate: "r2" };
const weightAt = (at: number): number => (at <= 600 ? 10 : 25);

/** Totals of both revisions; in the third minute Prometheus had nothing. */
const MESH: NonNullable<RangeAnswers["mesh"]> = (() => {
  const of = (revision: string, total: (at: number) => number, le?: string): Series => ({
    labels: { [REVISION]: revision, pod: `pod-of-${revision}`, instance: "", ...(le !== undefined && { le }) },
    values: TIMES.filter((at) => at < 120 || at >= 180).map((at) => [at, total(at)] as const),
  });
  const requests = [of("r1", (at) => 18 * at), of("r2", (at) => 2 * at)];
  const within = MESH_BOUNDS.flatMap((bound) => [of("r1", (at) => (bound < 100 ? 0 : 18 * at), String(bound)), of("r2", (at) => (bound < 100 ? 0 : 2 * at), String(bound))]);
  return { requests, failures: [of("r1", (at) => Math.floor(at / 60)), of("r2", (at) => Math.floor(at / 300))], timed: requests, within, newest: [of("r1", (at) => at - 5), of("r2", (at) => at - 7)] };
})();

/** The driver that never died: one instant query after the other. */
function walked(until: number): { gate: Gate; seen: Seen | undefined } {
  let state: { gate: Gate; seen: Seen | undefined } = { gate: startGate(POLICY, HISTORY), seen: undefined };
  for (const at of TIMES.filter((time) => time <= until && (time < 120 || time >= 180))) {
    const row = (series: readonly Series[]) => series.flatMap(({ labels, values }) => values.filter(([time]) => time === at).map(([, value]) => ({ labels, value })));
    const mesh = { requests: row(MESH.requests), failures: row(MESH.failures), timed: row(MESH.timed), within: row(MESH.within), newest: row(MESH.newest) };
    const { observation, seen } = lookAt({ at, mesh, custom: [] }, state.seen, { revisions: REVISIONS, bounds: MESH_BOUNDS, weight: weightAt(at) });
    state = { seen, gate: observation === undefined ? state.gate : observe(state.gate, observation) };
  }
  return state;
}

test("a driver that died judges as if it had lived", () => {
  const lived = walked(885);
  const resumed = resume(startGate(POLICY, HISTORY), { mesh: MESH, custom: [] }, { revisions: REVISIONS, bounds: MESH_BOUNDS }, weightAt);
  expect(resumed).toEqual(lived);
  expect(judge(resumed.gate)).toMatchObject({ verdict: "pass", samples: 570 });
});

test("a worker's own indicators are resumed too", () => {
  const worker: GatePolicy = { ...POLICY, requests: false, custom: [{ name: "jobs", kind: "ratio", limit: 5 }, { name: "lag", kind: "value", limit: 60, unit: "seconds" }] };
  const of = (revision: string, total: (at: number) => number): Series => ({ labels: { revision }, values: TIMES.map((at) => [at, total(at)] as const) });
  const custom = [
    { name: "jobs", kind: "ratio", all: [of("r1", (at) => 9 * at), of("r2", (at) => at)], bad: [of("r2", () => 0)] },
    { name: "lag", kind: "value", samples: [of("r2", () => 3)] },
  ] as const;
  const { gate } = resume(startGate(worker), { mesh: undefined, custom }, { revisions: REVISIONS, bounds: MESH_BOUNDS }, () => 10);
  expect(judge(gate)).toMatchObject({ verdict: "pass", samples: 885 });
});
