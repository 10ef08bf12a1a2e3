import * as fc from "fast-check";
import { comparePython, isPrerelease, normalVersion, parsePython, tagsOf } from "../../components/workflows/scripts/lib/pep440.mjs";
import { nameOfFile, releasesOf, stable, versionOfFile } from "../../components/workflows/scripts/lib/python-index.mjs";
import { serve } from "../../test/workflows/script-room.ts";

describe("versions of Python packages", () => {
  it("are ordered as PEP 440 has it", () => {
    const ordered = ["1.0.dev1", "1.0a1.dev1", "1.0a1", "1.0b2", "1.0rc1", "1.0", "1.0.post1.dev1", "1.0.post1", "1.0.1", "1.1", "1.10", "2", "1!0.1"];
    for (const [at, version] of ordered.entries()) for (const later of ordered.slice(at + 1)) expect([version, later, comparePython(version, later) < 0]).toEqual([version, later, true]);
    expect(comparePython("1.0", "1.0.0")).toBe(0);
  });

  it.each([
    ["v1.2.0-beta.1", "1.2.0b1"],
    ["1.0.0-rc2", "1.0.0rc2"],
    ["1.0ALPHA", "1.0a0"],
    ["1.0-1", "1.0.post1"],
    ["2!1.0.dev", "2!1.0.dev0"],
    ["0.2.1", "0.2.1"],
  ])("%s is %s in the index", (written, normal) => {
    expect(normalVersion(written)).toBe(normal);
  });

  it.each(["", "latest", "1.0; rm -rf /", "$(touch pwned)", "1.0\n2.0", "1..0", "-r requirements.txt"])("%j is none", (text) => {
    expect(parsePython(text)).toBeUndefined();
  });

  it("do not change when they are made normal twice", () => {
    const part = fc.nat(99);
    fc.assert(fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), fc.constantFrom("", "a1", "-beta.2", "rc3"), fc.constantFrom("", ".post4"), fc.constantFrom("", ".dev5"), (release, pre, post, dev) => {
      const normal = normalVersion(`${release.join(".")}${pre}${post}${dev}`);
      expect(normalVersion(normal)).toBe(normal);
    }));
  });

  it("are looked for among the tags as semantic-release and as Python writes them", () => {
    expect(tagsOf("1.2.0b1", "v")).toEqual(["v1.2.0-beta.1", "v1.2.0b1", "1.2.0-beta.1", "1.2.0b1"]);
    expect(tagsOf("0.2.1", "v")).toEqual(["v0.2.1", "0.2.1"]);
  });

  it("say which of them installers pass over", () => {
    expect(["1.0", "1.0.post1", "1.0rc1", "1.0.dev1"].filter(isPrerelease)).toEqual(["1.0rc1", "1.0.dev1"]);
  });
});

describe("releasesOf", () => {
  const files = ["my_shop-0.2.0-py3-none-any.whl", "my-shop-0.2.0.tar.gz", "My.Shop-0.10.0.tar.gz", "my_shop-0.3.0b1-py3-none-any.whl", "my_shop-0.1.0.exe"];
  const json = (yanked: Record<string, boolean | string>) => ({ body: JSON.stringify({ files: files.map((filename) => ({ filename, yanked: yanked[filename] ?? false })) }), headers: { "content-type": "application/vnd.pypi.simple.v1+json" } });

  it("lists the newest first, by number and not by text, and knows what people get by default", async () => {
    const { url, requests } = await serve(() => json({}));
    const releases = await releasesOf(`${url}/simple/`, "My_Shop");
    expect(releases.map(({ version }) => version)).toEqual(["0.10.0", "0.3.0b1", "0.2.0"]);
    expect(stable(releases).map(({ version }) => version)).toEqual(["0.10.0", "0.2.0"]);
    expect(requests[0]?.path).toBe("/simple/my-shop/");
    expect(requests[0]?.headers.accept).toContain("application/vnd.pypi.simple.v1+json");
  });

  it("calls a release yanked only where each of its files is, with or without a reason", async () => {
    const half = await serve(() => json({ "my_shop-0.2.0-py3-none-any.whl": "broken" }));
    const whole = await serve(() => json({ "my_shop-0.2.0-py3-none-any.whl": "", "my-shop-0.2.0.tar.gz": true }));
    const yanked = async (url: string) => (await releasesOf(url, "my-shop")).filter((release) => release.yanked).map(({ version }) => version);
    expect(await yanked(half.url)).toEqual([]);
    expect(await yanked(whole.url)).toEqual(["0.2.0"]);
  });

  it("reads the pages of indexes that speak only HTML", async () => {
    const { url } = await serve(() => ({ body: '<a href="x#sha256=1" data-yanked="bad &amp; worse">my_shop-0.2.0-py3-none-any.whl</a>\n<A HREF="y">\n my-shop-0.1.0.tar.gz </A>', headers: { "content-type": "text/html" } }));
    expect(await releasesOf(url, "my-shop")).toEqual([
      { version: "0.2.0", yanked: true, files: ["my_shop-0.2.0-py3-none-any.whl"] },
      { version: "0.1.0", yanked: false, files: ["my-shop-0.1.0.tar.gz"] },
    ]);
  });

  it("knows no release of a project that is not there, and fails where the index does", async () => {
    const { url } = await serve(({ path }) => (path === "/there/" ? { status: 403, body: "no" } : undefined));
    expect(await releasesOf(url, "absent")).toEqual([]);
    await expect(releasesOf(url, "there")).rejects.toThrow("the package index answered 403 for there");
  });

  it("takes names and versions out of files with dashes in both", () => {
    expect(versionOfFile("my-shop-tools-1.0-1.tar.gz", "my.shop")).toBe("tools-1.0-1");
    expect(versionOfFile("my-shop-tools-1.0-1.tar.gz", "my-shop-tools")).toBe("1.0-1");
    expect(nameOfFile("My.Shop-1.0.zip", "my-shop")).toBe("My.Shop");
    expect(versionOfFile("readme.txt", "my-shop")).toBeUndefined();
  });
});
