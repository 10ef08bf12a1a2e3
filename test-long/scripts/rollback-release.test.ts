import {  } from "@jest/globals";
import { channels } from "../../components/workflows/channels/index.ts";
import { channels as schemas } from "../../settings/schema/workflows/channels.ts";
import { scriptRoom } from "../../test/workflows/script-room.ts";
import { only, shop, stepsWithSecret } from "../../test/workflows/channels/documents.ts";
import { github } from "../../test/workflows/channels/github.ts";
import { registry, TOKEN } from "../../test/workflows/channels/registry.ts";


const rollback = (options = {}) => channels.rollbackRelease(schemas.rollbackRelease.parse({ package: "shop", ...options }), shop);

describe("rollback-release.yml", () => {
  it("asks for two versions, a channel and a reason", () => {
    const { inputs } = only(rollback()).document.on.workflow_dispatch;
    expect(Object.keys(inputs)).toEqual(["rollback_version", "restore_version", "channel", "reason"]);
    expect(inputs.channel).toMatchObject({ options: ["latest", "beta", "canary"], default: "latest" });
  });

  it("checks, rolls back, verifies, and opens the incident also where one of them failed", () => {
    const { document } = only(rollback({ waitMinutes: 20, label: "outage" }));
    expect(Object.entries<{ needs?: string[] }>(document.jobs).map(([id, { needs = [] }]) => [id, needs])).toEqual([
      ["check", []],
      ["roll-back", ["check"]],
      ["verify", ["roll-back"]],
      ["report", ["check", "roll-back", "verify"]],
    ]);
    expect(document.jobs.report.if).toBe("always() && needs.check.result == 'success'");
    expect(document.jobs["roll-back"].environment.name).toBe("${{ inputs.channel }}");
    expect([document.jobs.verify["timeout-minutes"], document.jobs.verify.steps.at(-1).env]).toEqual([30, { WAIT_MINUTES: 20 }]);
    expect(document.jobs.report.steps.at(-1).env.LABEL).toBe("outage");
    expect(stepsWithSecret(document.jobs)).toEqual(["roll-back: Move the tag and deprecate"]);
  });

  it("brings a runbook that has the commands of this package in it", () => {
    const text = rollback({ package: "@acme/shop", registry: "https://npm.acme.example", runbook: "docs/oncall/rollback.md", waitMinutes: 1 }).files?.["docs/oncall/rollback.md"] ?? "";
    for (const part of [
      "gh workflow run rollback-release.yml --repo acme/shop \\\n     -f rollback_version=1.2.3",
      "npm dist-tag add @acme/shop@1.2.2 latest --registry=https://npm.acme.example\n",
      "| `beta` | `npm install @acme/shop@beta` | who approves beta |",
      "up\nto 1 minute until",
      "secret `NPM_TOKEN`",
      "label `incident`",
    ]) expect(text).toContain(part);
    expect(Object.keys(rollback().files ?? {})).toEqual(["docs/ROLLBACK_RUNBOOK.md"]);
    expect(rollback().files?.["docs/ROLLBACK_RUNBOOK.md"]).not.toContain("--registry");
  });
});

const REASON = "Loses memories when the disk is full";
const HOSTILE = '$(touch pwned)`touch pwned`"; touch pwned # ::error::x @everyone <script>alert(1)</script> --tag=latest';
const said = { PACKAGE: "shop", CHANNEL: "latest", ROLLBACK_VERSION: "1.2.3", RESTORE_VERSION: "1.2.2", REASON };
const message = `Rolled back: ${REASON}. Use 1.2.2.`;

describe("rollback-release.mjs", () => {
  const bad = async () => await registry("shop", ["1.2.2", "1.2.3"], { latest: "1.2.3", beta: "1.2.3" });

  it("checks without a token, and names other channels that have the version", async () => {
    const npm = await bad();
    const { code, outputs, stdout, summary } = await scriptRoom().run("rollback-release.mjs", { ...npm.env, ...said, NODE_AUTH_TOKEN: "" }, ["check"]);
    expect({ code, outputs }).toEqual({ code: 0, outputs: { elsewhere: "beta" } });
    expect(stdout).toContain("::warning::channel beta has 1.2.3 too and keeps it; roll it back there as well");
    expect(summary).toContain("| shop | latest | 1.2.3 | 1.2.2 | moves |");
    expect(npm.writes()).toEqual([]);
  });

  it("moves the channel first and deprecates then; a second run changes nothing", async () => {
    const npm = await bad();
    const run = async () => await scriptRoom().run("rollback-release.mjs", { ...npm.env, ...said }, ["apply"]);
    const { code, stdout } = await run();
    expect(code).toBe(0);
    expect(npm.writes()).toEqual(["PUT /-/package/shop/dist-tags/latest", "PUT /shop"]);
    expect([npm.tags, npm.versions["1.2.3"]?.deprecated, npm.versions["1.2.2"]?.deprecated]).toEqual([{ latest: "1.2.2", beta: "1.2.3" }, message, undefined]);
    expect((await run()).code).toBe(0);
    expect(npm.writes().length).toBe(2);
    expect(stdout).not.toContain(TOKEN);
  });

  it("takes a reason for nothing but a text", async () => {
    const npm = await bad();
    const room = scriptRoom();
    expect((await room.run("rollback-release.mjs", { ...npm.env, ...said, REASON: HOSTILE }, ["apply"])).code).toBe(0);
    expect([npm.versions["1.2.3"]?.deprecated, npm.tags, room.exists("pwned")]).toEqual([`Rolled back: ${HOSTILE}. Use 1.2.2.`, { latest: "1.2.2", beta: "1.2.3" }, false]);
  });

  it.each([
    ["REASON", ""],
    ["REASON", "two\nlines"],
    ["REASON", "x".repeat(301)],
    ["ROLLBACK_VERSION", "v1.2.3"],
    ["ROLLBACK_VERSION", HOSTILE],
    ["RESTORE_VERSION", "latest"],
    ["CHANNEL", "next"],
  ])("refuses %s %j before it asks anybody", async (name, value) => {
    const npm = await bad();
    const { code, stderr } = await scriptRoom().run("rollback-release.mjs", { ...npm.env, ...said, [name]: value }, ["apply"]);
    expect([code, stderr.startsWith(`::error::${name}: is not `), stderr.trim().split("\n").length, npm.requests.length]).toEqual([1, true, 1, 0]);
  });

  it("refuses a version that does not exist", async () => {
    const npm = await bad();
    const { code, stderr } = await scriptRoom().run("rollback-release.mjs", { ...npm.env, ...said, RESTORE_VERSION: "1.0.0" }, ["check"]);
    expect([code, stderr]).toEqual([1, "::error::1.0.0, which is to be restored, is not in the registry; correct the version\n"]);
  });
});

describe("rollback-verify.mjs", () => {
  const env = { ...said, WAIT_MINUTES: "0.02", PAUSE_SECONDS: "0.1" };

  it("installs what users get, once the registry gives it to everybody", async () => {
    const npm = await registry("shop", ["1.2.2", "1.2.3"], { latest: "1.2.3" }, { "1.2.3": message });
    let answers = 0;
    Object.defineProperty(npm.tags, "latest", { enumerable: true, get: () => ((answers += 1) > 2 ? "1.2.2" : "1.2.3") });
    const { code, stdout, summary } = await scriptRoom().run("rollback-verify.mjs", { ...npm.env, ...env, WAIT_MINUTES: "1", NODE_AUTH_TOKEN: "" });
    expect(stdout).toContain("channel latest has 1.2.3 and not 1.2.2; waiting");
    expect([code, summary]).toEqual([0, "npm install shop@&#8203;latest gives 1.2.2, and 1.2.3 is deprecated.\n"]);
    expect(npm.calls()).toContain("GET /shop/-/1.2.2.tgz");
  });

  it.each([
    ["channel latest has 1.2.3 and not 1.2.2", { latest: "1.2.3" }, { "1.2.3": message }],
    ["1.2.3 is not deprecated", { latest: "1.2.2" }, {}],
  ])("fails when the time is over: %s", async (wrong, tags: Record<string, string>, deprecated: Record<string, string>) => {
    const npm = await registry("shop", ["1.2.2", "1.2.3"], tags, deprecated);
    const { code, stderr } = await scriptRoom().run("rollback-verify.mjs", { ...npm.env, ...env, NODE_AUTH_TOKEN: "" });
    expect([code, stderr]).toEqual([1, `::error::after 0.02 minutes ${wrong}; look at the registry before anything else is done\n`]);
  });
});

describe("rollback-incident.mjs", () => {
  const done = { ...said, APPLIED: "success", VERIFIED: "success", ELSEWHERE: "beta", LABEL: "incident" };
  const releases = () => [
    { id: 1, tag_name: "v1.2.2", body: "Old" },
    { id: 2, tag_name: "v1.2.3", body: "New" },
  ];

  it("marks both releases and opens one incident, however often it runs", async () => {
    const hub = await github({ releases: releases() });
    for (let run = 0; run < 2; run++) expect((await scriptRoom().run("rollback-incident.mjs", { ...hub.env, ...done })).code).toBe(0);
    expect(hub.releases).toEqual([
      { id: 1, tag_name: "v1.2.2", body: "Old\n\n<!-- restored latest --> Restored in channel latest in place of 1.2.3.\n", prerelease: false, make_latest: "true", },
      { id: 2, tag_name: "v1.2.3", body: `New\n\n<!-- rollback latest --> **Rolled back** from channel latest in favour of 1.2.2: ${REASON}.\n`, prerelease: true, make_latest: "false" },
    ]);
    expect(hub.issues).toMatchObject([{ title: "Rollback of shop 1.2.3 to 1.2.2 in latest", labels: ["incident"], state: "open" }]);
    expect(hub.issues[0]?.body).toContain("- [ ] Channel beta has 1.2.3 too: roll it back there, or say here why not");
    expect(hub.issues[0]?.body).toContain("| latest gives 1.2.2, 1.2.3 is deprecated | success |");
  });

  it("opens the incident when the rollback failed, and marks no release then", async () => {
    const hub = await github({ releases: releases() });
    await scriptRoom().run("rollback-incident.mjs", { ...hub.env, ...done, APPLIED: "failure", VERIFIED: "skipped" });
    expect(hub.releases).toEqual(releases());
    expect(hub.issues[0]?.body).toContain("| latest gives 1.2.2, 1.2.3 is deprecated | failure |");
  });

  it("leaves the newest release what it is when a canary is taken back", async () => {
    const hub = await github({ releases: releases() });
    await scriptRoom().run("rollback-incident.mjs", { ...hub.env, ...done, CHANNEL: "canary" });
    expect(hub.releases.map((release) => Object.keys(release))).toEqual([["id", "tag_name", "body"], ["id", "tag_name", "body"]]);
    expect(hub.releases[1]?.body).toContain("from channel canary");
  });

  it("shows a reason as it is: no markup, no mention, no second row", async () => {
    const hub = await github({ releases: releases() });
    await scriptRoom().run("rollback-incident.mjs", { ...hub.env, ...done, REASON: `${HOSTILE} | a | b | <!-- x -->` });
    const texts = [hub.issues[0]?.body ?? "", hub.releases[1]?.body ?? ""].map((text) => text.replace(/^<!-- .* -->/gm, ""));
    for (const text of texts) expect(text).not.toMatch(/@everyone|<script>|<!--/);
    expect(texts[0]).toContain("&#60;script&#62;");
  });
});
