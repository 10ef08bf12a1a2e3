import * as fc from "fast-check";
import { codeUses, ruleUses } from "../../components/workflows/scripts/lib/cardinality.mjs";
import { codeOf } from "../../components/workflows/scripts/lib/source.mjs";
import { scriptRoom } from "../../test/workflows/script-room.ts";

const LABELS = ["user_id", "request_id", "timestamp"];

/** Runs a check over files of a repository; answers its annotations. */
async function checked(script: string, files: Record<string, string>, env: Record<string, string>) {
  const room = scriptRoom();
  room.repository().commit("x", files);
  const { code, stdout, stderr } = await room.run(script, env);
  return { code, stderr, room, found: stdout.split("\n").filter((line) => line.startsWith("::")) };
}

describe("codeOf", () => {
  it.each([
    ['a("// no comment", 1) // comment', "a(               , 1)           "],
    ["x = `t ${console.log(`u ${y}`)} v`", "x =      console.log(     y  )    "],
    ["r = /[/'\"]/g.test(s) / 2 / t", "r =        g.test(s) / 2 / t"],
    ["f({ a: `${{ b: 1 }.b}` })", "f({ a:    { b: 1 }.b   })"],
    ["'it\\'s' + x", "        + x"],
  ])("keeps the code of %s", (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it("never moves a line, whatever the text", () => {
    const piece = fc.constantFrom("'", '"', "`", "${", "}", "{", "/", "*", "//", "/*", "*/", "\n", "\\", "a", " ", "(", ")", "[", "]");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.boolean(), (pieces, strings) => {
        const text = pieces.join("");
        const code = codeOf(text, { strings });
        expect([code.length, code.split("\n").map((line) => line.length)]).toEqual([text.length, text.split("\n").map((line) => line.length)]);
      }),
    );
  });
});

describe("codeUses", () => {
  const uses = (text: string, python = false) => codeUses(`// prom-client\n${text}`, LABELS, python).map(({ label }) => label);

  it.each([
    ["new Counter({ name: 'x', labelNames: ['route', 'user_id'] })", ["user_id"]],
    ["hits.inc({ route, userId: user.id })", ["userId"]],
    ["hits.inc({ timestamp })", ["timestamp"]],
    ["took.observe({ 'request.id': id }, 3)", ["request.id"]],
    ["gauge.set({ user_id: 1 }, 2)", ["user_id"]],
    ["counter.add(1, { 'user_id': id, route })", ["user_id"]],
    ["took.startTimer({ request_id })", ["request_id"]],
    ["counter.labels({ user_id: f({ request_id: 1 }) })", ["user_id"]],
  ])("finds the label in %s", (text, labels) => {
    expect(uses(text)).toEqual(labels);
  });

  it.each([
    "cache.set(key, { timestamp: Date.now() })",
    "events.add({ user_id: 1 })",
    "hits.inc({ route: user_id })",
    "// hits.inc({ user_id: 1 })",
    'log.info({ user_id: 1 }, "inc")',
    'text = "hits.inc({ user_id: 1 })"',
    "hits.inc({ users_id_count: 1 })",
  ])("finds none in %s", (text) => {
    expect(uses(text)).toEqual([]);
  });

  it("takes calls for metrics only where a library of metrics is", () => {
    expect(codeUses("steps.inc({ user_id: 1 })", LABELS, false)).toEqual([]);
  });

  it("reads Python's lists and keywords", () => {
    const text = 'from prometheus_client import Counter\nhits = Counter("hits", "Hits", ["route", "user_id"])\nhits.labels(route="a", request_id=x).inc()  # .labels(timestamp=1)\nother.labels(timestamp == 1)\n';
    expect(codeUses(text, LABELS, true).map(({ label }) => label)).toEqual(["user_id", "request_id"]);
  });
});

describe("ruleUses", () => {
  it("finds labels that rules group by, join on, set and relabel to, and none that only a text mentions", () => {
    const text = `groups:
  - name: g
    rules:
      - record: a
        expr: sum by (job, user_id) (x) / on (request_id) group_left (timestamp) y
        labels:
          user_id: "1" # here
          team: core
        annotations:
          user_id: "{{ $labels.user_id }}"
      - alert: b
        labels: {severity: page, request_id: "x"}
scrape_configs:
  - relabel_configs:
      - target_label: timestamp
`;
    expect(ruleUses(text, LABELS).map(({ at, label }) => [text.slice(0, at).split("\n").length, label])).toEqual([[5, "user_id"], [5, "request_id"], [5, "timestamp"], [7, "user_id"], [12, "request_id"], [15, "timestamp"]]);
  });
});

describe("check-cardinality", () => {
  const env = { SOURCES: "packages/*/src/**\n!**/*.test.*", RULES: "rules/*.yml", LABELS: LABELS.join(",") };

  it("names file and line of each finding in code and rules", async () => {
    const { code, found, stderr } = await checked(
      "check-cardinality.mjs",
      {
        "packages/api/src/metrics.ts": 'import { Counter } from "prom-client";\n\nexport const hits = new Counter({ labelNames: ["user_id"] });\nhits.inc({\n  requestId: 1,\n});\n',
        "packages/api/src/metrics.test.ts": 'import "prom-client";\nhits.inc({ user_id: 1 });\n',
        "rules/a.yml": "groups:\n  - rules:\n      - expr: sum by (user_id) (x)\n",
      },
      env,
    );
    expect([code, stderr]).toEqual([1, "::error::3 findings; leave the label out, or count into few groups\n"]);
    expect(found).toEqual([
      "::error file=packages/api/src/metrics.ts,line=3::label user_id has a value for each of many: every value is a series of its own",
      "::error file=packages/api/src/metrics.ts,line=5::label requestId has a value for each of many: every value is a series of its own",
      "::error file=rules/a.yml,line=3::label user_id has a value for each of many: every value is a series of its own",
    ]);
  });

  it("passes where labels have few values", async () => {
    expect(await checked("check-cardinality.mjs", { "packages/api/src/m.ts": 'import "prom-client";\nhits.inc({ route: "/" });\n', "rules/a.yml": "groups: []\n" }, env)).toMatchObject({ code: 0, found: [] });
  });
});

describe("check-logging", () => {
  const env = { SOURCES: "packages/*/src/**\n!packages/*/src/**/logger.*" };

  it("names each line past the logger, and none in a comment, a text or the logger", async () => {
    const { code, found } = await checked(
      "check-logging.mjs",
      { "packages/api/src/a.ts": '// console.log(1)\nconst s = "console.log";\nconsole.log(s);\nx(() => console\n  .log(1));\nconsole.error(s);\n', "packages/api/src/lib/logger.ts": "console.log(1)\n", "packages/api/src/notes.md": "console.log(1)\n" },
      env,
    );
    expect([code, found.map((line) => line.split("::")[1])]).toEqual([1, ["error file=packages/api/src/a.ts,line=3", "error file=packages/api/src/a.ts,line=4"]]);
  });

  it("fails where the settings name no code at all", async () => {
    expect(await checked("check-logging.mjs", { "README.md": "" }, env)).toMatchObject({ code: 1, stderr: "::error::no code matches packages/*/src/**, !packages/*/src/**/logger.*; add one, or correct the path in the stack\n" });
  });
});

describe("check-tracing", () => {
  const manifest = (dependencies: object) => JSON.stringify({ name: "api", dependencies }, undefined, 2);
  const sdk = { "@opentelemetry/sdk-node": "1", "@opentelemetry/exporter-trace-otlp-grpc": "1" };
  const started = 'import { NodeSDK } from "@opentelemetry/sdk-node";\nnew NodeSDK({}).start();\n';
  const check = (files: Record<string, string>) => checked("check-tracing.mjs", files, { PACKAGES: "packages/api" });

  it("passes where a package starts the SDK", async () => {
    expect(await check({ "packages/api/package.json": manifest(sdk), "packages/api/src/tracing.ts": started })).toMatchObject({ code: 0, found: [] });
  });

  it.each<[string, Record<string, string>, string]>([
    ["the package", { "README.md": "" }, "is missing, so nothing says what the package depends on"],
    ["the SDK", { "packages/api/package.json": manifest({ "@opentelemetry/exporter-trace-otlp-http": "1" }) }, "depends on no SDK of OpenTelemetry"],
    ["an exporter", { "packages/api/package.json": manifest({ "@opentelemetry/sdk-trace-node": "1" }) }, "depends on no exporter of OpenTelemetry"],
    ["the start", { "packages/api/package.json": manifest(sdk), "packages/api/src/a.ts": 'import "@opentelemetry/sdk-node"; // sdk.start()\n' }, "depends on OpenTelemetry and starts it nowhere"],
    ["a start outside tests", { "packages/api/package.json": manifest(sdk), "packages/api/test/a.ts": started, "packages/api/src/b.test.ts": started }, "depends on OpenTelemetry and starts it nowhere"],
  ])("says that %s is missing", async (_, files, message) => {
    const { code, found } = await check(files);
    expect([code, found.map((line) => line.split("::").at(-1))]).toEqual([1, [message]]);
  });
});
