import { describe, expect, test } from "@jest/globals";
import type { Instruction } from "../../../components/delivery/release-types.ts";
import { recorded } from "../../../operations/rollout/recorded.ts";
import { isLocked, settled } from "../../../operations/rollout/update.ts";

const ROLLBACK: Instruction = { service: "shop", id: "rb", action: "rollback", reason: "errors" };
const ADVANCE: Instruction = { service: "shop", id: "rb", action: "advance", stage: 50 };
const LOCKED = "the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the lock file";

/** Surroundings whose updates fail as told, one after the other, and then do not. */
function around(failures: (string | undefined)[], stopAfter = Infinity) {
  const updates: (readonly Instruction[])[] = [];
  const pauses: number[] = [];
  return {
    updates,
    pauses,
    stack: { update: async (_: readonly string[], instructions: readonly Instruction[]) => (updates.push(instructions), failures.shift()) },
    now: () => 1000 + updates.length,
    pause: async (seconds: number) => void pauses.push(seconds),
    stopped: () => (updates.length >= stopAfter ? "operator" : undefined),
  };
}

describe("an update", () => {
  test("with a rejection is followed by a plain one, which takes the weight away", async () => {
    const here = around([]);
    expect(await settled(here, ["shop"], [ROLLBACK], { tries: 5 })).toBeUndefined();
    expect(here.updates).toEqual([[ROLLBACK], []]);
  });

  test("with another instruction is one update, and without any is one too", async () => {
    const here = around([]);
    await settled(here, ["shop"], [ADVANCE], { tries: 5 });
    await settled(here, ["shop"], [], { tries: 5 });
    expect(here.updates).toEqual([[ADVANCE], []]);
  });

  test("that fails is tried again whole, two seconds later", async () => {
    const here = around(["no route", undefined, "no route"]);
    expect(await settled(here, ["shop"], [ROLLBACK], { tries: 5 })).toBeUndefined();
    expect([here.updates, here.pauses]).toEqual([[[ROLLBACK], [ROLLBACK], [], []], [2, 2]]);
  });

  test("that fails too often is given up, and the plain one after it is not tried", async () => {
    const here = around(new Array<string>(10).fill("no route"));
    expect(await settled(here, ["shop"], [ROLLBACK], { tries: 3 })).toBe("no route");
    expect(here.updates).toEqual([[ROLLBACK], [ROLLBACK], [ROLLBACK]]);
  });

  test("waits for somebody else's for ten minutes, which are no tries", async () => {
    const here = around([...new Array<string>(299).fill(LOCKED), "no route"]);
    expect(await settled(here, ["shop"], [ADVANCE], { tries: 2 })).toBeUndefined();
    expect(here.pauses.reduce((sum, seconds) => sum + seconds, 0)).toBe(600);
    const longer = around(new Array<string>(300).fill(LOCKED));
    expect(await settled(longer, ["shop"], [ADVANCE], { tries: 2 })).toBe(LOCKED);
  });

  test("that is hopeless is not tried again, and somebody else's never is", async () => {
    const here = around([LOCKED, "no route", "its pods are not ready", "no route"]);
    const asked: number[] = [];
    expect(await settled(here, ["shop"], [], { tries: 5, hopeless: async (since) => (asked.push(since), asked.length === 2) })).toBe("its pods are not ready");
    expect([here.updates.length, asked]).toEqual([3, [1001, 1002]]);
  });

  test("is not tried again when the driver has been told to stop", async () => {
    const here = around(new Array<string>(10).fill(LOCKED), 2);
    expect(await settled(here, ["shop"], [ADVANCE], { tries: 5 })).toBe(LOCKED);
    expect(here.updates.length).toBe(2);
  });
});

test.each([[LOCKED, true], ["[409] Conflict: Another update is currently in progress.", true], ["no route to host", false], ["", false]])("%j: somebody else is at it is %j", (failure, locked) => {
  expect(isLocked(failure)).toBe(locked);
});

describe("what is recorded", () => {
  test("is read again for half a minute", async () => {
    const pauses: number[] = [];
    let left = 5;
    const read = async () => {
      if (left-- > 0) throw new Error("away");
      return {};
    };
    expect(await recorded({ stack: { releases: read }, pause: async (seconds) => void pauses.push(seconds) })).toEqual({ releases: {} });
    expect(pauses).toEqual([1, 2, 4, 8, 15]);
  });

  test("cannot be read after that, with what was said last", async () => {
    let tries = 0;
    expect(await recorded({ stack: { releases: () => Promise.reject(new Error(`away ${++tries}`)) }, pause: async () => {} })).toEqual({ failure: "away 6" });
  });
});
