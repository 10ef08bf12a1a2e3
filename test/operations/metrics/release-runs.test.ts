import { describe, expect, test } from "@jest/globals";
import { releaseRuns } from "../../../operations/metrics/releaseRuns.ts";
import type { ReleaseRun, Update } from "../../../operations/metrics/releaseRuns.ts";
import { commitOf, DAY, NOON, update } from "./records.ts";

/** Days after NOON instead of seconds, and no commits. */
function days(updates: Update[]): Record<string, string | number | undefined>[] {
  const after = (at: number | undefined): number | undefined => (at === undefined ? undefined : (at - NOON) / DAY);
  return releaseRuns(updates).map(({ revision, startedAt, completedAt, rejectedAt, restoredAt, cancelledAt }: ReleaseRun) => (
    { revision, started: after(startedAt), completed: after(completedAt), rejected: after(rejectedAt), restored: after(restoredAt), cancelled: after(cancelledAt) }
  ));
}

const FIRST = { revision: "r1", started: 0, completed: 0 };

describe("the releases that a history shows", () => {
  test("are a first deployment and a canary's way to all traffic", () => {
    expect(days([
      update(0, { stable: "r1" }),
      update(1, { stable: "r1", candidate: ["r2", 10] }),
      update(2, { stable: "r1", candidate: ["r2", 50] }),
      update(3, { stable: "r1", candidate: ["r2", 100] }),
      update(4, { stable: "r2", retained: ["r1"] }),
      update(5, { stable: "r2", retained: ["r1"] }),
    ])).toEqual([FIRST, { revision: "r2", started: 1, completed: 4 }]);
  });

  test("carry the commit that brought the revision, not the one that finished it", () => {
    const [, second] = releaseRuns([update(0, { stable: "r1" }), update(1, { stable: "r1", candidate: ["r2", 10] }), update(2, { stable: "r2" })]);
    expect(second?.commit).toBe(commitOf(1));
  });

  test("are complete only once an update succeeds: a record can run ahead of the cluster", () => {
    expect(days([
      update(0, { stable: "r1" }),
      update(1, { stable: "r1", candidate: ["r2", 10] }),
      update(2, { stable: "r2" }, "failed"),
      update(3, { stable: "r2" }),
    ])).toEqual([FIRST, { revision: "r2", started: 1, completed: 3 }]);
  });

  test("are over with the verdict, and restored with the update that takes the traffic away", () => {
    expect(days([
      update(0, { stable: "r1" }),
      update(1, { stable: "r1", candidate: ["r2", 10] }),
      update(2, { stable: "r1", candidate: ["r2", 10], rejected: [["r2", 1.5]] }),
      update(3, { stable: "r1", rejected: [["r2", 1.5]] }, "failed"),
      update(4, { stable: "r1", rejected: [["r2", 1.5]] }),
    ])).toEqual([FIRST, { revision: "r2", started: 1, rejected: 1.5, restored: 4 }]);
  });

  test("count a stable revision that is rejected later as failed too, and its retained heir as no release", () => {
    expect(days([
      update(0, { stable: "r1" }),
      update(1, { stable: "r2", retained: ["r1"] }),
      update(2, { stable: "r2", retained: ["r1"], rejected: [["r2", 2]] }),
      update(3, { stable: "r1", rejected: [["r2", 2]] }),
    ])).toEqual([FIRST, { revision: "r2", started: 1, completed: 1, rejected: 2, restored: 3 }]);
  });

  test("go on with a candidate that steps in for a rejected stable revision", () => {
    expect(days([
      update(0, { stable: "r1" }),
      update(1, { stable: "r1", candidate: ["r2", 10] }),
      update(2, { stable: "r1", candidate: ["r2", 10], rejected: [["r1", 2]] }),
      update(3, { stable: "r2", rejected: [["r1", 2]] }),
    ])).toEqual([{ ...FIRST, rejected: 2, restored: 3 }, { revision: "r2", started: 1, completed: 3 }]);
  });

  test("are cancelled by the configuration, by a third revision, and by the end of the service", () => {
    expect(days([
      update(0, { stable: "r1" }),
      update(1, { stable: "r1", candidate: ["r2", 10] }),
      update(2, { stable: "r1", candidate: ["r3", 10] }),
      update(3, { stable: "r1" }),
      update(4, { stable: "r1", candidate: ["r4", 10] }),
      update(5, undefined),
    ])).toEqual([FIRST, { revision: "r2", started: 1, cancelled: 2 }, { revision: "r3", started: 2, cancelled: 3 }, { revision: "r4", started: 4, cancelled: 5 }]);
  });

  test("are two where a rejection was cleared and the revision tried again", () => {
    expect(days([
      update(0, { stable: "r1" }),
      update(1, { stable: "r1", candidate: ["r2", 10] }),
      update(2, { stable: "r1", candidate: ["r2", 10], rejected: [["r2", 2]] }),
      update(3, { stable: "r1", rejected: [["r2", 2]] }),
      update(4, { stable: "r1", candidate: ["r2", 10] }),
      update(5, { stable: "r2" }),
    ])).toEqual([FIRST, { revision: "r2", started: 1, rejected: 2, restored: 3 }, { revision: "r2", started: 4, completed: 5 }]);
  });

  test("skip updates whose record is not known", () => {
    const { releases, ...unknown } = update(1, { stable: "r9" });
    expect(releases).toBeDefined();
    expect(days([update(0, { stable: "r1" }), unknown, update(2, { stable: "r1" })])).toEqual([FIRST]);
  });
});
