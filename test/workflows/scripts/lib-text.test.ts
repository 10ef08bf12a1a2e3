import * as fc from "fast-check";
import { code, plain, table } from "../../../components/workflows/scripts/lib/markdown.mjs";
import { bumped, bumpOf, compareVersions, conventional, parseVersion } from "../../../components/workflows/scripts/lib/version.mjs";

describe("Markdown", () => {
  it.each([
    ["@acme/team look", "@&#8203;acme/team look"],
    ["<script>alert(1)</script>", "&#60;script&#62;alert&#40;1&#41;&#60;/script&#62;"],
    ["[a](https://x) `b` #12", "&#91;a&#93;&#40;https://x&#41; &#96;b&#96; &#35;12"],
    ["two\n## lines", "two &#35;&#35; lines"],
  ])("shows %p as it is", (text, shown) => {
    expect(plain(text)).toBe(shown);
  });

  it("keeps a cell in its column", () => {
    expect(table(["a", "b"], [["x | y", "1\n2"]])).toBe("| a | b |\n|---|---|\n| x &#124; y | 1 2 |");
  });

  it("fences a text with more backticks than it has", () => {
    expect(code("```\nx\n````", "yaml")).toBe("`````yaml\n```\nx\n````\n`````");
  });
});

describe("versions", () => {
  it("come apart, with v or without", () => {
    expect(parseVersion("v1.22.3-beta.4+build.5")).toEqual({ major: 1, minor: 22, patch: 3, prerelease: "beta.4" });
    expect(parseVersion("0.0.0")).toEqual({ major: 0, minor: 0, patch: 0, prerelease: undefined });
  });

  it.each(["1.2", "01.2.3", "1.2.3 ", "1.2.3\n", "v1.2.3;id", "latest", ""])("%p is none", (text) => {
    expect(parseVersion(text)).toBeUndefined();
  });

  it("order as semver says", () => {
    const order = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0"];
    fc.assert(fc.property(fc.shuffledSubarray(order), (some) => expect([...some].sort(compareVersions)).toEqual(order.filter((each) => some.includes(each)))));
    expect(compareVersions("v1.0.0+a", "1.0.0+b")).toBe(0);
  });

  it.each([["major", "2.0.0"], ["minor", "1.3.0"], ["patch", "1.2.4"]])("go up by %s", (bump, next) => {
    expect(bumped("v1.2.3-beta.1", bump)).toBe(next);
  });

  it.each([
    [["docs: a", "fix: b", "feat(api): c", "feat!: d"], "major"],
    [["fix: b\n\nBREAKING CHANGE: the door is gone"], "major"],
    [["fix: b\n\nno BREAKING CHANGE: here"], "patch"],
    [["fix: b", "Feat: c"], "minor"],
    [["perf(core): c"], "patch"],
    [["chore: c", "fixed it", "feature: x"], "none"],
    [[], "none"],
  ])("are asked for by %p: %s", (messages, bump) => {
    expect(bumpOf(messages)).toBe(bump);
  });

  it("read a header in its parts, and leave an unconventional one whole", () => {
    expect(conventional("fix(api)!: close the door\n\nbody")).toEqual({ type: "fix", scope: "api", subject: "close the door", breaking: true });
    expect(conventional("Merge branch 'x'")).toEqual({ type: undefined, scope: undefined, subject: "Merge branch 'x'", breaking: false });
  });
});
