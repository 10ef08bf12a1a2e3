import { describe, expect, test } from "@jest/globals";
import { fixed, formatValue } from "../../../operations/dashboards/page/units.ts";
import { dateTime, fromNow } from "../../../operations/dashboards/page/times.ts";

/** What Grafana writes, by its own tests and by hand. */
const WRITTEN: [value: number, unit: string, decimals: number | undefined, text: string][] = [
  [0.0024, "ms", 4, "0.0024 ms"],
  [100, "ms", 0, "100 ms"],
  [1250, "ms", 2, "1.25 s"],
  [10_000_086.123, "ms", 1, "2.8 hour"],
  [1200, "ms", 0, "1 s"],
  [691_200_000, "ms", undefined, "8 day"],
  [0, "ms", undefined, "0 ms"],
  [0, "s", undefined, "0 s"],
  [0.5, "s", undefined, "500 ms"],
  [0.000_25, "s", undefined, "250 µs"],
  [90, "s", undefined, "1.50 min"],
  [5400, "s", undefined, "1.50 hour"],
  [691_200, "s", undefined, "1.14 week"],
  [3.5, "d", 1, "3.5 day"],
  [14, "d", undefined, "2 week"],
  [98_765, "short", 2, "98.77 K"],
  [9_876_543, "short", 6, "9.876543 Mil"],
  [1000, "short", undefined, "1 K"],
  [999.9, "short", undefined, "1000"],
  [12, "short", undefined, "12"],
  [0.0345, "short", undefined, "0.0345"],
  [0.9987, "percentunit", undefined, "99.9%"],
  [0.07, "percentunit", undefined, "7%"],
  [0.999_123, "percentunit", 3, "99.912%"],
  [-0.25, "percentunit", undefined, "-25%"],
  [42.195, "percent", 1, "42.2%"],
  [1_048_576, "bytes", undefined, "1 MiB"],
  [1536, "bytes", undefined, "1.50 KiB"],
  [10_000_000_000, "bytes", 3, "9.313 GiB"],
  [10_000_000_000, "decbytes", 3, "10.000 GB"],
  [2_500_000, "Bps", undefined, "2.50 MB/s"],
  [1532.82, "reqps", 2, "1.53K req/s"],
  [12.34, "reqps", undefined, "12.3 req/s"],
  [0.25, "cps", undefined, "0.250 c/s"],
  [3, "none", undefined, "3"],
  [1, "bool_yes_no", undefined, "Yes"],
  [0, "bool_yes_no", undefined, "No"],
  [1, "dtdurations", 0, "1 second"],
  [129_600, "dtdurations", 2, "1 day, 12 hours, 0 minutes"],
  [38_898_367.008, "dtdurations", 1, "1 year, 2 months"],
  [0, "dtdurations", undefined, "0 seconds"],
  [0.5, "dtdurations", undefined, "500 milliseconds"],
  [-1, "dtdurations", undefined, "1 second ago"],
  [1.5, "cores", undefined, "1.50 cores"],
  [1.5, "suffix:x", undefined, "1.50x"],
  [5, "prefix:#", undefined, "#5"],
  [Infinity, "ms", undefined, "∞"],
  [-Infinity, "short", undefined, "-∞"],
  [Number.NaN, "short", undefined, "NaN"],
];

describe("a number with its unit", () => {
  test.each(WRITTEN)("%p as %s with %p decimals is %s", (value, unit, decimals, text) => {
    expect(formatValue(value, unit, decimals)).toBe(text);
  });

  test.each([[100, undefined, "100"], [100.4, undefined, "100"], [100.5, undefined, "101"], [100, 1, "100.0"], [100.37, 1, "100.4"], [100.4, 2, "100.40"], [186.123, -2, "186"], [1.0001, undefined, "1.00"]])(
    "%p with %p decimals is %s", (value, decimals, text) => {
      expect(fixed(value, decimals)).toBe(text);
    });

  test("a moment is written in the reader's own time", () => {
    const moment = new Date(2026, 10, 21, 7, 5, 9);
    expect(formatValue(moment.getTime(), "dateTimeAsIso")).toBe("2026-11-21 07:05:09");
    expect(dateTime(moment)).toBe("2026-11-21 07:05:09");
  });

  test.each([[20, "a few seconds ago"], [60, "a minute ago"], [120, "2 minutes ago"], [3600, "an hour ago"], [7200, "2 hours ago"], [86_400, "a day ago"], [604_800, "7 days ago"], [2_764_800, "a month ago"], [8_000_000, "3 months ago"], [34_000_000, "a year ago"], [70_000_000, "2 years ago"], [-600, "in 10 minutes"]])(
    "%p seconds ago is %s", (seconds, text) => {
      expect(fromNow(1_000_000_000_000 - seconds * 1000, 1_000_000_000_000)).toBe(text);
    });
});
