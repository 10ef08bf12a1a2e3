import { execFileSync } from "node:child_process";
import { stage } from "./act/stage.ts";
import type { Ran } from "./act/log.ts";
import type { Stage } from "./act/stage.ts";
import { serve } from "../test/workflows/serve.ts";

const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

/** The run must end so; its log says why where it did not. */
function ended(ran: Ran, code: number): void {
  if (ran.code !== code) throw new Error(`ended with ${ran.code}\n${ran.log}`);
}

/** The lines of a file on a branch of the repository. */
function records({ origin }: Stage, branch: string, file: string): Record<string, unknown>[] {
  return origin.git("show", `${branch}:${file}`).split("\n").map((line) => JSON.parse(line));
}

describe("release-metrics", () => {
  it("begins a history on a branch of its own, and opens and closes the issue of an anomaly", async () => {
    let downloads = 20;
    const npm = await serve(({ path }) => (path.startsWith("/downloads/") ? { body: { downloads } } : undefined));
    const made = await stage({ workflows: { releaseMetrics: { package: "shop" } } });
    const { origin, github, run, artifact } = made;
    github.runs.push({ path: ".github/workflows/ci.yml", branch: "main", status: "completed", conclusion: "success", run_started_at: "2026-11-20T08:00:00Z", updated_at: "2026-11-20T08:06:00Z" });
    const collect = async () => {
      const ran = await run("release-metrics.yml", { event: "schedule", env: { NPM_DOWNLOADS_URL: npm.url, NPM_CONFIG_REGISTRY: npm.url } });
      ended(ran, 0);
      return ran;
    };

    await collect();
    expect(records(made, "metrics", "release-metrics.jsonl")).toEqual([{ date: day(0), npmDownloads: 20, githubDownloadsTotal: 0, ciRuns: 1, ciSuccessPercent: 100, ciMinutes: 6, promotions: 0, rollbacks: 0 }]);
    expect(origin.git("rev-list", "--count", "metrics")).toBe("1");
    expect(artifact("release-metrics")).toEqual(["release-metrics.jsonl"]);
    expect(github.issues).toEqual([]);

    past(made, Array.from({ length: 40 }, (_, at) => ({ date: day(40 - at), npmDownloads: 1000, githubDownloadsTotal: 0 })));
    const unusual = await collect();
    expect(unusual.summaries.join("\n")).toContain("| npm downloads a day | 20 | 1000 |");
    expect(github.issues).toMatchObject([{ title: "Unusual release metrics of shop", state: "open", labels: [{ name: "release-metrics" }] }]);

    downloads = 990;
    await collect();
    expect(github.issues).toMatchObject([{ state: "closed" }]);
    expect(records(made, "metrics", "release-metrics.jsonl").length).toBe(41);
  });
});

/** Puts days on the branch, as if the workflow had run on them. */
function past({ origin }: Stage, days: object[]): void {
  origin.git("switch", "-q", "metrics");
  origin.commit("Record days", { "release-metrics.jsonl": days.map((record) => `${JSON.stringify(record)}\n`).join("") });
  origin.git("switch", "-q", "main");
}

describe("benchmark-regression", () => {
  /** A Go package whose only function takes as many rounds as said. */
  const go = (rounds: number): Record<string, string> => ({
    "go.mod": "module example.com/shop\n\ngo 1.21\n",
    "sum.go": `package shop\n\nfunc Sum() (sum int) {\n\tfor i := 0; i < ${rounds}; i++ {\n\t\tsum += i * i\n\t}\n\treturn sum\n}\n`,
    "sum_test.go": 'package shop\n\nimport "testing"\n\nvar kept int\n\nfunc BenchmarkSum(b *testing.B) {\n\tfor i := 0; i < b.N; i++ {\n\t\tkept = Sum()\n\t}\n}\n',
  });
  const options = { run: "go test -run='^$' -bench=. -benchtime=20ms ./...", rounds: 5, variable: "MAX_REGRESSION_PERCENT" };
  const env = { PATH: process.env["PATH"] ?? "", GOCACHE: execFileSync("go", ["env", "GOCACHE"], { encoding: "utf8" }).trim(), GOFLAGS: "-mod=mod", GOTOOLCHAIN: "local" };

  async function proposed(files: Record<string, string>) {
    const made = await stage({ workflows: { benchmarkRegression: options }, files: go(20_000) });
    made.origin.git("switch", "-q", "-c", "topic");
    made.origin.commit("perf: another way", files);
    // GitHub runs a pull request's workflows on the merge that it would make.
    made.origin.git("switch", "-q", "-c", "merge", "main");
    made.origin.git("merge", "-q", "--no-ff", "-m", "Merge topic", "topic");
    made.origin.git("switch", "-q", "main");
    const propose = async (limit: string) =>
      await made.run("benchmark-regression.yml", {
        event: "pull_request",
        ref: "refs/heads/merge",
        vars: { MAX_REGRESSION_PERCENT: limit },
        payload: { number: 7, pull_request: { number: 7, head: { ref: "topic" }, base: { ref: "main" } } },
        env,
      });
    return { ...made, propose };
  }

  it("fails on a slow change and comments; the next run changes the comment, and a higher limit lets it pass", async () => {
    const { github, propose } = await proposed(go(80_000));
    const slow = await propose("5");
    ended(slow, 1);
    expect(slow.jobs).toEqual({ Measure: "success", "benchmark-regression": "failure" });
    expect(github.comments.map(({ issue, body }) => [issue, body])).toEqual([[7, expect.stringMatching(/\*\*1 of 1 benchmarks are slower by more than 5 %\.\*\*[^]*example\.com\/shop BenchmarkSum[^]*regression/)]]);
    const allowed = await propose("999");
    ended(allowed, 0);
    expect(github.comments.map(({ body }) => body)).toEqual([expect.stringContaining("No benchmark is slower by more than 999 %.")]);
  });

  it("reports success on a change that it does not measure", async () => {
    const { github, propose } = await proposed({ "README.md": "Words" });
    const ran = await propose("5");
    expect([ran.code, ran.jobs]).toEqual([0, { Measure: "success", "benchmark-regression": "success" }]);
    expect(github.comments).toEqual([]);
  });

  it("keeps what a merge measured beside the code's history", async () => {
    const made = await stage({ workflows: { benchmarkRegression: options }, files: go(20_000) });
    const ran = await made.run("benchmark-regression.yml", { event: "push", env });
    ended(ran, 0);
    expect(ran.jobs).toEqual({ Measure: "success", Record: "success" });
    expect(records(made, "metrics", "benchmarks.jsonl")).toEqual([{ commit: made.origin.git("rev-parse", "main"), date: day(0), medians: [["example.com/shop BenchmarkSum", expect.any(Number)]] }]);
  });
});
