import {  } from "@jest/globals";
import { channels } from "../../components/workflows/channels/index.ts";
import { needsOf } from "../../components/workflows/kit/index.ts";
import { channels as schemas } from "../../settings/schema/workflows/channels.ts";
import { scriptRoom } from "../../test/workflows/script-room.ts";
import { only, shop, stepsWithSecret } from "../../test/workflows/channels/documents.ts";
import { github } from "../../test/workflows/channels/github.ts";


const benchmarks = (options = {}) => only(channels.benchmarkRegression(schemas.benchmarkRegression.parse(options), shop));

describe("benchmark-regression.yml", () => {
  it("reports the required check on every pull request, whatever it changes and however measuring ended", () => {
    const { document } = benchmarks();
    expect(document.on).toEqual({ pull_request: { branches: ["main"] }, push: { branches: ["main"] } });
    expect(document.jobs.compare).toMatchObject({ name: "benchmark-regression", needs: ["measure"], if: "always() && github.event_name == 'pull_request'" });
    expect(document.jobs.compare.steps.at(-1).env).toMatchObject({ RESULT: "${{ needs.measure.result }}", MEASURED: "${{ needs.measure.outputs.measured }}" });
  });

  it("runs the change's code with a token that reads the code and nothing else", () => {
    const { document } = benchmarks();
    expect(document.jobs.measure.permissions).toEqual({ contents: "read" });
    expect(document.jobs.compare.permissions).toEqual({ contents: "read", "pull-requests": "write" });
    expect(document.jobs.record).toMatchObject({ if: "github.event_name == 'push'", permissions: { contents: "write" } });
    expect(stepsWithSecret(document.jobs)).toEqual([]);
  });

  it("takes the limit from the settings, or from the repository's variable where one is named", () => {
    const limit = (options = {}) => benchmarks(options).document.jobs.compare.steps.at(-1).env.MAX_REGRESSION_PERCENT;
    expect([limit(), limit({ maxRegressionPercent: 7.5 }), limit({ variable: "MAX_REGRESSION_PERCENT" })]).toEqual([5, 7.5, "${{ vars.MAX_REGRESSION_PERCENT || '5' }}"]);
    expect(needsOf(benchmarks({ variable: "MAX_REGRESSION_PERCENT" }).file)).toEqual([{ kind: "variable", name: "MAX_REGRESSION_PERCENT", environments: [], file: "benchmark-regression.yml", job: "compare" }]);
  });

  it("measures what would be merged, as often as it is told", () => {
    const steps = benchmarks({ rounds: 20, run: "make bench", paths: ["src/**"] }).document.jobs.measure.steps;
    expect(steps[0].with).toEqual({ "fetch-depth": 2, "persist-credentials": false });
    expect(steps[2].env).toMatchObject({ COMMAND: "make bench", ROUNDS: 20, PATHS: "src/**", MERGED: "${{ github.event_name == 'pull_request' }}" });
  });
});

/** A program that says how fast it is: its number of nanoseconds, with a little scatter. */
const bench = (nanoseconds: number | string): string => `echo "BenchmarkAdd-4 1000 $((${nanoseconds} + RANDOM % 3)) ns/op"\n`;

describe("benchmark-measure.mjs", () => {
  function room() {
    const made = scriptRoom();
    const repository = made.repository("code");
    repository.commit("begin", { "bench.sh": bench(1000), "README.md": "one" });
    const env = (changes = {}) => ({ COMMAND: "bash bench.sh", ROUNDS: "5", PATHS: "**/*.sh\ngo.mod", MERGED: "true", FILE: made.path("out.json"), ...changes });
    const measure = async (changes = {}) => await made.run("benchmark-measure.mjs", env(changes), [], { cwd: repository.folder });
    const measured = () => JSON.parse(made.read("out.json")) as { base: [string, number[]][]; change: [string, number[]][]; rounds: number };
    /** What GitHub checks out for a pull request: its branch merged into main as that is now. */
    const merge = () => {
      repository.git("switch", "-q", "--detach", "main");
      repository.git("merge", "-q", "--no-ff", "-m", "Merge topic", "topic");
    };
    return { ...made, repository, measure, measured, merge };
  }

  it("measures a change as it would be merged against main as it is, so that nobody pays for what others merged", async () => {
    const { repository, measure, measured, merge } = room();
    repository.git("switch", "-q", "-c", "topic");
    repository.commit("slower", { "other.sh": "sleep 0" });
    repository.git("switch", "-q", "main");
    repository.commit("much slower, by somebody else", { "bench.sh": bench(9000) });
    merge();
    const { code, outputs } = await measure();
    expect({ code, outputs }).toEqual({ code: 0, outputs: { measured: "true" } });
    const { base, change, rounds } = measured();
    expect([rounds, base[0]?.[1].length, change[0]?.[1].length]).toEqual([5, 5, 5]);
    for (const [[, samples] = ["", []]] of [base, change]) expect(samples.every((value) => value >= 9000 && value < 9003)).toBe(true);
  });

  it("measures each side in its own code", async () => {
    const { repository, measure, measured, merge } = room();
    repository.git("switch", "-q", "-c", "topic");
    repository.commit("slower", { "bench.sh": bench(2000) });
    merge();
    expect((await measure()).code).toBe(0);
    expect(measured().base[0]?.[1].every((value) => value >= 1000 && value < 1003)).toBe(true);
    expect(measured().change[0]?.[1].every((value) => value >= 2000 && value < 2003)).toBe(true);
  });

  it("measures nothing for a change that touches none of the paths", async () => {
    const { repository, measure, merge, exists } = room();
    repository.git("switch", "-q", "-c", "topic");
    repository.commit("words", { "README.md": "two" });
    merge();
    const { outputs } = await measure();
    expect([outputs, exists("out.json")]).toEqual([{ measured: "false" }, false]);
  });

  it("measures a merge alone, without a base", async () => {
    const { measure, measured } = room();
    expect((await measure({ MERGED: "false" })).code).toBe(0);
    expect([measured().base, measured().change[0]?.[0]]).toEqual([[], "BenchmarkAdd"]);
  });

  it("warns where the base cannot be measured, because it may have no benchmarks yet", async () => {
    const { repository, measure, measured, merge } = room();
    repository.commit("broken", { "bench.sh": "exit 3" });
    repository.git("switch", "-q", "-c", "topic");
    repository.commit("mended", { "bench.sh": bench(1000) });
    merge();
    const { code, stdout } = await measure();
    expect([code, measured().base]).toEqual([0, []]);
    expect(stdout).toContain("::warning::the benchmarks of the base fail, so there is nothing to compare with");
  });

  it("fails where the change cannot be measured", async () => {
    const { repository, measure, merge, exists } = room();
    repository.git("switch", "-q", "-c", "topic");
    repository.commit("broken", { "bench.sh": "exit 3" });
    merge();
    const { code, stderr } = await measure();
    expect([code, stderr, exists("out.json")]).toEqual([1, expect.stringContaining("::error::the benchmarks fail: "), false]);
  });

  it("gives the runner no command of what a benchmark prints", async () => {
    const { repository, measure } = room();
    repository.commit("loud", { "bench.sh": `echo '::add-mask::x'\n${bench(1)}` });
    const { stdout } = await measure({ MERGED: "false" });
    const lines = stdout.split("\n");
    const commands = lines.flatMap((line, at) => (line === "::add-mask::x" ? [at] : []));
    expect(commands.length).toBe(6);
    for (const at of commands) {
      const token = /^::stop-commands::([0-9a-f-]{36})$/.exec(lines.slice(0, at).findLast((line) => line.startsWith("::stop-commands::")) ?? "")?.[1];
      expect(lines.indexOf(`::${token}::`)).toBeGreaterThan(at);
    }
  });
});

describe("benchmark-compare.mjs", () => {
  const ten = (value: number) => Array.from({ length: 10 }, (_, at) => value + (at % 3));

  async function compared(hub: Awaited<ReturnType<typeof github>>, change: number, env = {}) {
    const room = scriptRoom();
    room.write("benchmarks.json", JSON.stringify({ base: [["BenchmarkAdd", ten(1000)]], change: [["BenchmarkAdd", ten(change)]], rounds: 10 }));
    return await room.run("benchmark-compare.mjs", { ...hub.env, RESULT: "success", MEASURED: "true", MAX_REGRESSION_PERCENT: "5", PULL_REQUEST: "12", HISTORY_BRANCH: "metrics", FILE: "benchmarks.json", ...env });
  }

  it("fails on a regression and says so in a comment, which the next push changes", async () => {
    const hub = await github();
    const slow = await compared(hub, 1100);
    expect([slow.code, slow.stderr]).toEqual([1, "::error::slower by more than 5 %25: BenchmarkAdd\n"]);
    expect(slow.summary).toContain("**1 of 1 benchmarks are slower by more than 5 %.**");
    expect(hub.issues[0]?.comments).toMatchObject([{ body: expect.stringContaining("regression |") }]);
    expect((await compared(hub, 1000)).code).toBe(0);
    expect(hub.issues[0]?.comments).toMatchObject([{ body: expect.stringContaining("No benchmark is slower by more than 5 %.") }]);
  });

  it("follows the limit that it is given", async () => {
    expect((await compared(await github(), 1100, { MAX_REGRESSION_PERCENT: "12.5" })).code).toBe(0);
  });

  it("does without the comment where the token may only read, and still judges", async () => {
    const readOnly = async () => await github({ before: ({ method }) => (method === "GET" ? undefined : { status: 403, body: { message: "Resource not accessible by integration" } }) });
    const fine = await compared(await readOnly(), 1000);
    expect([fine.code, fine.stdout]).toEqual([0, "::warning::the token of this run may not comment; the report is on the run's page\n"]);
    expect(fine.summary).toContain("### Benchmarks");
    expect((await compared(await readOnly(), 1100)).code).toBe(1);
  });

  it("fails where GitHub is broken otherwise", async () => {
    const hub = await github({ before: ({ method }) => (method === "POST" ? { status: 422, body: { message: "no" } } : undefined) });
    expect((await compared(hub, 1000)).code).toBe(1);
  });

  it("passes where nothing was to be measured, and fails where measuring failed", async () => {
    const hub = await github();
    const skipped = await compared(hub, 1100, { MEASURED: "false" });
    expect([skipped.code, skipped.summary]).toEqual([0, "The change touches nothing that the benchmarks measure.\n"]);
    const failed = await compared(hub, 1000, { RESULT: "failure", MEASURED: "" });
    expect([failed.code, failed.stderr]).toEqual([1, "::error::measuring ended with failure; its log says why\n"]);
    expect(hub.requests).toEqual([]);
  });

  it("refuses a limit that is none, because a wrong variable must not open the gate", async () => {
    const { code, stderr } = await compared(await github(), 1100, { MAX_REGRESSION_PERCENT: "five" });
    expect([code, stderr]).toEqual([1, '::error::MAX_REGRESSION_PERCENT: is not a number of per cent, got "five"; correct it and run again\n']);
  });

  it("shows what recent merges took, which benchmark-record.mjs keeps once a commit", async () => {
    const hub = await github();
    const room = scriptRoom();
    room.write("merged.json", JSON.stringify({ base: [], change: [["BenchmarkAdd", [990, 1000, 1010]]], rounds: 3 }));
    const record = async (sha: string) => await room.run("benchmark-record.mjs", { ...hub.env, HISTORY_BRANCH: "metrics", GITHUB_SHA: sha, FILE: "merged.json" });
    for (const sha of ["a".repeat(40), "b".repeat(40), "b".repeat(40)]) expect((await record(sha)).code).toBe(0);
    expect(hub.file("metrics", "benchmarks.jsonl").map((line) => JSON.parse(line).medians)).toEqual([[["BenchmarkAdd", 1000]], [["BenchmarkAdd", 1000]]]);
    expect((await compared(hub, 1000)).summary).toMatch(/\| 1\.001 µs \| 1\.001 µs \| 0\.0 % .* \| 1 µs \| same \|/);
  });
});
