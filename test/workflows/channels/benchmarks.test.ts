import {  } from "@jest/globals";
import { judge, parseGoBench, recent, report } from "../../../components/workflows/scripts/lib/benchmarks.mjs";


/** Ten runs around a value, with the same small scatter. */
function around(value: number): number[] {
  return [-1.5, 1, -0.5, 0, 0.5, 1.5, -1, 0.5, 0, -0.5].map((percent) => value * (1 + percent / 100));
}

/** Ten runs on a machine that is busy with something else. */
function noisy(value: number, turn: number): number[] {
  return [-20, 35, 5, -10, 22, -15, 40, 0, -5, 12].map((_, at, all) => value * (1 + (all[(at + turn) % 10] ?? 0) / 100));
}

describe("what go test prints", () => {
  it("is nanoseconds by folder and benchmark, every run of it, and nothing else", () => {
    const text = [
      "goos: linux",
      "pkg: example.com/memory/store",
      "cpu: AMD EPYC",
      "BenchmarkAdd-8   \t 1000\t      1234 ns/op\t      56 B/op\t       2 allocs/op",
      "BenchmarkAdd-8   \t 1000\t      1250.5 ns/op",
      "BenchmarkFind/size=10-8 \t 5\t 2.5e+06 ns/op",
      "pkg: example.com/memory/index",
      "BenchmarkAdd \t 1\t 7 ns/op",
      "BenchmarkBroken-8 \t 1\t 0 ns/op",
      "BenchmarkRate-8 \t 100 \t 12 MB/s",
      "::error::no benchmark",
      "ok  \texample.com/memory/store\t1.2s",
    ].join("\n");
    expect([...parseGoBench(text)]).toEqual([
      ["example.com/memory/store BenchmarkAdd", [1234, 1250.5]],
      ["example.com/memory/store BenchmarkFind/size=10", [2_500_000]],
      ["example.com/memory/index BenchmarkAdd", [7]],
    ]);
  });
});

describe("the judgement of a change", () => {
  const verdicts = (base: [string, number[]][], change: [string, number[]][], maxPercent = 5) =>
    Object.fromEntries(judge(new Map(base), new Map(change), { maxPercent }).map(({ name, verdict }) => [name, verdict]));

  it("blames what is slower by more than the limit, and nothing else", () => {
    expect(verdicts([["slow", around(100)], ["bit", around(100)], ["fast", around(100)]], [["slow", around(110)], ["bit", around(104)], ["fast", around(60)]])).toEqual({
      slow: "regression",
      bit: "same",
      fast: "improvement",
    });
  });

  it("follows the limit", () => {
    expect(verdicts([["a", around(100)]], [["a", around(110)]], 15)).toEqual({ a: "same" });
  });

  it("blames nobody for noise, although its median is beyond the limit", () => {
    expect(judge(new Map([["a", noisy(100, 0)]]), new Map([["a", noisy(108, 3)]]), { maxPercent: 5 })).toMatchObject([{ verdict: "unclear", changePercent: expect.closeTo(8, 5) }]);
  });

  it("needs to be surer where more is compared: of fifty equal benchmarks on a busy machine none is blamed", () => {
    let state = 7;
    const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const side = () => Array.from({ length: 50 }, (_, at): [string, number[]] => [`b${at}`, Array.from({ length: 10 }, () => 100 + 40 * random())]);
    expect(Object.values(verdicts(side(), side()))).not.toContain("regression");
  });

  it("judges no benchmark that only one side has", () => {
    expect(verdicts([["old", around(1)]], [["new", around(9)]])).toEqual({ new: "new", old: "gone" });
  });

  it("is the same for the same measurements", () => {
    const once = () => judge(new Map([["a", noisy(100, 0)]]), new Map([["a", noisy(130, 4)]]), { maxPercent: 5 });
    expect(once()).toEqual(once());
  });
});

describe("the report", () => {
  it("names the worst first, shows times in their units, and lets no name be markup", () => {
    const rows = judge(new Map([["fine", around(2_500)], ["bad", around(1_500_000)]]), new Map([["fine", around(2_500)], ["bad", around(3_000_000)], ["@all<b>|x", around(12)]]), { maxPercent: 5 });
    const history = recent([{ commit: "a", medians: [["fine", 2000]] }, { commit: "b", medians: [["fine", 3000]] }, { commit: "c" }]);
    const lines = report(rows, { maxPercent: 5, history, runs: 10 }).split("\n");
    expect(lines[2]).toBe("**1 of 3 benchmarks are slower by more than 5 %.**");
    expect(lines.slice(6, 9)).toEqual([
      expect.stringMatching(/^\| bad \| 1\.5 ms \| 3 ms \| &#43;100\.0 % .* \|  \| regression \|$/),
      expect.stringMatching(/^\| fine \| 2\.5 µs \| 2\.5 µs \| 0\.0 % .* \| 2\.5 µs \| same \|$/),
      "| @&#8203;all&#60;b&#62;&#124;x |  | 12 ns |  |  | new |",
    ]);
  });

  it("says in one line that nothing is slower", () => {
    expect(report(judge(new Map([["a", around(5)]]), new Map([["a", around(5)]]), { maxPercent: 5 }), { maxPercent: 5, runs: 10 })).toContain("\nNo benchmark is slower by more than 5 %.\n");
  });
});
