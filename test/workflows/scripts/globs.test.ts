import * as fc from "fast-check";
import { matchesAny } from "../../../components/workflows/scripts/lib/globs.mjs";

describe("matchesAny", () => {
  it.each<[string, string[], boolean]>([
    ["docs/a.md", ["docs/*"], true],
    ["docs/a/b.md", ["docs/*"], false],
    ["docs/a/b/c.md", ["docs/**"], true],
    ["docs", ["docs/**"], false],
    ["package-lock.json", ["**/package-lock.json"], true],
    ["web/deep/package-lock.json", ["**/package-lock.json"], true],
    ["web/package-lock.json5", ["**/package-lock.json"], false],
    ["a/x/b/y/c", ["a/**/b/**/c"], true],
    ["a/b/c", ["a/**/b/**/c"], true],
    ["a/c", ["a/**/b/**/c"], false],
    [".github/workflows/ci.yml", [".github/**"], true],
    ["xgithub/ci.yml", [".github/**"], false],
    ["docker-compose.test.yml", ["docker-compose*.yml"], true],
    ["a1", ["a?"], true],
    ["a12", ["a?"], false],
    ["src/a.test.ts", ["src/**", "!**/*.test.ts"], false],
    ["src/a.test.ts", ["src/**", "!**/*.test.ts", "src/a.*"], true],
    ["src/(a+b)[1]{2}$.ts", ["src/(a+b)[1]{2}$.ts"], true],
    ["src/船😀.ts", ["src/??.ts"], true],
    ["a\nb", ["a*b"], true],
    ["a", [], false],
  ])("%p under %j: %p", (path, patterns, matched) => {
    expect(matchesAny(path, patterns)).toBe(matched);
  });

  it("takes a path without signs for itself, every path for **, and no path for another folder's", () => {
    const segment = fc.stringMatching(/^[a-zA-Z0-9._ $()[\]+-]{1,8}$/);
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), (segments) => {
        const path = segments.join("/");
        expect([matchesAny(path, [path]), matchesAny(path, ["**"]), matchesAny(path, [`other-folder/${path}`])]).toEqual([true, true, false]);
      }),
    );
  });

  it("is quick with a path that somebody made to be slow", () => {
    const began = performance.now();
    expect(matchesAny(`${"a/".repeat(2000)}b`, ["**/a/**/a/**/a/**/a/**/c", "*a*a*a*b"])).toBe(false);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
