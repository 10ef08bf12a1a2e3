import { writeFileSync } from "node:fs";
import {  } from "@jest/globals";
import { channels } from "../../components/workflows/channels/index.ts";
import { needsOf } from "../../components/workflows/kit/index.ts";
import { channels as schemas } from "../../settings/schema/workflows/channels.ts";
import { scriptRoom } from "../../test/workflows/script-room.ts";
import { only, shop, stepsWithSecret } from "../../test/workflows/channels/documents.ts";
import { packed, registry, TOKEN } from "../../test/workflows/channels/registry.ts";


const publish = (options = {}, of = shop) => only(channels.publishCanary(schemas.publishCanary.parse({ package: "shop", ...options }), of));

describe("publish-canary.yml", () => {
  it("publishes every commit of the default branch, and a beta by hand", () => {
    const { document } = publish();
    expect(document.on).toEqual({
      push: { branches: ["main"] },
      workflow_dispatch: { inputs: { channel: { description: "Channel that gets this commit", type: "choice", options: ["canary", "beta"], default: "canary", required: true } } },
    });
    expect(document.concurrency).toEqual({ group: "${{ github.workflow }}-${{ inputs.channel || 'canary' }}", "cancel-in-progress": false });
  });

  it("builds where no secret is in reach, and publishes in the environment of the channel with provenance", () => {
    const { file, document } = publish();
    expect(stepsWithSecret(document.jobs)).toEqual(["publish: Publish to the channel"]);
    expect(document.jobs.package.permissions).toEqual({ contents: "read" });
    expect(document.jobs.publish.permissions).toEqual({ contents: "read", "id-token": "write" });
    expect(document.jobs.publish.environment).toEqual({ name: "${{ inputs.channel || 'canary' }}", url: "https://www.npmjs.com/package/shop/v/${{ needs.version.outputs.version }}" });
    expect(document.jobs.publish.steps.at(-1).env).toMatchObject({ NPM_CONFIG_PROVENANCE: true, NPM_CONFIG_ACCESS: "public", NODE_AUTH_TOKEN: "${{ secrets.NPM_TOKEN }}" });
    expect(needsOf(file).map(({ kind, name }) => `${kind} ${name}`)).toEqual(["environment canary", "environment beta", "secret NPM_TOKEN"]);
  });

  it("restores no cache on the way to the registry", () => {
    const { document } = publish();
    const uses = Object.values<{ steps: { uses?: string; with?: object }[] }>(document.jobs).flatMap(({ steps }) => steps);
    expect(uses.filter(({ uses: action = "" }) => action.startsWith("actions/setup-node")).map(({ with: settings }) => settings)).toEqual([
      { "node-version": "24", "package-manager-cache": false },
      { "node-version": "24", "package-manager-cache": false },
    ]);
    expect(uses.filter(({ uses: action = "" }) => action.startsWith("actions/cache"))).toEqual([]);
  });

  it("signs nothing for another registry or a private repository", () => {
    for (const { document } of [publish({ registry: "https://npm.acme.example" }), publish({}, { ...shop, visibility: "private" })]) {
      expect(document.jobs.publish.permissions).toEqual({ contents: "read" });
      expect(document.jobs.publish.steps.at(-1).env).not.toHaveProperty("NPM_CONFIG_PROVENANCE");
    }
    expect(publish({ registry: "https://npm.acme.example" }).document.jobs.publish.environment).toEqual({ name: "${{ inputs.channel || 'canary' }}" });
  });

  it("has the bundled package made by its own workflow, or runs the commands in order", () => {
    expect(publish({ build: { kind: "bundled" } }).document.jobs.package).toMatchObject({
      needs: ["version"],
      uses: "./.github/workflows/prepare-npm-package.yml",
      with: { version: "${{ needs.version.outputs.version }}" },
      permissions: { contents: "read" },
    });
    const { steps } = publish({ directory: "npm", build: { kind: "commands", run: ["make one", "make two"] } }).document.jobs.package;
    expect(steps.map(({ name, run }: { name: string; run?: string }) => run ?? name)).toEqual([
      "Check out",
      "Set up Node.js",
      'npm version "$VERSION" --no-git-tag-version --ignore-scripts',
      "make one",
      "make two",
      'npm pack --pack-destination "$RUNNER_TEMP"',
      "Keep the package",
    ]);
  });
});

const HOSTILE = '$(touch pwned)`touch pwned`";touch pwned\n::error::@everyone <script>';

describe("canary-version.mjs", () => {
  function room(packageName = "shop") {
    const made = scriptRoom();
    const repository = made.repository();
    repository.commit("feat: begin", { "npm/package.json": JSON.stringify({ name: packageName, version: "1.2.0" }) });
    repository.tag("v1.2.0");
    return { ...made, repository };
  }
  const env = (sha: string) => ({ PACKAGE: "shop", CHANNEL: "canary", DIRECTORY: "npm", GITHUB_RUN_NUMBER: "57", GITHUB_SHA: sha });

  it("counts the commits since the last release, not since a canary's tag", async () => {
    const { repository, run } = room();
    repository.commit("feat: recall");
    repository.tag("v1.3.0-canary.1.abcdef0");
    const sha = repository.commit("fix: a leak");
    const { code, outputs } = await run("canary-version.mjs", env(sha));
    expect({ code, outputs }).toEqual({ code: 0, outputs: { version: expect.stringMatching(/^1\.3\.0-canary\.57\.(?=\d*[a-f])[0-9a-f]{7,}$/) } });
  });

  it("takes the newest of several releases by number", async () => {
    const { repository, run } = room();
    for (const tag of ["v1.9.0", "v1.10.0"]) repository.tag(tag);
    const sha = repository.commit("docs: a word");
    expect((await run("canary-version.mjs", env(sha))).outputs["version"]).toMatch(/^1\.10\.1-canary\.57\./);
  });

  it("begins with package.json where nothing was released", async () => {
    const { repository, run } = room();
    repository.git("tag", "--delete", "v1.2.0");
    expect((await run("canary-version.mjs", env(repository.git("rev-parse", "HEAD")))).outputs["version"]).toMatch(/^1\.3\.0-canary\.57\./);
  });

  it("executes nothing of a commit's message and prints none of it", async () => {
    const { repository, run, exists } = room();
    const sha = repository.commit(`fix: ${HOSTILE}`);
    const { code, stdout, outputs } = await run("canary-version.mjs", env(sha));
    expect([code, outputs["version"]?.startsWith("1.2.1-canary"), exists("pwned"), stdout.includes("::error::")]).toEqual([0, true, false, false]);
  });

  it("refuses another package than the one that it is for", async () => {
    const { repository, run } = room("evil");
    const { code, stderr } = await run("canary-version.mjs", env(repository.git("rev-parse", "HEAD")));
    expect([code, stderr]).toEqual([1, '::error::npm/package.json: is package "evil", and shop is published; correct one of them\n']);
  });
});

describe("publish-canary.mjs", () => {
  const version = "1.3.0-canary.57.1a2b3c4";

  async function published(room: ReturnType<typeof scriptRoom>, npm: Awaited<ReturnType<typeof registry>>, env = {}) {
    return await room.run("publish-canary.mjs", { ...npm.env, CHANNEL: "canary", VERSION: version, FOLDER: "package", ...env });
  }

  function withTarball(name = "shop") {
    const room = scriptRoom();
    const file = room.write(`package/${name.replace("@", "").replace("/", "-")}-${version}.tgz`, "");
    writeFileSync(file, packed(name, version));
    return room;
  }

  it.each(["shop", "@acme/shop"])("publishes %s under the tag of its channel and leaves latest alone", async (name) => {
    const npm = await registry(name, ["1.2.0"], { latest: "1.2.0" });
    const room = withTarball(name);
    const { code, summary, stdout } = await published(room, npm);
    expect(code).toBe(0);
    expect(npm.tags).toEqual({ latest: "1.2.0", canary: version });
    expect(npm.writes()).toEqual([`PUT /${name}`]);
    expect(summary).toContain(`npm install ${name}@canary`);
    expect(stdout).not.toContain(TOKEN);
  });

  it("changes nothing when the run is repeated, and mends a channel that was not moved", async () => {
    const room = withTarball();
    const done = await registry("shop", [version], { canary: version });
    expect((await published(room, done)).code).toBe(0);
    expect(done.writes()).toEqual([]);
    const half = await registry("shop", ["1.2.0", version], { canary: "1.2.0" });
    expect((await published(room, half)).code).toBe(0);
    expect(half.tags).toEqual({ canary: version });
  });

  it("takes nothing back when an old run is repeated", async () => {
    const room = withTarball();
    const npm = await registry("shop", ["1.3.0-canary.60.abcdef0", version], { canary: "1.3.0-canary.60.abcdef0" });
    expect((await published(room, npm)).code).toBe(0);
    const other = await registry("shop", ["1.3.0-canary.60.abcdef0"], { canary: "1.3.0-canary.60.abcdef0" });
    const { code, stderr } = await published(room, other);
    expect([code, stderr]).toEqual([1, `::error::${version} is older than 1.3.0-canary.60.abcdef0, which canary has; run the workflow for the newest commit\n`]);
    expect([npm.writes(), other.writes()]).toEqual([[], []]);
  });

  it("says what is wrong with the registry's refusal and leaves no token behind", async () => {
    const room = withTarball();
    const npm = await registry("shop", ["1.2.0"], { latest: "1.2.0" });
    const { code, stderr } = await published(room, npm, { NODE_AUTH_TOKEN: "npm_wrong" });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/401|ENEEDAUTH|E401/);
    expect(stderr).not.toContain("npm_wrong");
    expect(npm.tags).toEqual({ latest: "1.2.0" });
  });

  it.each([
    ["CHANNEL", "latest"],
    ["CHANNEL", HOSTILE],
    ["PACKAGE", "../../etc"],
    ["PACKAGE", "--global"],
    ["VERSION", "1.0.0 --tag latest"],
    ["VERSION", HOSTILE],
  ])("refuses %s %j", async (name, value) => {
    const room = withTarball();
    const npm = await registry("shop", ["1.2.0"], { latest: "1.2.0" });
    const { code, stderr } = await published(room, npm, { [name]: value });
    expect([code, stderr.startsWith(`::error::${name}: is not `), stderr.trim().split("\n").length]).toEqual([1, true, 1]);
    expect([npm.requests, room.exists("pwned")]).toEqual([[], false]);
  });
});
