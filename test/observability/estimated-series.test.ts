import { expect, test } from "@jest/globals";
import { estimatedSeries } from "../../components/observability/estimated-series.ts";
import { LEVEL, TCP } from "./levels.ts";

const ONE = { revisions: 1, pods: 1 };

test.each([
  // 3 histograms of 20 bounds, +Inf, sum and count, and the counter, for each of 4 answers and both reporters.
  ["a service with one pod", LEVEL, ONE, 2 * 4 * (3 * 23 + 1)],
  ["twice as many pods", LEVEL, { revisions: 1, pods: 2 }, 2 * 2 * 4 * 70],
  ["a rollout", LEVEL, { revisions: 2, pods: 3 }, 2 * 2 * 3 * 4 * 70],
  ["three callers and two answers", LEVEL, { ...ONE, callers: 3, answers: 2 }, 2 * 3 * 2 * 70],
  ["plain TCP", TCP, ONE, 2 * 4],
])("the mesh tells of %s by so many series", (_, level, population, series) => {
  expect(estimatedSeries(level, population).mesh).toBe(series);
});

test("a revision more adds its own recorded series, and its canary's alerts", () => {
  const [one, two, pods] = [ONE, { revisions: 2, pods: 1 }, { revisions: 1, pods: 2 }].map((population) => estimatedSeries(LEVEL, population));
  expect([one?.recorded, two?.recorded, pods?.recorded]).toEqual([37, 45, 37]);
  // Three limits of the canary, five alerts a pod, and those of Deployment, autoscaler and disruption budget; each is two series.
  expect([one?.alerts, two?.alerts, pods?.alerts]).toEqual([50, 72, 60]);
});
