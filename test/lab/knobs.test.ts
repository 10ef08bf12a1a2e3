import { afterAll, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readKnobs } from "../../lab/agent/knobs.ts";
import { CALM, drawnLatency, knobsOf } from "../../lab/demo/knobs.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-knobs-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("an app without knobs answers at once and never fails", () => {
  expect(knobsOf({})).toEqual(CALM);
});

test("the environment sets each knob, and a text that is no number is refused by name", () => {
  expect(knobsOf({ LAB_VERSION: "v2", LAB_ERROR_SHARE: "0.1", LAB_MEDIAN_MS: "20", LAB_P95_MS: "3000", LAB_CRASH_AFTER_MS: "0", LAB_NEVER_READY: "true", LAB_START_MS: "500" }))
    .toEqual({ version: "v2", errorShare: 0.1, medianMs: 20, p95Ms: 3000, crashAfterMs: 0, neverReady: true, startMs: 500 });
  expect(() => knobsOf({ LAB_ERROR_SHARE: "much" })).toThrow(new RangeError('LAB_ERROR_SHARE: not a number, got "much"; give a number'));
});

test("half of the times drawn lie below the median, and 95 of 100 below the percentile", () => {
  let seed = 1;
  const uniform = () => ((seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647);
  const drawn = Array.from({ length: 20_000 }, () => drawnLatency({ medianMs: 100, p95Ms: 3000 }, uniform));
  expect(drawn.filter((time) => time <= 100).length / drawn.length).toBeCloseTo(0.5, 1);
  expect(drawn.filter((time) => time <= 3000).length / drawn.length).toBeCloseTo(0.95, 2);
  expect(drawnLatency({ medianMs: 0, p95Ms: 0 }, uniform)).toBe(0);
});

test("the file of a Deployment turns its pods alone, and a longer name wins", () => {
  writeFileSync(join(folder, "shop.shop-v1.json"), '{"errorShare":0.1,"version":"v1"}');
  writeFileSync(join(folder, "shop.shop-v1-abc.json"), '{"errorShare":0.5}');
  writeFileSync(join(folder, "shop.shop-v2.json"), "{");
  expect(readKnobs(folder, "shop/shop-v1-abc-xyz")).toEqual({ errorShare: 0.5, version: "v1" });
  expect(readKnobs(folder, "shop/shop-v1-def-xyz")).toEqual({ errorShare: 0.1, version: "v1" });
  expect(readKnobs(folder, "shop/shop-v2-abc")).toEqual({});
  expect(readKnobs(folder, "other/shop-v1-abc")).toEqual({});
});
