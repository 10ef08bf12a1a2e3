import { describe, expect, test } from "@jest/globals";
import { imageTags } from "../../components/images/tags.ts";
import type { ImageEvent } from "../../components/images/tags.ts";

const SHA = "abcd123456789012345678901234567890123456";

describe("the tags of an image", () => {
  test.each<[string, ImageEvent, string[]]>([
    ["the newest release", { kind: "release", version: "v1.2.3", sha: SHA, newest: true }, ["v1.2.3", "v1.2", "v1", "latest", "sha-abcd123"]],
    ["a patch of an older line", { kind: "release", version: "1.2.4", sha: SHA, newest: false }, ["v1.2.4", "v1.2", "v1", "sha-abcd123"]],
    ["a version 0", { kind: "release", version: "0.2.1", sha: SHA, newest: true }, ["v0.2.1", "v0.2", "latest", "sha-abcd123"]],
    ["a prerelease", { kind: "release", version: "1.3.0-beta.1", sha: SHA, newest: true }, ["v1.3.0-beta.1", "sha-abcd123"]],
    ["the development branch", { kind: "branch", branch: "develop", sha: SHA }, ["develop", "sha-abcd123"]],
    ["a branch with a slash", { kind: "branch", branch: "feature/one two", sha: SHA }, ["feature-one-two", "sha-abcd123"]],
    ["a branch that begins with a dot", { kind: "branch", branch: ".-x", sha: SHA }, ["x", "sha-abcd123"]],
    ["a pull request", { kind: "pull-request", number: 123, sha: SHA }, ["pr-123", "sha-abcd123"]],
  ])("of %s", (_, event, tags) => {
    expect(imageTags(event)).toEqual(tags);
    for (const tag of tags) expect(tag).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/);
  });

  test.each<[ImageEvent, string]>([
    [{ kind: "release", version: "1.2", sha: SHA, newest: true }, 'image event.version: is not a semantic version, got "1.2"; write one such as 1.2.3'],
    [{ kind: "release", version: "01.2.3", sha: SHA, newest: true }, 'image event.version: is not a semantic version, got "01.2.3"; write one such as 1.2.3'],
    [{ kind: "branch", branch: "///", sha: SHA }, 'image event.branch: has no letter or digit, got "///"; use a branch whose name can be a tag'],
    [{ kind: "pull-request", number: 0, sha: SHA }, "image event.number: is not the number of a pull request, got 0; write a whole number from 1"],
    [{ kind: "branch", branch: "main", sha: "abc" }, 'image event.sha: is not a commit, got "abc"; write all 40 lower-case hexadecimal digits'],
  ])("%j is refused", (event, text) => {
    expect(() => imageTags(event)).toThrow(new RangeError(text));
  });
});
