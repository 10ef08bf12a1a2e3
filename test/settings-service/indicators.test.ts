import { describe, expect, test } from "@jest/globals";
import { BASE, changed, linesOf } from "../settings/base.ts";

const JOBS = { kind: "ratio", all: 'sum by (revision, pod) (jobs_total{namespace="shop"})', bad: 'sum by (revision, pod) (jobs_failed_total{namespace="shop"})', limit: 2 };
const LAG = { kind: "value", query: 'max by (revision) (queue_lag_seconds{namespace="shop"})', limit: 60, unit: "seconds" };
const S = "services.shop.rollout.indicators";

function wrong(indicators: object, more: object = {}): string[] {
  return linesOf(changed(BASE, { [S]: indicators, ...more }));
}

describe("a service's own indicators", () => {
  test.each([
    ["none", {}],
    ["a share of what was done", { jobs: JOBS }],
    ["a value, with its samples", { lag: { ...LAG, bad: "above", tolerated: 5, minimumSamples: 40 }, "cache-hits": { ...LAG, bad: "below" } }],
    ["a share with its samples", { jobs: { ...JOBS, minimumSamples: 500 } }],
  ])("may be %s", (_, indicators) => {
    expect(wrong(indicators)).toEqual([]);
  });

  test("are refused with everything that is wrong with their form", () => {
    expect(wrong({
      Jobs: JOBS,
      jobs: { ...JOBS, bad: "", limit: 0, minimumSamples: 0 },
      lag: { ...LAG, limit: "60", bad: "over", tolerated: 100 },
      rate: { kind: "percent" },
    })).toEqual([
      `${S}.Jobs: is not a DNS label, got "Jobs"; use 1 to 63 lower-case letters, digits and dashes, a letter first, no dash last`,
      `${S}.jobs.bad: is not a text of 1 to 4000 characters, got ""; write such a text, in quotes where it looks like a number`,
      `${S}.jobs.limit: is not a number from 0.01 to 100, got 0; write per cent without quotes`,
      `${S}.jobs.minimumSamples: is not a whole number from 1 to 1000000, got 0; write the number of samples without quotes`,
      `${S}.lag.limit: is not a number from -1000000000000 to 1000000000000, got "60"; write a number without quotes`,
      `${S}.lag.bad: is none of above, below, got "over"; write one of them`,
      `${S}.lag.tolerated: is not a number from 0.01 to 99, got 100; write per cent without quotes`,
      `${S}.rate.kind: is no indicator, got "percent"; write kind: ratio or kind: value`,
    ]);
  });

  test("have names of their own, and are not so many that none could be proved", () => {
    expect(wrong({ errors: JOBS, jobs: JOBS, "jobs-regression": LAG })).toEqual([
      `${S}.errors: is the name of what is judged anyway; call it otherwise`,
      `${S}.jobs-regression: is the name under which jobs is compared with the stable revision; call it otherwise`,
    ]);
    const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`lag-${index}`, LAG]));
    expect(wrong(eleven)).toEqual([`${S}: are more than 10, among which the proof is divided, got 11; keep those that matter`]);
  });

  test("are nothing that Flagger asks", () => {
    const rollout = { engine: { kind: "flagger", prometheus: "http://prometheus.istio-system:9090" }, dwellSeconds: 30, bakeSeconds: 0, approval: "none", indicators: { jobs: JOBS } };
    expect(wrong({}, { "services.shop.rollout": rollout, [S]: { jobs: JOBS } })).toContain(
      `${S}: are asked by Slipway's driver, which has no part in it, got ["jobs"]; remove them, or write engine: slipway`,
    );
  });
});
