import { describe, expect, test } from "@jest/globals";
import type { IndicatorSettings } from "../../../components/delivery/indicator-settings.ts";
import { indicatorFaults } from "../../../components/observability/promql/indicator.ts";
import { checkIndicators, customIndicators, customQueries } from "../../../operations/rollout/indicators.ts";
import { Problem } from "../../../toolchain/problem.ts";

const JOBS: IndicatorSettings = { kind: "ratio", all: "sum by (revision, pod) (jobs_total)", bad: "sum by (revision, pod) (jobs_failed_total)", limit: 2 };
const LAG: IndicatorSettings = { kind: "value", query: "max by (revision) (queue_lag_seconds)", limit: 60, unit: "seconds", bad: "below", tolerated: 5, minimumSamples: 7 };
const S = "services.shop.rollout.indicators";

describe("a query of an indicator", () => {
  test.each([
    ["what is chosen among series", "topk(3, queue_lag_seconds)"],
    ["what an aggregation leaves away otherwise", "max without (pod) (queue_lag_seconds)"],
    ["a label that the query makes itself", 'label_replace(sum by (version) (jobs_total), "revision", "$1", "version", "(.*)")'],
    ["a rate of a value", "sum by (revision) (rate(jobs_total[1m]))"],
  ])("may be %s", (_, query) => {
    expect(indicatorFaults(query, { counted: false })).toEqual([]);
  });

  test.each([
    ["1 + 1", "asks for no series"],
    ["queue_lag_seconds[5m]", "answers with a range, of which nobody says what counts"],
    ["max_over_time(queue_lag_seconds[5m])[1h:1m]", "answers with a range, of which nobody says what counts"],
    ["max without (revision) (queue_lag_seconds)", "loses the label revision, by which the candidate is told from the stable revision"],
    ["sum by (pod) (queue_lag_seconds)", "loses the label revision, by which the candidate is told from the stable revision"],
  ])("%s: %s", (query, fault) => {
    expect(indicatorFaults(query, { counted: false }).map(({ wrong }) => wrong)).toEqual([fault]);
  });

  test("that Prometheus would answer with nothing, or with something else, is refused before a rollout begins, all at once", () => {
    const jobs: IndicatorSettings = { ...JOBS, all: "sum(rate(jobs_total[1m]))", bad: "jobs_failed_total{" };
    expect(() => checkIndicators({ shop: { rollout: { indicators: { jobs, lag: { ...LAG, query: "queue_lag_seconds or vector(0)" } } } } })).toThrow(new Problem([
      `${S}.jobs.all: loses the label revision, by which the candidate is told from the stable revision, got "sum(rate(jobs_total[1m]))"; aggregate by (revision, …)`,
      `${S}.jobs.all: is no counter any more, of which the gate takes the differences itself, got "rate(jobs_total[1m])"; name the counter as it is, summed by (revision, pod)`,
      `${S}.jobs.bad: is no PromQL, got "jobs_failed_total{"; write it as Prometheus' documentation says`,
      `${S}.lag.query: invents a value where there is none, got "vector(0)"; leave it out, so that no data stays no data`,
    ].join("\n")));
    expect(() => checkIndicators({ shop: { rollout: { indicators: { jobs: JOBS, lag: LAG } } } })).not.toThrow();
  });
});

test("indicators reach the gate as they are written", () => {
  expect(customIndicators({ jobs: JOBS, lag: LAG })).toEqual([
    { name: "jobs", kind: "ratio", limit: 2, minimumSamples: undefined },
    { name: "lag", kind: "value", limit: 60, unit: "seconds", bad: "below", tolerated: 5, minimumSamples: 7 },
  ]);
  expect(customQueries({ jobs: JOBS, lag: LAG })).toEqual([
    { name: "jobs", kind: "ratio", all: JOBS.all, bad: JOBS.bad },
    { name: "lag", kind: "value", query: LAG.query, worst: "lowest" },
  ]);
});
