import {  } from "@jest/globals";
import { channels } from "../../components/workflows/channels/index.ts";
import { needsOf } from "../../components/workflows/kit/index.ts";
import { channels as schemas } from "../../settings/schema/workflows/channels.ts";
import { scriptRoom } from "../../test/workflows/script-room.ts";
import { only, shop, stepsWithSecret } from "../../test/workflows/channels/documents.ts";
import { github } from "../../test/workflows/channels/github.ts";
import { registry } from "../../test/workflows/channels/registry.ts";


const promote = (options = {}) => only(channels.promoteRelease(schemas.promoteRelease.parse({ package: "shop", ...options }), shop));

describe("promote-release.yml", () => {
  it("lets people choose what is a promotion, and asks the environment of the target", () => {
    const { file, document } = promote({ token: "PUBLISH_TOKEN" });
    const { from_channel: from, to_channel: to, allow_prerelease: allow } = document.on.workflow_dispatch.inputs;
    expect([from.options, to.options, allow.type, allow.default]).toEqual([["canary", "beta"], ["beta", "latest"], "boolean", false]);
    expect(document.jobs.promote).toMatchObject({ needs: ["check"], environment: { name: "${{ inputs.to_channel }}" }, permissions: { contents: "read" } });
    expect(needsOf(file).filter(({ kind }) => kind === "environment").map(({ name }) => name)).toEqual(["beta", "latest"]);
    expect(document.jobs.promote.steps.at(-1).env.NODE_AUTH_TOKEN).toBe("${{ secrets.PUBLISH_TOKEN }}");
  });

  it("checks before anybody approves, moves what was checked, and tells afterwards", () => {
    const { document } = promote();
    expect(stepsWithSecret(document.jobs)).toEqual(["promote: Move the tag"]);
    expect(document.jobs.check.steps.at(-1).run).toBe("node .github/scripts/promote-release.mjs check");
    expect(document.jobs.promote.steps.at(-1)).toMatchObject({ run: "node .github/scripts/promote-release.mjs promote", env: { VERSION: "${{ needs.check.outputs.version }}" } });
    expect(document.jobs.announce).toMatchObject({ needs: ["check", "promote"], permissions: { contents: "write", issues: "write" } });
  });
});

const CANARY = "1.3.0-canary.57.1a2b3c4";
const HOSTILE = '$(touch pwned)";touch pwned\n::error::@everyone <script>';

describe("promote-release.mjs", () => {
  const toBeta = { FROM_CHANNEL: "canary", TO_CHANNEL: "beta" };

  it("says what would move, and moves nothing", async () => {
    const npm = await registry("shop", ["1.2.0", CANARY], { latest: "1.2.0", canary: CANARY });
    const { code, outputs, summary } = await scriptRoom().run("promote-release.mjs", { ...npm.env, ...toBeta }, ["check"]);
    expect({ code, outputs }).toEqual({ code: 0, outputs: { version: CANARY, previous: "" } });
    expect(summary).toContain(`| shop | canary | beta | ${CANARY} | nothing |`);
    expect(npm.writes()).toEqual([]);
  });

  it("moves the tag to the same package, and nothing the second time", async () => {
    const npm = await registry("@acme/shop", ["1.2.0", CANARY], { latest: "1.2.0", canary: CANARY });
    const room = scriptRoom();
    const env = { ...npm.env, ...toBeta, VERSION: CANARY };
    expect((await room.run("promote-release.mjs", env, ["promote"])).code).toBe(0);
    expect(npm.tags).toEqual({ latest: "1.2.0", canary: CANARY, beta: CANARY });
    expect((await room.run("promote-release.mjs", env, ["promote"])).stdout).toBe(`beta has ${CANARY} already\n`);
    expect(npm.writes()).toEqual(["PUT /-/package/@acme/shop/dist-tags/beta"]);
  });

  it("moves what was approved when the canary has gone on in the meantime", async () => {
    const npm = await registry("shop", [CANARY, "1.3.0-canary.60.abcdef0"], { canary: "1.3.0-canary.60.abcdef0" });
    await scriptRoom().run("promote-release.mjs", { ...npm.env, ...toBeta, VERSION: CANARY }, ["promote"]);
    expect(npm.tags["beta"]).toBe(CANARY);
  });

  it("makes a prerelease latest only when it is allowed", async () => {
    const npm = await registry("shop", ["1.2.0", CANARY], { latest: "1.2.0", canary: CANARY });
    const env = { ...npm.env, FROM_CHANNEL: "canary", TO_CHANNEL: "latest", VERSION: CANARY };
    const refused = await scriptRoom().run("promote-release.mjs", { ...env, ALLOW_PRERELEASE: "false" }, ["promote"]);
    expect([refused.code, npm.tags["latest"]]).toEqual([1, "1.2.0"]);
    const allowed = await scriptRoom().run("promote-release.mjs", { ...env, ALLOW_PRERELEASE: "true" }, ["promote"]);
    expect([allowed.code, npm.tags["latest"]]).toEqual([0, CANARY]);
  });

  it("refuses to go back, in one annotation", async () => {
    const npm = await registry("shop", ["1.2.0", "1.3.0"], { latest: "1.3.0", beta: "1.2.0" });
    const { code, stderr } = await scriptRoom().run("promote-release.mjs", { ...npm.env, FROM_CHANNEL: "beta", TO_CHANNEL: "latest" }, ["check"]);
    expect([code, stderr]).toEqual([1, "::error::1.2.0 is older than 1.3.0, which latest has; to go back, run the rollback\n"]);
  });

  it("fails on a registry that is down", async () => {
    const { code, stderr } = await scriptRoom().run("promote-release.mjs", { PACKAGE: "shop", NPM_CONFIG_REGISTRY: "http://127.0.0.1:2/", ...toBeta }, ["check"]);
    expect([code, stderr]).toEqual([1, "::error::the npm registry gave no answer: ECONNREFUSED; run again when it is there\n"]);
  });

  it.each(["FROM_CHANNEL", "TO_CHANNEL", "PACKAGE", "VERSION"])("executes nothing of %s", async (name) => {
    const npm = await registry("shop", [CANARY], { canary: CANARY });
    const room = scriptRoom();
    const { code, stderr } = await room.run("promote-release.mjs", { ...npm.env, ...toBeta, VERSION: CANARY, [name]: HOSTILE }, ["promote"]);
    expect([code, stderr.trim().split("\n").length, npm.requests.length, room.exists("pwned")]).toEqual([1, 1, 0, false]);
  });
});

describe("announce-promotion.mjs", () => {
  const env = { PACKAGE: "shop", FROM_CHANNEL: "beta", TO_CHANNEL: "latest", VERSION: "1.3.0" };

  it("notes a final version in its release, which becomes the latest one, and keeps one note a channel", async () => {
    const hub = await github({ releases: [{ id: 5, tag_name: "v1.3.0", body: "Notes\n\n<!-- channel beta --> In channel beta." , prerelease: true }] });
    for (let run = 0; run < 2; run++) expect((await scriptRoom().run("announce-promotion.mjs", { ...hub.env, ...env })).code).toBe(0);
    const [release] = hub.releases;
    expect(release).toMatchObject({ prerelease: false, make_latest: "true" });
    expect(release?.body).toMatch(/^Notes\n\n<!-- channel beta --> In channel beta\.\n\n<!-- channel latest --> In channel latest since \d{4}-\d\d-\d\d, promoted from beta by ada \(\[run\]\(https:\/\/github\.com\/acme\/shop\/actions\/runs\/77\)\)\.\n$/);
    expect(hub.issues).toEqual([]);
  });

  it("leaves the flags of a release alone for a beta", async () => {
    const hub = await github({ releases: [{ id: 5, tag_name: "v1.3.0", body: "", prerelease: true }] });
    await scriptRoom().run("announce-promotion.mjs", { ...hub.env, ...env, FROM_CHANNEL: "canary", TO_CHANNEL: "beta" });
    expect(hub.releases[0]).toMatchObject({ prerelease: true });
    expect(hub.releases[0]).not.toHaveProperty("make_latest");
  });

  it("comments in one issue on versions without a release, and mentions nobody", async () => {
    const hub = await github();
    const run = async () => await scriptRoom().run("announce-promotion.mjs", { ...hub.env, ...env, VERSION: CANARY, FROM_CHANNEL: "canary", TO_CHANNEL: "beta", GITHUB_ACTOR: "@everyone<script>" });
    await run();
    await run();
    expect(hub.issues).toMatchObject([{ title: "Channels of shop", comments: [{ body: expect.stringContaining(`shop ${CANARY}: In channel beta since`) }, {}] }]);
    expect(JSON.stringify(hub.issues)).not.toMatch(/@everyone|<script>/);
  });

  it("fails where GitHub refuses, because a promotion that nobody hears of is half done", async () => {
    const hub = await github({ before: ({ method }) => (method === "POST" ? { status: 403, body: { message: "no" } } : undefined) });
    expect((await scriptRoom().run("announce-promotion.mjs", { ...hub.env, ...env })).code).toBe(1);
  });
});
