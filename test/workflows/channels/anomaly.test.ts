import * as fc from "fast-check";
import { findings } from "../../../components/workflows/scripts/lib/anomaly.mjs";
import { withRecord } from "../../../components/workflows/scripts/lib/branch-file.mjs";
import { healthOf, perDay } from "../../../components/workflows/scripts/lib/release-figures.mjs";

const options = { minimumDays: 7, threshold: 3.5 };

/** Days before Monday 2026-11-23; downloads halve at weekends and scatter by a few per cent. */
function days(count: number) {
  return Array.from({ length: count }, (_, at) => {
    const date = new Date(Date.UTC(2026, 10, 23 - count + at));
    const isWeekend = [0, 6].includes(date.getUTCDay());
    return { date: date.toISOString().slice(0, 10), npmDownloads: (isWeekend ? 400 : 1000) + ((at * 37) % 60), ciSuccessPercent: 96 + (at % 3), ciMinutes: 8 + (at % 2) };
  });
}

function verdict(today: Record<string, unknown>, history: Record<string, unknown>[] = days(60)) {
  return Object.fromEntries(findings(history, today, options).map(({ key, verdict: said }) => [key, said]));
}

describe("what is unusual", () => {
  it("is a drop and a surge of downloads, and not a usual day", () => {
    expect(verdict({ date: "2026-11-23", npmDownloads: 1010 })).toEqual({ npmDownloads: "normal" });
    expect(verdict({ date: "2026-11-23", npmDownloads: 300 })).toEqual({ npmDownloads: "anomaly" });
    expect(verdict({ date: "2026-11-23", npmDownloads: 9000 })).toEqual({ npmDownloads: "anomaly" });
  });

  it("is judged by the same kind of day: a weekend's figures are no drop", () => {
    expect(verdict({ date: "2026-11-28", npmDownloads: 420 })).toEqual({ npmDownloads: "normal" });
    expect(verdict({ date: "2026-11-28", npmDownloads: 1010 })).toEqual({ npmDownloads: "anomaly" });
  });

  it("is only the bad direction of CI", () => {
    expect(verdict({ date: "2026-11-23", ciSuccessPercent: 60, ciMinutes: 20 })).toEqual({ ciSuccessPercent: "anomaly", ciMinutes: "anomaly" });
    expect(verdict({ date: "2026-11-23", ciSuccessPercent: 100, ciMinutes: 1 })).toEqual({ ciSuccessPercent: "normal", ciMinutes: "normal" });
  });

  it("is nothing that makes no difference: few downloads scatter widely", () => {
    const few = days(60).map((day) => ({ ...day, npmDownloads: 2 }));
    expect(verdict({ date: "2026-11-23", npmDownloads: 20 }, few)).toEqual({ npmDownloads: "normal" });
    expect(verdict({ date: "2026-11-23", npmDownloads: 40 }, few)).toEqual({ npmDownloads: "anomaly" });
  });

  it("is not known before there are enough comparable days", () => {
    expect(findings(days(8), { date: "2026-11-23", npmDownloads: 0 }, options)).toEqual([{ key: "npmDownloads", title: "npm downloads a day", value: 0, verdict: "unknown", days: 5 }]);
    expect(verdict({ date: "2026-11-23", npmDownloads: 0 }, days(11))).toEqual({ npmDownloads: "anomaly" });
  });

  it("does not depend on one bad day in the history", () => {
    const history = days(60).map((day, at) => (at === 30 ? { ...day, npmDownloads: 1_000_000 } : day));
    expect(verdict({ date: "2026-11-23", npmDownloads: 300 }, history)).toEqual({ npmDownloads: "anomaly" });
    expect(verdict({ date: "2026-11-23", npmDownloads: 1010 }, history)).toEqual({ npmDownloads: "normal" });
  });

  it("leaves out what was not collected, and forgets what is older than ninety days", () => {
    expect(verdict({ date: "2026-11-23", npmDownloads: undefined })).toEqual({});
    expect(verdict({ date: "2027-06-01", npmDownloads: 1 })).toEqual({ npmDownloads: "unknown" });
  });

  it("is never what the median of the days before is", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 61, maxLength: 61 }), (values) => {
        const history = days(61).map((day, at) => ({ ...day, ciMinutes: values[at] ?? 0 }));
        const [usual = 0] = [...values].sort((a, b) => a - b).slice(30, 31);
        expect(verdict({ date: "2026-11-23", ciMinutes: usual }, history)).toEqual({ ciMinutes: "normal" });
      }),
    );
  });
});

describe("the figures", () => {
  it("are a day's share of what GitHub counts for ever, and never negative", () => {
    const history = [{ date: "2026-11-20", githubDownloadsTotal: 100 }, { date: "2026-11-21" }];
    expect(perDay(190, "2026-11-23", history)).toBe(30);
    expect(perDay(50, "2026-11-23", history)).toBe(0);
    expect(perDay(50, "2026-11-23", [])).toBeUndefined();
    expect(perDay(50, "2026-11-20", history)).toBeUndefined();
  });

  it("count runs that ended, not those that were cancelled or skipped", () => {
    const run = (conclusion: string, minutes: number) => ({ conclusion, run_started_at: "2026-11-20T08:00:00Z", updated_at: new Date(Date.UTC(2026, 10, 20, 8, minutes)).toISOString() });
    expect(healthOf([run("success", 4), run("success", 6), run("failure", 30), run("timed_out", 40), run("cancelled", 1), run("skipped", 0)])).toEqual({ ciRuns: 4, ciSuccessPercent: 50, ciMinutes: 6 });
    expect(healthOf([run("cancelled", 1)])).toEqual({ ciRuns: 0 });
  });

  it("are kept once a day, and the oldest go", () => {
    const records = [{ date: "1" }, { date: "2", old: true }, { date: "3" }];
    expect(withRecord(records, { date: "2" }, "date", 2)).toEqual([{ date: "3" }, { date: "2" }]);
  });
});
