import { scriptRoom, serve } from "../../test/workflows/script-room.ts";
import { packageIndex } from "../../test/workflows/verification/package-room.ts";

const SCRIPT = "wait-for-package.mjs";

/** GitHub with some tags. */
async function tags(...names: string[]) {
  return await serve(({ path }) => {
    const tag = /^\/repos\/acme\/shop\/git\/ref\/tags\/(.+)$/.exec(path)?.[1];
    return tag !== undefined && names.includes(decodeURIComponent(tag)) ? { body: { ref: `refs/tags/${tag}`, object: { type: "commit", sha: "1" } } } : undefined;
  });
}

async function waiting(env: Record<string, string>, { releases = ["0.1.9", "0.2.0", "0.3.0b1"], tagged = ["v0.1.9", "v0.2.0", "v0.3.0-beta.1"] } = {}) {
  const index = await packageIndex("my-shop", releases.map((version) => ({ version })));
  const github = await tags(...tagged);
  const room = scriptRoom();
  const ran = await room.run(SCRIPT, { PROJECT: "my-shop", INDEX_URL: index.simple, GITHUB_API_URL: github.url, GITHUB_TOKEN: "t", TAG_PREFIX: "v", WAIT_MINUTES: "0", PAUSE_SECONDS: "0.01", ...env });
  return { ...ran, index, room };
}

describe("waiting for a package", () => {
  it("finds the newest stable release, the one before it and its tag", async () => {
    const { code, outputs, summary } = await waiting({});
    expect([code, outputs]).toEqual([0, { version: "0.2.0", previous: "0.1.9", tag: "v0.2.0" }]);
    expect(summary).toBe("my-shop 0.2.0 is in the index.\n");
  });

  it("takes the tag of a release for its version, also of a prerelease", async () => {
    expect((await waiting({ VERSION: "v0.1.9" })).outputs).toEqual({ version: "0.1.9", previous: "", tag: "v0.1.9" });
    expect((await waiting({ VERSION: "v0.3.0-beta.1" })).outputs).toEqual({ version: "0.3.0b1", previous: "0.2.0", tag: "v0.3.0-beta.1" });
  });

  it("waits for what is not there yet", async () => {
    const index = await packageIndex("my-shop", [{ version: "0.2.0" }]);
    const github = await tags("v0.2.1");
    const published = setTimeout(() => index.releases.unshift({ version: "0.2.1" }), 1500);
    const { code, outputs, stdout } = await scriptRoom().run(SCRIPT, { PROJECT: "my-shop", INDEX_URL: index.simple, GITHUB_API_URL: github.url, VERSION: "0.2.1", TAG_PREFIX: "v", WAIT_MINUTES: "1", PAUSE_SECONDS: "0.2" });
    clearTimeout(published);
    expect([code, outputs["version"]]).toEqual([0, "0.2.1"]);
    expect(stdout.match(/Not there yet; asking again in [\d.]+ s\./g)?.slice(0, 2)).toEqual(["Not there yet; asking again in 0.2 s.", "Not there yet; asking again in 0.4 s."]);
  });

  it("gives up when the time is over and says what to do", async () => {
    const { code, stderr, outputs } = await waiting({ VERSION: "9.9.9" });
    expect([code, outputs]).toEqual([1, {}]);
    expect(stderr).toBe("::error::my-shop 9.9.9 was not in the index after 0 minutes; see whether it was published, and run again\n");
  });

  it("says how an index failed that never answered", async () => {
    const broken = await serve(() => ({ status: 403, body: "closed" }));
    const { stderr } = await waiting({ VERSION: "0.2.0", INDEX_URL: broken.url });
    expect(stderr).toContain("which last said: the package index answered 403 for my-shop");
  });

  it("does not verify what is yanked", async () => {
    const index = await packageIndex("my-shop", [{ version: "0.2.0", yanked: true }]);
    const { code, stderr } = await waiting({ VERSION: "0.2.0", INDEX_URL: index.simple });
    expect([code, stderr]).toEqual([1, "::error::my-shop 0.2.0 is yanked; verify a version that people can install\n"]);
  });

  it("asks for the tag that a release was built from", async () => {
    const { code, stderr } = await waiting({}, { tagged: ["v0.1.9"] });
    expect([code, stderr]).toEqual([1, "::error::my-shop 0.2.0 has no tag in this repository; push the tag that it was built from\n"]);
  });

  it.each(["$(touch pwned)", "0.2.0; touch pwned", "0.2.0\n::error::forged", "`touch pwned`", "../../0.2.0", "v0.2.0' --index-url http://evil", "<script>"])("refuses the version %j and runs nothing of it", async (VERSION) => {
    const { code, stderr, stdout, room, index } = await waiting({ VERSION });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^::error::VERSION: is not a version of a Python package, got .*; write one such as 1\.2\.3\n$/);
    expect(stderr.split("\n")).toHaveLength(2);
    expect(stdout).toBe("");
    expect(room.exists("pwned")).toBe(false);
    expect(index.server.requests).toEqual([]);
  });
});
