import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { readExposition } from "../../components/workflows/scripts/lib/exposition.mjs";
import { scriptRoom, serve } from "../../test/workflows/script-room.ts";

const TEXT = `# HELP http_requests_total Requests
# TYPE http_requests_total counter
http_requests_total{route="/a\\"b",code="200"} 12 1700000000000
http_request_duration_seconds_bucket{le="+Inf",} 3 # {trace_id="x"} 0.1
http_request_duration_seconds_count 3
temperature -1.5e-3
up NaN
`;

describe("readExposition", () => {
  it("reads samples with labels, times and exemplars", () => {
    const { metrics, labels, problems } = readExposition(TEXT);
    expect([...metrics]).toEqual(["http_requests_total", "http_request_duration_seconds_bucket", "http_request_duration_seconds_count", "temperature", "up"]);
    expect([...labels]).toEqual([["route", "http_requests_total"], ["code", "http_requests_total"], ["le", "http_request_duration_seconds_bucket"]]);
    expect(problems).toEqual([]);
  });

  it.each(["1up 1", "up", "up one", 'up{a=b} 1', 'up{a="b} 1', 'up{a="b" c="d"} 1', "<html>"])("says that %s is no sample", (line) => {
    expect(readExposition(`ok 1\n${line}\n`).problems).toEqual([`line 2 is no sample: ${line}`]);
  });
});

describe("check-metrics", () => {
  const good = { headers: { "content-type": "text/plain; version=0.0.4" }, body: TEXT };

  async function checked(answer: object, metrics: string[] = []) {
    const service = await serve(() => answer);
    const url = `${service.url}/metrics`;
    const ran = await scriptRoom().run("check-metrics.mjs", { ENDPOINTS: JSON.stringify([{ url, metrics }]), LABELS: "user_id,request_id,timestamp" });
    return { ...ran, stderr: ran.stderr.replace(url, "URL") };
  }

  it("passes an endpoint that has what is wanted, by the name of the family too", async () => {
    expect(await checked(good, ["http_requests", "http_request_duration_seconds", "up"])).toMatchObject({ code: 0, stdout: "1 endpoints answer\n" });
  });

  it.each<[string, object, string[], string]>([
    ["lacks a metric", good, ["process_cpu_seconds_total"], "lacks process_cpu_seconds_total"],
    ["has an endless label", { ...good, body: 'hits{userId="1"} 1\n' }, [], "hits has the label userId"],
    ["has no metric", { ...good, body: "" }, [], "has no metric"],
    ["is broken", { ...good, body: "ok 1\n::error::forged\n" }, [], "line 2 is no sample: ::error::forged"],
    ["is a page", { headers: { "content-type": "text/html" }, body: "<html>" }, [], "answers no metrics by its content type"],
    ["is missing", { status: 404, body: "no" }, [], "answers 404"],
  ])("fails one that %s", async (_, answer, metrics, problem) => {
    expect(await checked(answer, metrics)).toMatchObject({ code: 1, stderr: `::error::URL: ${problem}\n` });
  });

  it("says which endpoint gives no answer", async () => {
    const { code, stderr } = await scriptRoom().run("check-metrics.mjs", { ENDPOINTS: '[{"url":"http://127.0.0.1:9/metrics"}]', LABELS: "" });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^::error::http:\/\/127\.0\.0\.1:9\/metrics: .*gave no answer/)]);
  });
});

describe("promtool", () => {
  async function asked(files: Record<string, string>, what: string, pattern: string) {
    const room = scriptRoom();
    room.repository().commit("x", files);
    room.program("promtool", 'printf "%s\\n" "$*" >> asked\ncase "$3" in *bad*) exit 1;; esac');
    const ran = await room.run("promtool.mjs", { FILES: pattern }, [what]);
    return { ...ran, asked: room.exists("asked") ? room.read("asked").trim().split("\n") : [] };
  }

  it("reads every file, also after a bad one, and names the bad ones", async () => {
    const { code, stderr, asked: lines } = await asked({ "r/a.yml": "", "r/bad $(touch pwned).yml": "", "r/c.yml": "", "other.yml": "" }, "check-rules", "r/*.yml");
    expect(lines).toEqual(["check rules r/a.yml", "check rules r/bad $(touch pwned).yml", "check rules r/c.yml"]);
    expect([code, stderr]).toEqual([1, "::error::promtool refuses r/bad $(touch pwned).yml; its reasons stand above\n"]);
  });

  it("says so where it is not installed", async () => {
    const room = scriptRoom();
    room.repository().commit("x", { "p.yml": "" });
    const [git] = (process.env["PATH"] ?? "").split(":").filter((folder) => existsSync(join(folder, "git")));
    mkdirSync(room.path("bin"));
    symlinkSync(join(git ?? "", "git"), room.path("bin/git"));
    expect(await room.run("promtool.mjs", { FILES: "p.yml", PATH: room.path("bin") }, ["check-rules"])).toMatchObject({ code: 1, stderr: "::error::promtool is not installed\n" });
  });

  it("lets no text of a file be a command of the runner", async () => {
    const room = scriptRoom();
    room.repository().commit("x", { "p.yml": "" });
    room.program("promtool", "echo '::error::forged'");
    const { stdout } = await room.run("promtool.mjs", { FILES: "p.yml" }, ["check-rules"]);
    const [, token] = /^::stop-commands::(\S+)$/m.exec(stdout) ?? [];
    expect(stdout.indexOf("forged")).toBeGreaterThan(stdout.indexOf("stop-commands"));
    expect(stdout.trim().endsWith(`forged\n::${token}::`)).toBe(true);
  });

  it.each([["check-config", "check config p.yml"], ["test-rules", "test rules p.yml"]])("%s passes", async (what, line) => {
    expect(await asked({ "p.yml": "" }, what, "p.yml")).toMatchObject({ code: 0, asked: [line] });
  });

  it("fails where there is no file to check", async () => {
    expect(await asked({ "p.yml": "" }, "test-rules", "tests/*.yml")).toMatchObject({ code: 1, asked: [], stderr: "::error::no test of rules matches tests/*.yml; add one, or correct the path in the stack\n" });
  });
});
