import { parseCoverage } from "../../components/workflows/scripts/lib/coverage.mjs";
import { scriptRoom } from "../../test/workflows/script-room.ts";

const room = scriptRoom();

describe("parseCoverage", () => {
  it.each<[string, string, { covered: number; total: number } | undefined]>([
    ["Cobertura", `<?xml version="1.0" ?>\n<coverage version="7.6" lines-valid="200" lines-covered="141" line-rate="0.705" branches-covered="0">\n<packages/></coverage>`, { covered: 141, total: 200 }],
    ["coverage.py's JSON", JSON.stringify({ totals: { covered_lines: 7, num_statements: 10, percent_covered: 70 } }), { covered: 7, total: 10 }],
    ["lcov of two files, as Windows writes it", "TN:\r\nSF:a.js\r\nLF:10\r\nLH:4\r\nend_of_record\r\nSF:b.js\r\nLF:10\r\nLH:10\r\nend_of_record\r\n", { covered: 14, total: 20 }],
    ["Go's profile, a block of two packages counted once", "mode: atomic\na/b.go:1.2,3.4 5 0\na/b.go:9.1,9.9 5 0\na/b.go:1.2,3.4 5 2\n", { covered: 5, total: 10 }],
    ["an empty text", "", undefined],
    ["no lines at all", `<coverage lines-valid="0" lines-covered="0"></coverage>`, undefined],
    ["more covered than there is", JSON.stringify({ totals: { covered_lines: 11, num_statements: 10 } }), undefined],
    ["JSON of something else", "{}", undefined],
    ["a broken JSON", "{", undefined],
    ["a page of HTML", "<html><body>coverage 100%</body></html>", undefined],
  ])("reads %s", (_, text, coverage) => {
    expect(parseCoverage(text)).toEqual(coverage);
  });
});

describe("pr-coverage", () => {
  const cover = async (covered: number, total: number, minimum: string) => {
    room.write("coverage.json", JSON.stringify({ totals: { covered_lines: covered, num_statements: total } }));
    return await room.run("pr-coverage.mjs", { REPORT: "coverage.json", MINIMUM_PERCENT: minimum });
  };

  it("lets the minimum itself pass", async () => {
    const ran = await cover(70, 100, "70");
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.outputs["findings"] ?? "")).toEqual([{ check: "Coverage", level: "pass", text: "70.00 % (70 of 100), at least 70 %" }]);
  });

  it("does not round a miss up to a pass", async () => {
    const ran = await cover(69_999, 100_000, "70");
    expect(ran).toMatchObject({ code: 1, stderr: "::error::Coverage: 69.99 %25 (69999 of 100000) is below 70 %25; test what the change adds\n" });
  });

  it("fails where the report is missing or is none", async () => {
    room.write("odd.xml", "nothing");
    expect(await room.run("pr-coverage.mjs", { REPORT: "missing.xml", MINIMUM_PERCENT: "70" })).toMatchObject({ code: 1, stderr: "::error::missing.xml: is not there; the tests have to write it\n" });
    expect((await room.run("pr-coverage.mjs", { REPORT: "odd.xml", MINIMUM_PERCENT: "70" })).stderr).toContain("::error::odd.xml: is no report with at least one line");
  });
});

describe("pr-benchmarks", () => {
  const seconds = (around: number) => [-3, 2, -1, 0, 1, 3, -2, 1, 0, -1].map((percent) => around * (1 + percent / 100));
  const results = (benchmarks: Record<string, number>) => JSON.stringify({ benchmarks: Object.entries(benchmarks).map(([fullname, around]) => ({ fullname, stats: { data: seconds(around) } })) });
  const compared = async (base: Record<string, number> | undefined, change: Record<string, number>) => {
    const RUNNER_TEMP = room.path(base ? "with-base" : "without-base");
    if (base) room.write("with-base/base.json", results(base));
    room.write("benchmarks.json", results(change));
    const ran = await room.run("pr-benchmarks.mjs", { RESULTS: "benchmarks.json", WARN_PERCENT: "15", RUNNER_TEMP });
    return { ...ran, findings: JSON.parse(ran.outputs["findings"] ?? "null") };
  };

  it("warns of the benchmark that became slower, with the change and its certainty", async () => {
    const { code, findings } = await compared({ "a::fast": 0.01, "a::slow": 0.01 }, { "a::fast": 0.0101, "a::slow": 0.013 });
    expect(code).toBe(0);
    expect(findings).toEqual([{ check: "Benchmarks", level: "warn", text: expect.stringMatching(/^a::slow takes 30\.0 % longer \(95 % sure of \d+\.\d to \d+\.\d %\), now 13\.0 ms$/) }]);
  });

  it("counts new ones, and compares the rest", async () => {
    expect((await compared({ a: 0.01 }, { a: 0.01, b: 0.02 })).findings).toEqual([{ check: "Benchmarks", level: "pass", text: "1 benchmark compared with the base, none slower by more than 15 %; 1 new" }]);
  });

  it("manages without a base", async () => {
    expect((await compared(undefined, { a: 0.01 })).findings).toEqual([{ check: "Benchmarks", level: "pass", text: "0 benchmarks compared with the base, none slower by more than 15 %; 1 new" }]);
  });

  it("fails where nothing was measured", async () => {
    expect(await compared({ a: 1 }, {})).toMatchObject({ code: 1, stderr: "::error::benchmarks.json: has no benchmark; write pytest-benchmark's JSON\n" });
  });
});
