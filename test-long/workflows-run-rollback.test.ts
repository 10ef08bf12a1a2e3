import { npmRegistry } from "./act/npm.ts";
import { stage } from "./act/stage.ts";

const channels = Object.fromEntries(["canary", "beta", "latest"].map((name) => [name, { reviewed: false, waitMinutes: 0, approvals: "none" }]));
const inputs = { rollback_version: "1.2.3", restore_version: "1.2.2", channel: "latest", reason: 'Loses memories; $(touch pwned) "quoted" @everyone' };

async function released() {
  const registry = await npmRegistry();
  await registry.publish("shop", "1.2.2");
  await registry.publish("shop", "1.2.3");
  const made = await stage({ workflows: { rollbackRelease: { package: "shop", registry: registry.url, waitMinutes: 1 } }, repository: { environments: channels } });
  for (const tag of ["v1.2.2", "v1.2.3"]) made.github.release({ tag_name: tag, body: `Notes of ${tag}`, latest: tag === "v1.2.3" });
  const rollBack = async (changes = {}) => await made.run("rollback-release.yml", { inputs: { ...inputs, ...changes }, secrets: { NPM_TOKEN: registry.token } });
  return { ...made, registry, rollBack };
}

describe("rollback-release", () => {
  it("gives everybody the earlier version again, warns of the bad one, marks the releases and opens one incident", async () => {
    const { github, registry, rollBack } = await released();
    const ran = await rollBack();
    expect([ran.log, ran.code]).toEqual([expect.any(String), 0]);
    expect(ran.jobs).toEqual({ Check: "success", "Roll back": "success", Verify: "success", Report: "success" });
    expect(await registry.tags("shop")).toEqual({ latest: "1.2.2" });
    expect(await registry.deprecated("shop", "1.2.3")).toBe(`Rolled back: ${inputs.reason}. Use 1.2.2.`);
    expect(await registry.deprecated("shop", "1.2.2")).toBeUndefined();
    const state = github.releases.map(({ tag_name, prerelease, latest }) => [tag_name, prerelease, latest]);
    expect(state).toEqual([["v1.2.3", true, false], ["v1.2.2", false, true]]);
    expect(github.issues).toMatchObject([{ title: "Rollback of shop 1.2.3 to 1.2.2 in latest", state: "open", labels: [{ name: "incident" }] }]);
    expect(github.issues[0]?.body).not.toContain("@everyone");
    expect(ran.log).not.toContain(registry.token);

    const again = await rollBack();
    expect([again.log, again.code]).toEqual([expect.any(String), 0]);
    expect(await registry.tags("shop")).toEqual({ latest: "1.2.2" });
    expect(github.issues.length).toBe(1);
    expect(github.releases.map(({ body }) => body?.match(/<!-- .*? -->/g))).toEqual([["<!-- rollback latest -->"], ["<!-- restored latest -->"]]);
  });

  it("refuses a version that does not exist, and changes nothing", async () => {
    const { github, registry, rollBack } = await released();
    const ran = await rollBack({ restore_version: "1.0.0" });
    expect([ran.code, ran.jobs]).toEqual([1, { Check: "failure" }]);
    expect(ran.log).toContain("1.0.0, which is to be restored, is not in the registry; correct the version");
    expect([await registry.tags("shop"), github.calls]).toEqual([{ latest: "1.2.3" }, []]);
  });

  it("opens the incident also where the registry refuses the token", async () => {
    const { github, registry, run } = await released();
    const ran = await run("rollback-release.yml", { inputs, secrets: { NPM_TOKEN: "npm_wrong" } });
    expect([ran.code, ran.jobs]).toEqual([1, { Check: "success", "Roll back": "failure", Report: "success" }]);
    expect(await registry.tags("shop")).toEqual({ latest: "1.2.3" });
    expect(github.issues[0]?.body).toContain("| latest gives 1.2.2, 1.2.3 is deprecated | failure |");
  });
});
