import { scriptRoom, serve } from "../../test/workflows/script-room.ts";

const DIGEST = `sha256:${"0a".repeat(32)}`;

async function version(env: Record<string, string>, tags: string[] = []) {
  const github = await serve(() => ({ body: tags.map((tag) => ({ ref: `refs/tags/${tag}` })) }));
  return await scriptRoom().run("image-version.mjs", { TAG_PREFIX: "mcp-server-v", GITHUB_API_URL: github.url, ...env });
}

describe("image-version", () => {
  it("takes the version of a run by hand, and reads the others of its own prefix", async () => {
    const { outputs } = await version({ VERSION: "1.3.0", GITHUB_REF: "refs/heads/main" }, ["mcp-server-v1.2.0", "mcp-server-v0.9.0"]);
    expect(outputs).toEqual({ version: "1.3.0", stable: "true", family: "true", newest: "true" });
  });

  it("says of a branch that it is no release, and asks nobody", async () => {
    expect((await version({ GITHUB_REF: "refs/heads/main" })).outputs).toEqual({ version: "", stable: "false", family: "false", newest: "false" });
  });

  it.each([
    ["$(touch pwned)", 'version: is not a semantic version that can be a tag, got "$(touch pwned)"; use one such as 1.2.3'],
    ["1.2.3\n::error::forged", 'version: is not a semantic version that can be a tag, got "1.2.3\\n::error::forged"; use one such as 1.2.3'],
    ["1.2.3+build", 'version: is not a semantic version that can be a tag, got "1.2.3+build"; use one such as 1.2.3'],
    ["1.2.0", 'VERSION: is released already, got "1.2.0"; run it on the tag mcp-server-v1.2.0, or choose another version'],
  ])("refuses %j", async (text, message) => {
    const { code, stderr, outputs } = await version({ VERSION: text, GITHUB_REF: "refs/heads/main" }, ["mcp-server-v1.2.0"]);
    expect([code, stderr, outputs]).toEqual([1, `::error::${message}\n`, {}]);
  });

  it("refuses a tag of something else, and a version that is not the tag's", async () => {
    expect((await version({ GITHUB_REF: "refs/tags/other-v1.0.0" })).stderr).toBe('::error::tag: does not begin with mcp-server-v, got "refs/tags/other-v1.0.0"; run it on the tag of a release\n');
    expect((await version({ GITHUB_REF: "refs/tags/mcp-server-v1.0.0", VERSION: "2.0.0" })).stderr).toBe('::error::VERSION: is not the version of the tag that this runs on, got "2.0.0" on mcp-server-v1.0.0; run it on a branch, or leave the version out\n');
  });
});

describe("tag-image", () => {
  function room() {
    const made = scriptRoom();
    made.program("docker", 'printf "%s\\n" "$@" > asked');
    return made;
  }

  it("names the image that was tried, by its digest", async () => {
    const made = room();
    const { code } = await made.run("tag-image.mjs", { IMAGE: `ghcr.io/acme/shop@${DIGEST}`, TAGS: "ghcr.io/acme/shop:v1.2.3\nghcr.io/acme/shop:latest" });
    expect(code).toBe(0);
    expect(made.read("asked").trim().split("\n")).toEqual(["buildx", "imagetools", "create", "--tag", "ghcr.io/acme/shop:v1.2.3", "--tag", "ghcr.io/acme/shop:latest", `ghcr.io/acme/shop@${DIGEST}`]);
  });

  it.each(["ghcr.io/acme/other:latest", "ghcr.io/acme/shop:$(touch pwned)", "--file=/etc/passwd", "ghcr.io/acme/shop:"])("refuses %j", async (tag) => {
    const made = room();
    const { code, stderr } = await made.run("tag-image.mjs", { IMAGE: `ghcr.io/acme/shop@${DIGEST}`, TAGS: `ghcr.io/acme/shop:v1\n${tag}` });
    expect([code, made.exists("asked"), made.exists("pwned")]).toEqual([1, false, false]);
    expect(stderr).toBe(`::error::TAGS: names something else than a tag of ghcr.io/acme/shop, got ${JSON.stringify(tag)}; correct the rules that name the image\n`);
  });

  it("refuses an image without a digest", async () => {
    expect((await room().run("tag-image.mjs", { IMAGE: "ghcr.io/acme/shop:latest", TAGS: "x" })).stderr).toBe('::error::IMAGE: is not an image by its digest, got "ghcr.io/acme/shop:latest"; correct it and run again\n');
  });
});
