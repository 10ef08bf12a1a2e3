import { channelVersion, compareBuilds, planPromotion, planRollback } from "../../../components/workflows/scripts/lib/channels.mjs";

const commit = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";

function facts(tags: Record<string, string>, deprecated: Record<string, string> = {}) {
  const names = ["1.2.2", "1.2.3", "1.3.0", "1.3.0-canary.57.1a2b3c4", "1.3.0-canary.60.abcdef0", "1.3.0-beta.58.0f1e2d3"];
  return { tags, versions: Object.fromEntries(names.map((version) => [version, { ...(deprecated[version] !== undefined && { deprecated: deprecated[version] }) }])) };
}

describe("the version of a commit between releases", () => {
  const version = (messages: string[], sha = commit) => channelVersion({ last: "v1.2.3", messages, channel: "canary", run: "57", sha });

  it("is the one that the commits ask for, with channel, run and commit", () => {
    expect(version(["fix: a leak"])).toBe("1.2.4-canary.57.1a2b3c4");
    expect(version(["fix: a leak", "feat: recall"])).toBe("1.3.0-canary.57.1a2b3c4");
    expect(version(["feat!: another format"])).toBe("2.0.0-canary.57.1a2b3c4");
    expect(version(["docs: a word"])).toBe("1.2.4-canary.57.1a2b3c4");
  });

  it("has a letter in its commit, because semver takes digits for a number that may not begin with 0", () => {
    expect(version([], "0123456789abcdef0123456789abcdef01234567")).toBe("1.2.4-canary.57.0123456789a");
  });
});

describe("the order of builds", () => {
  it("is that of their runs within one coming version, whatever their channel is called", () => {
    expect(compareBuilds("1.3.0-beta.60.abcdef0", "1.3.0-canary.57.1a2b3c4")).toBeGreaterThan(0);
    expect(compareBuilds("1.3.0-canary.9.abcdef0", "1.3.0-canary.10.1a2b3c4")).toBeLessThan(0);
  });

  it("is semver's otherwise", () => {
    expect(compareBuilds("1.3.0", "1.3.0-canary.57.1a2b3c4")).toBeGreaterThan(0);
    expect(compareBuilds("1.3.0-canary.90.1a2b3c4", "1.4.0-canary.1.1a2b3c4")).toBeLessThan(0);
    expect(compareBuilds("1.2.3", "1.2.3")).toBe(0);
  });
});

describe("a promotion", () => {
  const canary = "1.3.0-canary.57.1a2b3c4";

  it("moves what the channel has, and says what the target had", () => {
    expect(planPromotion(facts({ canary, beta: "1.2.3" }), { from: "canary", to: "beta" })).toEqual({ version: canary, previous: "1.2.3", unchanged: false });
    expect(planPromotion(facts({ canary }), { from: "canary", to: "beta" })).toEqual({ version: canary, previous: undefined, unchanged: false });
  });

  it("moves what was approved, although the channel has gone on", () => {
    expect(planPromotion(facts({ canary: "1.3.0-canary.60.abcdef0" }), { from: "canary", to: "beta", approved: canary })).toMatchObject({ version: canary });
  });

  it("has nothing to do where the target has the version", () => {
    expect(planPromotion(facts({ beta: "1.3.0", latest: "1.3.0" }), { from: "beta", to: "latest" })).toMatchObject({ unchanged: true });
  });

  it("lets a prerelease become latest only when somebody says so", () => {
    const prerelease = facts({ canary, latest: "1.2.3" });
    expect(planPromotion(prerelease, { from: "canary", to: "latest" }).problem).toBe(
      `${canary} is a prerelease, and latest is what everybody gets; release the final version, or allow the prerelease`,
    );
    expect(planPromotion(prerelease, { from: "canary", to: "latest", allowPrerelease: true })).toMatchObject({ version: canary });
  });

  it.each([
    ["beta", "beta", { beta: "1.3.0" }, "beta is not promoted to beta; versions go from canary to beta to latest"],
    ["latest", "beta", { latest: "1.3.0" }, "latest is not promoted to beta; versions go from canary to beta to latest"],
    ["canary", "beta", {}, "channel canary has no version; publish one first"],
    ["beta", "latest", { beta: "9.9.9" }, "9.9.9 is not in the registry; publish it first"],
    ["beta", "latest", { beta: "constructor" }, "constructor is not in the registry; publish it first"],
    ["beta", "latest", { beta: "1.2.2", latest: "1.2.3" }, "1.2.2 is older than 1.2.3, which latest has; to go back, run the rollback"],
  ])("from %s to %s is refused where it makes no sense", (from, to, tags: Record<string, string>, problem) => {
    expect(planPromotion(facts(tags), { from, to })).toEqual({ problem });
  });

  it("refuses a version that was rolled back", () => {
    expect(planPromotion(facts({ beta: "1.3.0", latest: "1.2.3" }, { "1.3.0": "Rolled back: it burns." }), { from: "beta", to: "latest" }).problem).toBe(
      "1.3.0 is deprecated (Rolled back: it burns.); promote a version that is not",
    );
  });
});

describe("a rollback", () => {
  const message = "Rolled back: it burns. Use 1.2.2.";
  const plan = (tags: Record<string, string>, deprecated = {}, changes = {}) =>
    planRollback(facts(tags, deprecated), { channel: "latest", rollback: "1.2.3", restore: "1.2.2", message, ...changes });

  it("moves the channel and deprecates, and names the other channels that have the version", () => {
    expect(plan({ latest: "1.2.3", beta: "1.2.3", canary: "1.3.0" })).toEqual({ moves: true, deprecates: true, elsewhere: ["beta"] });
  });

  it("does the half that is missing, and nothing the second time", () => {
    expect(plan({ latest: "1.2.2" })).toEqual({ moves: false, deprecates: true, elsewhere: [] });
    expect(plan({ latest: "1.2.2" }, { "1.2.3": message })).toEqual({ moves: false, deprecates: false, elsewhere: [] });
  });

  it.each([
    [{ latest: "1.2.3" }, { restore: "1.2.3" }, "1.2.3 cannot replace itself; name another version to restore"],
    [{ latest: "1.2.3" }, { rollback: "7.0.0" }, "7.0.0, which is to be rolled back, is not in the registry; correct the version"],
    [{ latest: "1.2.3" }, { restore: "7.0.0" }, "7.0.0, which is to be restored, is not in the registry; correct the version"],
    [{ latest: "1.2.3" }, { restore: "1.3.0-beta.58.0f1e2d3" }, "1.3.0-beta.58.0f1e2d3 is a prerelease, and latest is what everybody gets; restore a final version"],
    [{ latest: "1.3.0" }, {}, "channel latest has 1.3.0, so rolling 1.2.3 back would take that away; name the version that the channel has"],
    [{}, {}, "channel latest has no version, so rolling 1.2.3 back would take that away; name the version that the channel has"],
  ])("refuses what would make it worse", (tags: Record<string, string>, changes, problem) => {
    expect(plan(tags, {}, changes)).toEqual({ problem });
  });

  it("does not restore a version that was rolled back itself", () => {
    expect(plan({ latest: "1.2.3" }, { "1.2.2": "Rolled back: older fire." })).toEqual({ problem: "1.2.2 is deprecated (Rolled back: older fire.); restore a version that is not" });
  });
});
