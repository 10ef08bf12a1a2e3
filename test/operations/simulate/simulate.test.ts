import { afterAll, afterEach, describe, expect, jest, test } from "@jest/globals";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compare, caseTable, standardCases } from "../../../operations/simulate/cases.ts";
import type { SimulateOptions } from "../../../operations/simulate/options.ts";
import { simulate } from "../../../operations/simulate/simulate.ts";
import { clearRooms, room } from "../../toolchain/room.ts";
import { POLICY } from "../gate/fixtures.ts";

const OPTIONS: SimulateOptions = {
  stack: "sandbox", policy: "all", requestsPerSecond: "20", errorStable: "0.1", errorCandidate: "5.1", latencyStable: "60,200", latencyCandidate: "60,200",
  onset: "0", session: "1", weather: "0", dwell: "600", look: "15", lag: "8", horizon: "86400", runs: "10", seed: "1",
};

const printed = jest.spyOn(console, "log").mockImplementation(() => undefined);
afterEach(() => void printed.mockClear());
afterAll(clearRooms);

/** The exit code and everything that was printed. */
function run(options: Partial<SimulateOptions> = {}): [number, string] {
  const code = simulate({ ...OPTIONS, ...options });
  return [code, printed.mock.calls.map(([line]) => String(line)).join("\n")];
}

describe("slipway simulate", () => {
  test("shows a line and a chart a policy, without colours where there is no terminal", () => {
    const [code, text] = run();
    expect(code).toBe(0);
    expect(text.split("\n")[0]).toMatch(/^policy +rolled back +at the first stage +median +p95 +failed requests +completed +takes$/);
    expect(text).toMatch(/^slipway +100 % +100 % /m);
    expect(text).toMatch(/^flagger: rolled back within \d+ min \d+ s\n {2}100 % ┼/m);
    expect(text).not.toContain("\u001b");
  });

  test("gives scripts JSON, the same for the same seed", () => {
    const [, first] = run({ json: true });
    printed.mockClear();
    const [, second] = run({ json: true });
    expect(second).toBe(first);
    expect(JSON.parse(first)).toMatchObject({
      traffic: { requestsPerSecond: 20, stable: { errors: 0.001 } },
      schedule: { stages: [10, 25, 50, 100], dwellSeconds: 600, lookSeconds: 15 },
      run: { runs: 10, seed: 1 },
      policies: [{ policy: "slipway", runs: 10, rolledBack: 100, atFirstStage: 100, stages: { "10": 100 }, completed: 0, duration: null }, { policy: "flagger" }, { policy: "argo-rollouts" }],
    });
  });

  test("rolls nothing healthy back, and shows no chart of it", () => {
    const [, text] = run({ errorCandidate: "0.1", policy: "slipway" });
    expect(text.split("\n").slice(1)).toEqual([expect.stringMatching(/^slipway {2}0 % +0 % +- +- +[\d.]+ +100 % +40 min 0 s$/)]);
  });

  test("takes limits and stages of a service", () => {
    const [, text] = run({ service: "continuum", policy: "slipway", runs: "1", json: true });
    expect(JSON.parse(text)).toMatchObject({ schedule: { stages: expect.arrayContaining([100]) }, policies: [{ policy: "slipway" }] });
  });

  test("says everything that is wrong at once", () => {
    expect(() => run({ requestsPerSecond: "many", errorCandidate: "101", latencyStable: "200,60", session: "1.5", stages: "50,10", policy: "kayenta", runs: "0" })).toThrow([
      '--requests-per-second: must be a number from 0.01 to 100000, got "many"; write those of the whole service',
      '--latency-stable: must be <median>,<p95> in milliseconds, the second greater, got "200,60"; write such as 60,200',
      '--error-candidate: must be a number from 0 to 100, got "101"; write per cent of the requests',
      '--session: must be whole, got "1.5"; write requests that share one fate',
      '--stages: must be whole and rising, the last 100, got "50,10"; write such as 10,25,50,100',
      '--runs: must be a number from 1 to 100000, got "0"; write how many rollouts to simulate',
      '--policy: is none that is known, got "kayenta"; write all or one of slipway, flagger, argo-rollouts',
    ].join("\n"));
  });

  test("names the services where one is unknown", () => {
    expect(() => run({ service: "nothing-like-it" })).toThrow(/^--service: stack sandbox has no such service, got "nothing-like-it"; write /);
  });

  test("makes the table of the standard cases", () => {
    const results = compare(standardCases(POLICY.bounds), POLICY, { stages: [10, 25, 50, 100], dwellSeconds: 600, lookSeconds: 15 }, { runs: 3, seed: 1, horizon: 86_400, lagSeconds: 8 }, () => undefined);
    const table = caseTable(results).split("\n");
    expect(table[0]).toBe("| case | slipway | flagger | argo-rollouts | failed, of Flagger's |");
    expect(table.slice(2).map((line) => line.split(" | ")[0]?.slice(2))).toEqual(results.map(({ name }) => name));
    expect(table.find((line) => line.startsWith("| 0.1 % → 100 % |"))).toMatch(/^\| 0\.1 % → 100 % \| 100 %, 23 s \(23 s\), [\d.]+ \| 100 %, 6 min 8 s \(6 min 8 s\), [\d.]+ \| 100 %, 68 s \(68 s\), [\d.]+ \| 0\.\d\d \|$/);
  });

  test("prints that table, and says on the error stream which case it is at", () => {
    const told = jest.spyOn(process.stderr, "write").mockImplementation(() => true);
    const [code, text] = run({ cases: true, runs: "1" });
    const lines = told.mock.calls.map(([line]) => String(line));
    told.mockRestore();
    expect([code, text.split("\n").length]).toEqual([0, lines.length + 2]);
    expect(lines[0]).toBe("simulating 1 rollouts: healthy, 0.1 % errors\n");
  });

  test("leaves a rollout alone that is not over at the horizon", () => {
    const [, text] = run({ policy: "slipway", errorCandidate: "0.1", horizon: "700", json: true });
    expect(JSON.parse(text).policies).toMatchObject([{ rolledBack: 0, completed: 0, detection: null, duration: null }]);
  });
});

describe("recorded traffic", () => {
  const header = "at,weight,candidate.requests,candidate.failures,stable.requests,stable.failures";
  const rows = (failing: number): string => [header, ...Array.from({ length: 41 }, (_, at) => [15 * at, 10, 30 * at, at > 20 ? failing * (at - 20) : 0, 270 * at, 0].join(","))].join("\n");
  const recorded = (text: string): string => {
    const file = join(room(), "counters");
    writeFileSync(file, text);
    return file;
  };

  test("is judged look by look, beside what the others would have done", () => {
    const [code, text] = run({ recorded: recorded(rows(6)) });
    expect(code).toBe(2);
    expect(text.split("\n").map((line) => line.replace(/:.*/, ""))).toEqual(["40 looks", "      0 s  not-enough", "     45 s  pass", "    300 s  not-enough", "    315 s  breach", "", "slipway", "flagger", "argo-rollouts"]);
  });

  test("is a pass where nothing fails, as CSV and as JSON", () => {
    const [code, text] = run({ recorded: recorded(rows(0)), json: true });
    expect([code, JSON.parse(text)]).toMatchObject([0, { looks: 40, verdicts: [{ seconds: 0, verdict: "not-enough" }, { seconds: 45, verdict: "pass" }], rolledBack: { slipway: null, "argo-rollouts": null } }]);
    printed.mockClear();
    const list = Array.from({ length: 41 }, (_, at) => ({ at: 15 * at, weight: 10, candidate: { requests: 30 * at, failures: 0 }, stable: { requests: 270 * at, failures: 0 } }));
    expect(JSON.parse(run({ recorded: recorded(JSON.stringify(list)), json: true })[1])).toMatchObject({ looks: 40 });
  });

  test("is judged by its latencies where all bounds of the histogram are there", () => {
    const within = (requests: number, slow: number) => Object.fromEntries(POLICY.bounds.map((bound) => [bound, bound < 100 ? 0 : bound <= 2000 ? requests - slow : requests]));
    const revision = (requests: number, slow: number) => ({ requests, failures: 0, within: within(requests, slow) });
    const list = Array.from({ length: 41 }, (_, at) => ({ at: 15 * at, weight: 10, candidate: revision(30 * at, 6 * at), stable: revision(270 * at, 0) }));
    const [code, text] = run({ recorded: recorded(JSON.stringify(list)) });
    expect([code, text.includes("breach: p95 2500 ms in the last ")]).toEqual([2, true]);
  });

  test("is refused where it is none", () => {
    expect(() => run({ recorded: "/nowhere/at/all" })).toThrow(/^--recorded: cannot be read, got "\/nowhere\/at\/all" \(Error: ENOENT/);
    expect(() => run({ recorded: recorded("at,wieght\n1,2") })).toThrow(/has columns that are none, got "wieght"; write at, weight and such as/);
    expect(() => run({ recorded: recorded(header) })).toThrow(/has 0 rows of counters; two at least make a look$/);
    expect(() => run({ recorded: recorded(`${header}\n0,10,1,0,x,0`) })).toThrow(/row 1 stable\.requests: /);
    expect(() => run({ recorded: recorded("[{") })).toThrow(/is neither JSON nor CSV/);
  });
});
