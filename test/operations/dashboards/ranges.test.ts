import { describe, expect, test } from "@jest/globals";
import { builtIn } from "../../../operations/dashboards/page/ask.ts";
import { aligned, interval, milliseconds, moment, promDuration, rateInterval, timeRange } from "../../../operations/dashboards/page/ranges.ts";

const NOW = new Date(2026, 10, 21, 16, 50, 30).getTime();
const HOUR = 3_600_000;

describe("a time range", () => {
  test.each([
    ["now", NOW], ["now-3h", NOW - 3 * HOUR], ["now-30d", NOW - 720 * HOUR], ["now+15m", NOW + 900_000], ["1763743830000", 1_763_743_830_000],
    ["now/d", new Date(2026, 10, 21).getTime()], ["now-1d/d", new Date(2026, 10, 20).getTime()], ["now/w", new Date(2026, 10, 16).getTime()], ["now/h", new Date(2026, 10, 21, 16).getTime()],
    ["now/M", new Date(2026, 10, 1).getTime()], ["now/y", new Date(2026, 0, 1).getTime()],
  ])("begins at %s", (text, at) => {
    expect(moment(text, NOW)).toBe(at);
  });

  test("ends with the last millisecond of what it is rounded to", () => {
    expect(timeRange({ from: "now/d", to: "now/d" }, NOW)).toEqual({ from: new Date(2026, 10, 21).getTime(), to: new Date(2026, 10, 22).getTime() - 1 });
  });

  test("says what is no moment, and what is no range", () => {
    expect(() => moment("yesterday", NOW)).toThrow(new RangeError('time: is no moment, got "yesterday"; write now, now-3h or now/d'));
    expect(() => timeRange({ from: "now", to: "now-1h" }, NOW)).toThrow(new RangeError("time: now is not before now-1h; choose an earlier start"));
  });

  test.each([["15s", 15_000], ["1h30m", 5_400_000], ["250ms", 250], ["1.5h", 5_400_000], ["soon", undefined], ["5", undefined], ["", undefined]])("%s is a length of %p", (text, length) => {
    expect(milliseconds(text)).toBe(length);
  });

  test.each([[60_000, "1m"], [90_000, "90s"], [86_400_000, "1d"], [1500, "1500ms"], [7_200_000, "2h"]])("%p milliseconds are %s for Prometheus", (length, text) => {
    expect(promDuration(length)).toBe(text);
  });
});

describe("Grafana's intervals", () => {
  test.each([
    ["three hours on 600 pixels", 3 * HOUR, 600, 15_000, 20_000],
    ["never less than the scrapes are apart", HOUR, 1200, 15_000, 15_000],
    ["a day", 24 * HOUR, 600, 15_000, 120_000],
    ["a week", 168 * HOUR, 600, 15_000, 900_000],
    ["thirty days", 720 * HOUR, 600, 15_000, 3_600_000],
  ])("are rounded for %s", (_, length, points, least, step) => {
    expect(interval({ from: 0, to: length }, points, least)).toBe(step);
  });

  test("a rate always sees four scrapes, or one more than the step", () => {
    expect([rateInterval(15_000, 15_000), rateInterval(120_000, 15_000)]).toEqual([60_000, 135_000]);
  });

  test("a range lies on multiples of its step", () => {
    expect(aligned({ from: 61_000, to: 299_000 }, 60_000)).toEqual({ from: 60_000, to: 240_000 });
  });

  test("are what queries see", () => {
    expect(builtIn({ from: 1000, to: 1000 + 3 * HOUR }, 20_000, 15_000)).toEqual({
      __interval: "20s", __interval_ms: "20000", __rate_interval: "1m", __range: "10800s", __range_s: "10800", __range_ms: "10800000", __from: "1000", __to: "10801000",
    });
  });
});
