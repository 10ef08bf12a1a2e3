import { describe, expect, test } from "@jest/globals";
import { courseOf, secondsOf, strategyOf } from "../../../operations/rollout/course.ts";
import type { CourseOptions } from "../../../operations/rollout/course.ts";
import type { Strategy } from "../../../components/delivery/release-types.ts";
import { Problem } from "../../../toolchain/problem.ts";
import { ROLLOUT } from "../../delivery/service-fixtures.ts";
import { BLUE_GREEN, CANARY } from "./fakes.ts";

const DIRECT: Strategy = { kind: "direct", retain: 2 };

describe("the strategy of a command line", () => {
  test.each<[string, CourseOptions, Strategy, Strategy | undefined]>([
    ["is the service's where nothing is said", {}, CANARY, undefined],
    ["keeps as many old revisions as the service does", { strategy: "blue-green" }, DIRECT, { kind: "blue-green", retain: 2 }],
    ["may be direct", { strategy: "direct" }, CANARY, { kind: "direct", retain: 1 }],
    ["has the service's stages", { strategy: "canary" }, CANARY, { kind: "canary", stages: [10, 50, 100], retain: 1 }],
    ["has the usual stages where the service has none", { strategy: "canary" }, BLUE_GREEN, { kind: "canary", stages: [10, 25, 50, 100], retain: 1 }],
    ["takes a first stage, and the service's above it", { firstStage: "20" }, CANARY, { kind: "canary", stages: [20, 50, 100], retain: 1 }],
    ["takes a first stage that is a stage already", { firstStage: "50" }, CANARY, { kind: "canary", stages: [50, 100], retain: 1 }],
    ["keeps the 0 at which testers come first", { firstStage: "30" }, { kind: "canary", stages: [0, 10, 25, 50, 100], retain: 0 }, { kind: "canary", stages: [0, 30, 50, 100], retain: 0 }],
    ["takes 5 % as the least", { firstStage: "5", strategy: "canary" }, DIRECT, { kind: "canary", stages: [5, 10, 25, 50, 100], retain: 2 }],
  ])("%s", (_, options, usual, strategy) => {
    expect(strategyOf(options, usual)).toEqual(strategy);
  });

  test.each<[CourseOptions, Strategy, string]>([
    [{ strategy: "rolling" }, CANARY, '--strategy: is none of direct, canary, blue-green, got "rolling"; write one of them'],
    [{ strategy: "rolling", firstStage: "10" }, CANARY, '--strategy: is none of direct, canary, blue-green, got "rolling"; write one of them'],
    [{ firstStage: "10" }, BLUE_GREEN, '--first-stage: only a canary has one, got "10"; add --strategy canary, or leave it out'],
    [{ firstStage: "10", strategy: "direct" }, CANARY, '--first-stage: only a canary has one, got "10"; add --strategy canary, or leave it out'],
    ...["4", "51", "10.5", "10%", "", "-10", " 10", "1e1"].map((firstStage): [CourseOptions, Strategy, string] => [{ firstStage }, CANARY, `--first-stage: is not a whole number from 5 to 50, got "${firstStage}"; write per cent without a sign`]),
  ])("%j is refused", (options, usual, message) => {
    expect(() => strategyOf(options, usual)).toThrow(new Problem(message));
  });
});

describe("a course", () => {
  test("is what the settings say", () => {
    expect(courseOf("rb", CANARY, ROLLOUT, {})).toEqual({ id: "rb", strategy: CANARY, dwellSeconds: 600, bakeSeconds: 600, lookSeconds: 15, awaitsApproval: true, atOnce: false, freezes: [], smoked: false });
  });

  test.each<[string, Strategy, number]>([["two weights below all", CANARY, 1800], ["one", { kind: "canary", stages: [50, 100], retain: 0 }, 3600], ["none but 0", BLUE_GREEN, 3600], ["none at all", DIRECT, 3600]])("divides the time from the first stage to 100 %% among %s", (_, strategy, dwellSeconds) => {
    expect(courseOf("rb", strategy, ROLLOUT, { duration: "1h" }).dwellSeconds).toBe(dwellSeconds);
  });

  test("asks nobody where the settings or the command line say so", () => {
    expect([courseOf("rb", CANARY, ROLLOUT, { autoPromote: true }), courseOf("rb", CANARY, { ...ROLLOUT, approval: "none" }, {})].map(({ awaitsApproval }) => awaitsApproval)).toEqual([false, false]);
  });

  test("knows that there are smoke checks, and that somebody said now", () => {
    const smoke = [{ name: "home", url: "http://127.0.0.1", headers: {}, status: 200, timeoutSeconds: 1 }];
    expect(courseOf("rb", CANARY, { ...ROLLOUT, smoke }, { now: true })).toMatchObject({ smoked: true, atOnce: true });
  });
});

describe("a length of time", () => {
  test.each([["2h", 7200], ["45m", 2700], ["30s", 30], ["1.5h", 5400]])("%s is %i s", (text, seconds) => {
    expect(secondsOf("--duration", text)).toBe(seconds);
  });

  test.each(["", "2", "h", "0s", "0.0h", "-1h", "2 h", "2d", "1e3s", "2hh", "Infinitys"])("%j is none", (text) => {
    expect(() => secondsOf("--leave-after", text)).toThrow(new Problem(`--leave-after: is no length of time, got "${text}"; write it as 2h, 45m or 30s`));
  });
});
