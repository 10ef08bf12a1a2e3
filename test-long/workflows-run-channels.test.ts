import { npmRegistry } from "./act/npm.ts";
import { stage } from "./act/stage.ts";

describe("publish-canary", () => {
  it("publishes a commit under the version that its commits ask for, and the same commit only once", async () => {
    const registry = await npmRegistry();
    await registry.publish("shop", "1.0.0");
    const environments = { canary: { reviewed: false, waitMinutes: 0, approvals: "none" }, beta: { reviewed: true, waitMinutes: 0, approvals: "1 reviewer" } };
    const { origin, run } = await stage({
      workflows: { publishCanary: { package: "shop", registry: registry.url, build: { kind: "commands", run: ['echo "$VERSION" > built.txt'] } } },
      files: { "package.json": JSON.stringify({ name: "shop", version: "1.0.0" }) },
      repository: { environments },
    });
    origin.tag("v1.0.0");
    const sha = origin.commit("feat: recall by date");
    const secrets = { NPM_TOKEN: registry.token };
    const ran = await run("publish-canary.yml", { event: "push", secrets });
    if (ran.code !== 0) throw new Error(ran.log);
    expect(ran.jobs).toEqual({ Version: "success", Package: "success", Publish: "success" });
    const version = `1.1.0-canary.1.${sha.slice(0, Math.max(7, sha.search(/[a-f]/) + 1))}`;
    expect(await registry.tags("shop")).toEqual({ latest: "1.0.0", canary: version });
    expect(ran.log).not.toContain(registry.token);

    const again = await run("publish-canary.yml", { event: "push", secrets });
    expect([again.code, again.log.includes(`shop@${version} is already published`)]).toEqual([0, true]);
    const beta = await run("publish-canary.yml", { inputs: { channel: "beta" }, secrets });
    expect([beta.log, beta.code]).toEqual([expect.any(String), 0]);
    expect(await registry.tags("shop")).toEqual({ latest: "1.0.0", canary: version, beta: version.replace("canary", "beta") });
  });
});

describe("promote-release", () => {
  it("moves the version of the canary to beta and tells it in the issue of the channels", async () => {
    const registry = await npmRegistry();
    await registry.publish("shop", "1.0.0");
    await registry.publish("shop", "1.1.0-canary.3", "canary");
    const { github, run } = await stage({
      workflows: { promoteRelease: { package: "shop", registry: registry.url } },
      repository: { environments: { beta: { reviewed: false, waitMinutes: 0, approvals: "none" }, latest: { reviewed: true, waitMinutes: 0, approvals: "1 reviewer" } } },
    });
    const ran = await run("promote-release.yml", { inputs: { from_channel: "canary", to_channel: "beta", allow_prerelease: false }, secrets: { NPM_TOKEN: registry.token } });
    expect([ran.log, ran.code]).toEqual([expect.any(String), 0]);
    expect(ran.jobs).toEqual({ Check: "success", Promote: "success", Announce: "success" });
    expect(await registry.tags("shop")).toEqual({ latest: "1.0.0", canary: "1.1.0-canary.3", beta: "1.1.0-canary.3" });
    expect(github.issues.map(({ title, state }) => [title, state])).toEqual([["Channels of shop", "open"]]);
    expect(github.comments.map(({ body }) => body)).toEqual([expect.stringMatching(/^shop 1\.1\.0-canary\.3: In channel beta since \d{4}-\d\d-\d\d, promoted from canary by ada/)]);
  });

  it("leaves the channel as it is where the next would go backwards", async () => {
    const registry = await npmRegistry();
    await registry.publish("shop", "1.1.0-beta.1", "canary");
    await registry.publish("shop", "1.2.0", "latest");
    const { github, run } = await stage({ workflows: { promoteRelease: { package: "shop", registry: registry.url } }, repository: { environments: {
      beta: { reviewed: false, waitMinutes: 0, approvals: "none" }, latest: { reviewed: true, waitMinutes: 0, approvals: "1 reviewer" } } } });
    const ran = await run("promote-release.yml", { inputs: { from_channel: "canary", to_channel: "latest", allow_prerelease: false }, secrets: { NPM_TOKEN: registry.token } });
    expect(ran.code).toBe(1);
    expect(ran.jobs).toEqual({ Check: "failure" });
    expect(await registry.tags("shop")).toEqual({ latest: "1.2.0", canary: "1.1.0-beta.1" });
    expect(github.calls).toEqual([]);
  });
});
