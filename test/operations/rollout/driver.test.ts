import { describe, expect, test } from "@jest/globals";
import { drive } from "../../../operations/rollout/driver.ts";
import { exitCodeOf } from "../../../operations/rollout/events.ts";
import type { Occurrence } from "../../../operations/rollout/events.ts";
import { standingOf } from "../../../operations/rollout/standing.ts";
import { BLUE_GREEN, HEALTHY, image, judgement, START, World } from "./fakes.ts";
import type { Script } from "./fakes.ts";

const at = (seconds: number): string => new Date((START + seconds) * 1000).toISOString();
const breachAt = (weight: number): Script => (now) => judgement(now === weight ? "breach" : "pass");
const REASON = "errors 10 % in the last 200, limit 5 %";

function summary(last: Occurrence[]): { code: number; events: string[] } {
  return { code: exitCodeOf(last), events: last.map(({ event }) => event) };
}

describe("a healthy candidate", () => {
  test("walks its stages, bakes, and serves", async () => {
    const world = new World();
    const last = await world.run();
    const id = last[0]?.event === "done" ? last[0].revision : "";
    expect(world.story()).toEqual([
      { event: "started", image: image("b"), revision: id, strategy: "canary", stages: [10, 50, 100], resumed: false },
      { event: "stage", stage: 1, weight: 10, revision: id, until: at(39) },
      { event: "stage", stage: 2, weight: 50, revision: id, until: at(72) },
      { event: "baking", revision: id, until: at(135) },
      { event: "done", image: image("b"), revision: id },
    ]);
    expect(summary(last)).toEqual({ code: 0, events: ["done"] });
    expect(world.stack.recorded()).toEqual([100]);
    expect(world.stack.agrees()).toBe(true);
    expect(world.stack.updates.slice(1).map(({ instructions: [one] }) => one?.action)).toEqual(["release", undefined, "advance", "advance", "promote"]);
  });

  test("of a blue-green release takes everything at once, and is watched with all traffic", async () => {
    const world = new World(BLUE_GREEN);
    const last = await world.run();
    expect(world.story().map((each) => ("weight" in each ? `${each.event} ${each.weight} ${"until" in each ? each.until : ""}` : each.event))).toEqual(["started", "stage 0 undefined", "baking", "done"]);
    expect(summary(last)).toEqual({ code: 0, events: ["done"] });
  });

  test("is told every look of its gate", async () => {
    const world = new World();
    await world.run((_, looks) => judgement(looks < 3 ? "not-enough" : "pass"));
    const gates = world.told.flatMap(({ occurrence }) => (occurrence.event === "gate" ? [occurrence.verdict] : []));
    expect(gates).toEqual(["not-enough", "not-enough", "pass", "not-enough", "not-enough", "pass", "not-enough", "not-enough", "pass", "pass", "pass"]);
  });

  test("looks as often as its service asks for", async () => {
    const world = new World();
    await world.run(HEALTHY, { settings: { lookSeconds: 7 } });
    expect([...new Set(world.pauses)]).toEqual([7]);
  });
});

describe("a breach", () => {
  test.each([10, 50, 100])("at %i %% takes all traffic away, records why, and says how long it took", async (weight) => {
    const world = new World();
    const last = await world.run(breachAt(weight));
    const id = world.stack.record["shop"]?.rejected[0]?.id ?? "";
    expect(last).toEqual([{ event: "rolled-back", reason: REASON, seconds: 6, revision: id }]);
    expect(exitCodeOf(last)).toBe(2);
    expect(world.stack.recorded()).toEqual([100]);
    expect(world.stack.agrees()).toBe(true);
    expect(world.stack.record["shop"]?.rejected.map(({ reason }) => reason)).toEqual([REASON]);
  });

  test.each([0, 100])("of a blue-green candidate at %i %% does too", async (weight) => {
    const world = new World(BLUE_GREEN);
    expect(summary(await world.run(breachAt(weight)))).toEqual({ code: 2, events: ["rolled-back"] });
    expect(world.stack.recorded()).toEqual([100]);
  });

  test("waits for a colleague's update, and then takes the traffic away", async () => {
    const world = new World();
    const last = await world.run((weight) => {
      if (weight === 50 && world.stack.fates.length === 0 && world.stack.candidate() !== "") world.stack.fates = ["locked", "locked", "whole", "locked", "whole"];
      return judgement(weight === 50 ? "breach" : "pass");
    });
    expect(last).toEqual([{ event: "rolled-back", reason: REASON, seconds: 21, revision: expect.any(String) }]);
    expect(world.stack.agrees()).toBe(true);
  });

  test.each([["before", "nothing"], ["after", "failed"]] as const)("is tried again when its update fails %s the record was written", async (_, fate) => {
    const world = new World();
    const last = await world.run((weight) => {
      if (weight === 10) world.stack.fates = [fate, "whole", fate, "whole"];
      return judgement("breach");
    });
    expect(summary(last)).toEqual({ code: 2, events: ["rolled-back"] });
    expect(world.stack.agrees()).toBe(true);
    expect(world.stack.recorded()).toEqual([100]);
  });

  test("that cannot be acted on is a failure, which says what to do", async () => {
    const world = new World();
    const last = await world.run(() => {
      world.stack.fates = new Array<"nothing">(30).fill("nothing");
      return judgement("breach");
    });
    expect(last).toEqual([{ event: "failed", message: "it could not be rolled back: no route to host", next: "slipway rollback shop --stack test" }]);
    expect(exitCodeOf(last)).toBe(1);
  });

  test("does not start the candidate again", async () => {
    const world = new World();
    await world.run(breachAt(10));
    const id = world.stack.record["shop"]?.rejected[0]?.id ?? "";
    const last = await world.run();
    expect(last).toEqual([{ event: "failed", message: `${id} was rolled back: ${REASON}`, next: `slipway clear shop --stack test --revision ${id}` }]);
    expect(world.stack.recorded()).toEqual([100]);
  });
});

describe("a driver", () => {
  test("that needs approval walks the first stage, holds, and goes on when somebody promotes", async () => {
    const world = new World();
    const held = await world.run(HEALTHY, { settings: { approval: "first-stage" } });
    const revision = world.stack.candidate();
    expect(held).toEqual([{ event: "held", reason: "approval", weight: 10, revision, next: "slipway promote shop --stack test" }]);
    expect(exitCodeOf(held)).toBe(0);
    expect(world.stack.recorded()).toEqual([90, 10]);
    const done = await world.run(HEALTHY, { settings: { approval: "first-stage" }, options: { autoPromote: true } });
    expect(summary(done)).toEqual({ code: 0, events: ["done"] });
    expect(world.story().find((each) => each.event === "started" && each.resumed)).toMatchObject({ revision });
  });

  test("that is told `now` waits for nothing and asks nobody, and still falls at a breach", async () => {
    const world = new World();
    expect(summary(await world.run(() => judgement("not-enough"), { options: { now: true } }))).toEqual({ code: 0, events: ["done"] });
    expect(world.pauses).toEqual([]);
    const other = new World();
    expect(summary(await other.run(breachAt(50), { options: { now: true } }))).toEqual({ code: 2, events: ["rolled-back"] });
  });

  test("gives no more traffic in a freeze, and says until when", async () => {
    const world = new World();
    const freezes = [{ from: at(-60), until: at(3600), reason: "sale" }];
    const last = await world.run(HEALTHY, { settings: { freezes } });
    expect(last).toEqual([{ event: "held", reason: "freeze", weight: 10, revision: world.stack.candidate(), detail: `sale, until ${at(3600)}`, next: "slipway rollout shop --stack test" }]);
    expect(exitCodeOf(last)).toBe(0);
  });

  test("that nobody answers holds, and rolls back after half an hour", async () => {
    const world = new World();
    let began: number | undefined;
    const last = await world.run((_, __, ___, now) => {
      began ??= now;
      return judgement("no-answer", { silentSeconds: now - began });
    });
    expect(last).toMatchObject([{ event: "rolled-back", reason: "unreachable: nobody is there", seconds: 6 }]);
    expect(world.pauses.length).toBe(120);
    expect(world.stack.updates.flatMap(({ instructions }) => instructions.map(({ action }) => action))).toEqual(["release", "rollback"]);
  });

  test("of a blue-green release gives nothing while nobody answers", async () => {
    const world = new World(BLUE_GREEN);
    world.at[9] = () => world.end("time");
    const last = await world.run((_, looks) => judgement("no-answer", { silentSeconds: 15 * looks }));
    expect(last).toMatchObject([{ event: "held", reason: "no-answer", weight: 0, detail: "unreachable: nobody is there" }]);
    expect(exitCodeOf(last)).toBe(1);
    expect(world.stack.recorded()).toEqual([100, 0]);
  });

  test("counts the seconds until the weight was gone, not until the pods were", async () => {
    const world = new World();
    world.stack.draining = 30;
    const last = await world.run(breachAt(50));
    expect(last).toMatchObject([{ event: "rolled-back", seconds: 6 }]);
  });

  test("rolls back a candidate that its first update leaves unready, without waiting for it again", async () => {
    const world = new World();
    world.stack.configured["shop"] = image("b");
    world.stack.apply(["shop"], [], "unready");
    const standing = standingOf(world.stack.record["shop"] ?? { revisions: [], stage: { kind: "settled" }, since: "", rejected: [] });
    world.stack.fates = ["unready"];
    const member = world.member("shop", { kind: "candidate", standing, strategy: world.stack.strategy, updated: false }, HEALTHY);
    expect(await drive([member], world.ports)).toMatchObject([{ event: "rolled-back", reason: "its pods are not ready: 1 of 2 pods are available" }]);
    expect(world.stack.updates.slice(2).map(({ fate, instructions }) => [fate, ...instructions.map(({ action }) => action)])).toEqual([["unready"], ["whole", "rollback"], ["whole"]]);
  });

  test("lets testers alone meet a canary that starts at 0, and goes on by smoke checks and looks", async () => {
    const world = new World({ kind: "canary", stages: [0, 10, 100], retain: 1 });
    const smoke = [{ name: "home", url: "http://127.0.0.1:1", headers: {}, status: 200, timeoutSeconds: 1 }];
    const met: (number | undefined)[][] = [];
    expect(summary(await world.run(HEALTHY, { settings: { smoke }, smoke: async () => (met.push(world.stack.recorded()), []) }))).toEqual({ code: 0, events: ["done"] });
    expect(met).toEqual([[100, 0]]);
    expect(world.story().map((each) => ("weight" in each ? `${each.event} ${each.weight}` : each.event))).toEqual(["started", "stage 0", "stage 10", "baking", "done"]);
  });

  test("asks somebody before a canary that testers have met gets its first share", async () => {
    const world = new World({ kind: "canary", stages: [0, 10, 100], retain: 1 });
    expect(await world.run(HEALTHY, { settings: { approval: "first-stage" } })).toMatchObject([{ event: "held", reason: "approval", weight: 0 }]);
    expect(summary(await world.run(HEALTHY, { settings: { approval: "first-stage" }, options: { autoPromote: true } }))).toEqual({ code: 0, events: ["done"] });
  });

  test("rolls back what fails a smoke check, before it gets more traffic", async () => {
    const world = new World(BLUE_GREEN);
    const smoke = [{ name: "home", url: "http://127.0.0.1:1", headers: {}, status: 200, timeoutSeconds: 1 }];
    const last = await world.run(HEALTHY, { settings: { smoke }, smoke: async () => ["home: status 500, expected status 200"] });
    expect(last).toMatchObject([{ event: "rolled-back", reason: "smoke checks: home: status 500, expected status 200" }]);
    expect(world.stack.recorded()).toEqual([100]);
  });

  test("makes the smoke checks once, and rises when they are well", async () => {
    const world = new World();
    let made = 0;
    const smoke = [{ name: "home", url: "http://127.0.0.1:1", headers: {}, status: 200, timeoutSeconds: 1 }];
    expect(summary(await world.run(HEALTHY, { settings: { smoke }, smoke: async () => ((made += 1), []) }))).toEqual({ code: 0, events: ["done"] });
    expect(made).toBe(1);
  });

  test("that is told to stop in a smoke check takes it for no failure", async () => {
    const world = new World();
    const smoke = [{ name: "home", url: "http://127.0.0.1:1", headers: {}, status: 200, timeoutSeconds: 1 }];
    const last = await world.run(HEALTHY, { settings: { smoke }, smoke: () => (world.end("operator"), new Promise<string[]>(() => {})) });
    expect(last).toMatchObject([{ event: "held", reason: "operator", weight: 10 }]);
  });

  test("stays while an operator holds the release, and goes on when it is resumed", async () => {
    const world = new World();
    const tell = (action: "hold" | "resume") => () => void world.stack.apply(["shop"], [{ service: "shop", id: world.stack.candidate(), action, reason: "lunch" }], "whole");
    world.at[0] = tell("hold");
    world.at[40] = () => expect(world.stack.recorded()).toEqual([90, 10]);
    world.at[41] = tell("resume");
    expect(summary(await world.run())).toEqual({ code: 0, events: ["done"] });
    expect(world.pauses.length).toBeGreaterThan(42);
  });

  test("rolls a held release back when it hurts", async () => {
    const world = new World();
    world.at[0] = () => void world.stack.apply(["shop"], [{ service: "shop", id: world.stack.candidate(), action: "hold", reason: "lunch" }], "whole");
    expect(summary(await world.run((_, looks) => judgement(looks > 5 ? "breach" : "pass")))).toEqual({ code: 2, events: ["rolled-back"] });
  });

  test("holds at a signal, and says how to go on", async () => {
    const world = new World();
    world.at[0] = () => world.end("operator");
    const last = await world.run();
    expect(last).toEqual([{ event: "held", reason: "operator", weight: 10, revision: world.stack.candidate(), detail: "the driver was told to stop", next: "slipway rollout shop --stack test" }]);
    expect(exitCodeOf(last)).toBe(1);
  });

  test("holds at a signal although its gate still waits for an answer", async () => {
    const world = new World();
    const last = await world.run(() => (world.end("operator"), new Promise(() => {})));
    expect(last).toMatchObject([{ event: "held", reason: "operator", weight: 10 }]);
  });

  test.each([["pass", "time", 0], ["no-answer", "no-answer", 1]] as const)("that has to leave while its gate says %s holds for %s", async (verdict, reason, code) => {
    const world = new World();
    world.at[0] = () => world.end("time");
    const last = await world.run(() => judgement(verdict, { silentSeconds: 200 }));
    expect(last).toMatchObject([{ event: "held", reason, weight: 10, next: "slipway rollout shop --stack test" }]);
    expect(exitCodeOf(last)).toBe(code);
  });

  test("that has to leave a release which an operator holds says so", async () => {
    const world = new World();
    world.at[0] = () => {
      world.stack.apply(["shop"], [{ service: "shop", id: world.stack.candidate(), action: "hold", reason: "lunch" }], "whole");
      world.end("time");
    };
    const last = await world.run();
    expect(last).toMatchObject([{ event: "held", reason: "operator", detail: "lunch", next: "slipway resume shop --stack test" }]);
    expect(exitCodeOf(last)).toBe(1);
  });
});

describe("an update that fails", () => {
  test.each([["before", "nothing"], ["after", "failed"], ["after the cluster but before", "killed"]] as const)("%s the record was written is settled, and the gate is asked again before the next rise", async (_, fate) => {
    const world = new World();
    const looks: number[] = [];
    const last = await world.run((weight, count) => {
      looks.push(weight);
      if (weight === 10 && count === 3) world.stack.fates = [fate, "nothing", "whole"];
      return judgement("pass");
    });
    expect(summary(last)).toEqual({ code: 0, events: ["done"] });
    expect(world.stack.agrees()).toBe(true);
    // While the cluster may lack what is recorded, what is seen counts for the weight before.
    expect(looks.slice(0, 4)).toEqual([10, 10, 10, 10]);
  });

  test("does not rise on old evidence: a candidate that turns bad while a colleague has the stack falls", async () => {
    const world = new World();
    let locked = false;
    const last = await world.run((weight, count) => {
      if (weight === 10 && count === 3) {
        world.stack.fates = new Array<"locked">(10).fill("locked");
        locked = true;
      }
      return judgement(locked && count > 4 ? "breach" : "pass");
    });
    expect(summary(last)).toEqual({ code: 2, events: ["rolled-back"] });
    expect(world.told.some(({ occurrence }) => occurrence.event === "stage" && occurrence.weight === 50)).toBe(false);
  });

  test("again and again ends the driver, with the command that goes on", async () => {
    const world = new World();
    const last = await world.run((weight, count) => {
      if (weight === 10 && count === 3) world.stack.fates = new Array<"nothing">(20).fill("nothing");
      return judgement("pass");
    });
    expect(last).toEqual([{ event: "failed", message: "no route to host", next: "slipway rollout shop --stack test" }]);
    expect(exitCodeOf(last)).toBe(1);
    expect(world.stack.recorded()).toEqual([90, 10]);
  });

  test("waits for a colleague for as long as ten minutes", async () => {
    const world = new World();
    const last = await world.run((weight, count) => {
      if (weight === 10 && count === 3) world.stack.fates = new Array<"locked">(100).fill("locked");
      return judgement("pass");
    });
    expect(summary(last)).toEqual({ code: 0, events: ["done"] });
  });

  test("ends at once when the driver is told to stop", async () => {
    const world = new World();
    const last = await world.run((weight, count) => {
      if (weight === 10 && count === 3) {
        world.stack.fates = new Array<"locked">(1000).fill("locked");
        world.at[0] = () => world.end("operator");
      }
      return judgement("pass");
    });
    expect(last).toMatchObject([{ event: "held", reason: "operator", weight: 10 }]);
    expect(world.stack.updates.length).toBeLessThan(8);
  });

  test("that moves nothing, because the stack's stages are others by now, ends in words instead of for ever", async () => {
    const world = new World();
    const last = await world.run((weight, count) => {
      if (weight === 10 && count === 1) world.stack.strategy = { kind: "canary", stages: [10, 30, 100], retain: 1 };
      return judgement("pass");
    });
    expect(last).toEqual([{ event: "failed", message: "the updates leave the weights where they are", next: "slipway rollout shop --stack test" }]);
  });

  test("at the start takes back a candidate that the cluster does not take", async () => {
    const world = new World();
    world.stack.fates = ["whole", "failed", "failed", "failed", "failed", "failed", "whole"];
    const last = await world.run();
    expect(last).toMatchObject([{ event: "rolled-back", reason: "its update failed: update failed" }]);
    expect(world.stack.recorded()).toEqual([100]);
    expect(world.stack.agrees()).toBe(true);
  });

  test("at the start because a colleague has the stack rejects nothing", async () => {
    const world = new World();
    world.stack.fates = ["whole", ...new Array<"locked">(300).fill("locked")];
    const last = await world.run();
    expect(last).toEqual([{ event: "failed", message: "the stack is currently locked by 1 lock(s)", next: "slipway rollout shop --stack test" }]);
    expect(world.stack.record["shop"]?.rejected).toEqual([]);
  });
});

describe("a stack that cannot be read", () => {
  test("for a moment is read again", async () => {
    const world = new World();
    world.at[0] = () => (world.stack.unreadable = [new Error("away"), new Error("away")], undefined);
    expect(summary(await world.run())).toEqual({ code: 0, events: ["done"] });
    expect(world.pauses.slice(0, 4)).toEqual([15, 1, 2, 15]);
  });

  test("for longer ends the driver", async () => {
    const world = new World();
    world.at[0] = () => (world.stack.unreadable = new Array<Error>(6).fill(new Error("the backend is away")), undefined);
    expect(await world.run()).toEqual([{ event: "failed", message: "the backend is away", next: "slipway rollout shop --stack test" }]);
    expect(world.stack.recorded()).toEqual([90, 10]);
  });

  test("does not keep a rejection that is recorded from taking the traffic", async () => {
    const world = new World();
    const last = await world.run((weight) => {
      world.stack.unreadable = weight === 50 ? [new Error("away")] : [];
      return judgement(weight === 50 ? "breach" : "pass");
    });
    expect(summary(last)).toEqual({ code: 2, events: ["rolled-back"] });
  });
});

describe("a candidate that goes away", () => {
  test("because a commit names the old image again was cancelled, not rolled back", async () => {
    const world = new World();
    let id = "";
    world.at[0] = () => {
      id = world.stack.candidate();
      world.stack.configured["shop"] = image("b");
      world.stack.apply(["shop"], [], "whole");
      world.stack.configured["shop"] = image("a");
      world.stack.apply(["shop"], [], "whole");
    };
    const last = await world.run();
    expect(last).toEqual([{ event: "failed", message: `${id} was cancelled`, next: "slipway status shop --stack test" }]);
    expect(exitCodeOf(last)).toBe(1);
    expect(world.stack.recorded()).toEqual([100]);
  });

  test("because a third image took its place says which", async () => {
    const world = new World();
    let id = "";
    world.at[0] = () => {
      id = world.stack.candidate();
      world.stack.configured["shop"] = image("c");
      world.stack.apply(["shop"], [], "whole");
    };
    const last = await world.run();
    expect(last).toEqual([{ event: "failed", message: `${world.stack.candidate()} took the place of ${id}`, next: "slipway status shop --stack test" }]);
    expect(world.stack.recorded()).toEqual([90, 10]);
  });

  test("in the very moment in which it was to be rolled back was cancelled all the same", async () => {
    const world = new World();
    const last = await world.run(() => {
      world.stack.configured["shop"] = image("c");
      world.stack.apply(["shop"], [], "whole");
      return judgement("breach");
    });
    expect(last).toMatchObject([{ event: "failed", message: expect.stringContaining("took the place of") }]);
    expect(world.stack.record["shop"]?.rejected).toEqual([]);
  });

  test("because a person rolled it back is told with that person's reason", async () => {
    const world = new World();
    let revision = "";
    world.at[0] = () => {
      revision = world.stack.candidate();
      world.stack.apply(["shop"], [{ service: "shop", id: revision, action: "rollback", reason: "the phone rings" }], "whole");
    };
    const last = await world.run();
    expect(last).toEqual([{ event: "rolled-back", reason: "the phone rings", seconds: 3, revision }]);
    expect(world.stack.agrees()).toBe(true);
  });

  test("because its driver was killed between the two updates of a rollback is taken away by the next one", async () => {
    const world = new World();
    await world.run(HEALTHY, { settings: { approval: "first-stage" } });
    const revision = world.stack.candidate();
    world.stack.apply(["shop"], [{ service: "shop", id: revision, action: "rollback", reason: REASON }], "whole");
    expect(world.stack.recorded()).toEqual([90, 10]);
    world.clock.now += 100;
    const last = await world.run();
    expect(last).toEqual([{ event: "rolled-back", reason: REASON, seconds: 103, revision }]);
    expect(world.stack.agrees()).toBe(true);
  });
});

describe("two drivers", () => {
  test("take each step once, and both end", async () => {
    const world = new World();
    const lasts = await Promise.all([world.run(), world.run()]);
    expect(lasts.map(summary)).toEqual([{ code: 0, events: ["done"] }, { code: 0, events: ["done"] }]);
    expect(world.stack.recorded()).toEqual([100]);
    expect(world.stack.agrees()).toBe(true);
  });
});

describe("a group of two", () => {
  const TWO = ["shop", "cart"];

  test("rises together, and waits at each weight for the slower one", async () => {
    const world = new World(undefined, TWO);
    const seen: string[] = [];
    const last = await world.run((_, looks, service) => {
      seen.push(`${world.stack.recorded("shop")[1] ?? 0} ${world.stack.recorded("cart")[1] ?? 0}`);
      return judgement(service === "cart" && looks < 8 ? "not-enough" : "pass");
    });
    expect(summary(last)).toEqual({ code: 0, events: ["done", "done"] });
    expect([...new Set(seen)]).toEqual(["10 10", "50 50", "100 100"]);
    expect(world.stack.updates.map(({ instructions }) => instructions.map(({ action }) => action).join(" "))).toEqual(["", "release release", "", "advance advance", "advance advance", "promote promote"]);
  });

  test("falls together when one of them hurts, each with its own words", async () => {
    const world = new World(undefined, TWO);
    const last = await world.run((weight, _, service) => judgement(service === "cart" && weight === 50 ? "breach" : "pass"));
    expect(last).toMatchObject([
      { event: "rolled-back", reason: `released together with cart: ${REASON}`, seconds: 6 },
      { event: "rolled-back", reason: REASON, seconds: 6 },
    ]);
    expect(exitCodeOf(last)).toBe(2);
    for (const service of TWO) expect([world.stack.recorded(service), world.stack.agrees(service)]).toEqual([[100], true]);
  });

  test("falls together when one is cancelled, and only the other was rolled back", async () => {
    const world = new World(undefined, TWO);
    world.at[0] = () => {
      world.stack.configured["cart"] = image("c", "cart");
      world.stack.apply(["cart"], [], "whole");
    };
    const last = await world.run();
    expect(last).toMatchObject([
      { event: "rolled-back", reason: expect.stringMatching(/^released together with cart: \S+ took the place of \S+$/) },
      { event: "failed", message: expect.stringContaining("took the place of") },
    ]);
    expect(world.stack.recorded("shop")).toEqual([100]);
  });

  test("does not start where one of them was rolled back before", async () => {
    const world = new World(undefined, TWO);
    await world.run((_, __, service) => judgement(service === "cart" ? "breach" : "pass"));
    const id = world.stack.record["shop"]?.rejected[0]?.id ?? "";
    world.stack.apply(["shop"], [{ service: "shop", id, action: "clear" }], "whole");
    const last = await world.run();
    expect(last).toMatchObject([
      { event: "rolled-back", reason: "released together with cart, which did not start" },
      { event: "failed", message: expect.stringContaining("was rolled back") },
    ]);
    expect(world.stack.recorded("shop")).toEqual([100]);
  });

  test("asks for approval when all have walked the first stage, naming both", async () => {
    const world = new World(undefined, TWO);
    const last = await world.run((_, looks, service) => judgement(service === "cart" && looks < 8 ? "not-enough" : "pass"), { settings: { approval: "first-stage" } });
    expect(last.map((each) => ("next" in each ? [each.event, each.next] : each))).toEqual([["held", "slipway promote shop cart --stack test"], ["held", "slipway promote shop cart --stack test"]]);
    expect(world.pauses.length).toBe(7);
  });
});
