import { expect, test } from "@jest/globals";
import { judge, probing, starting } from "../../lab/agent/prober.ts";
import type { Verdict } from "../../lab/agent/prober.ts";

const verdicts = (answers: boolean[], begin: boolean, thresholds: { failureThreshold?: number; successThreshold?: number }): boolean[] => {
  let verdict: Verdict = { passed: begin, contrary: 0 };
  return answers.map((answer) => (verdict = judge(verdict, answer, thresholds)).passed);
};

test("a verdict turns after as many contrary answers in a row as the threshold says", () => {
  expect(verdicts([false, false, true, false, false, false], true, {})).toEqual([true, true, true, true, true, false]);
  expect(verdicts([true, false, true, true], false, { successThreshold: 2 })).toEqual([false, false, false, true]);
});

test("a startup probe that passes in time has started, and one that never does has not", async () => {
  const answers = [false, false, true];
  const { signal } = new AbortController();
  expect(await starting({ failureThreshold: 3, periodSeconds: 0 }, () => Promise.resolve(answers.shift() ?? false), signal)).toBe(true);
  let asked = 0;
  expect(await starting({ failureThreshold: 3, periodSeconds: 0 }, () => Promise.resolve(++asked < 0), signal)).toBe(false);
  expect(asked).toBe(3);
});

test("probing tells each change once, until it is stopped", async () => {
  const answers = [true, true, false, true];
  const told: boolean[] = [];
  const stop = new AbortController();
  const ask = () => {
    const answer = answers.shift();
    if (answer === undefined) stop.abort();
    return Promise.resolve(answer ?? false);
  };
  await probing({ periodSeconds: 0, failureThreshold: 1 }, false, ask, (passed) => told.push(passed), stop.signal);
  expect(told).toEqual([true, false, true]);
});
