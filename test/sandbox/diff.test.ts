import { describe, expect, test } from "@jest/globals";
import { changes, equal } from "../../sandbox/diff.ts";
import { formatPath, startsWithPath } from "../../sandbox/paths.ts";
import { UNKNOWN } from "../../sandbox/values.ts";

describe("differences", () => {
  test("each leaf that differs is named once, with its kind", () => {
    expect(changes({ a: 1, gone: "x", deep: { list: [1, 2], same: true } }, { a: 2, deep: { list: [1], same: true, "x.y/z": 1 } })).toEqual([
      { path: "a", kind: "update", property: "a" },
      { path: "gone", kind: "delete", property: "gone" },
      { path: "deep.list[1]", kind: "delete", property: "deep" },
      { path: 'deep["x.y/z"]', kind: "add", property: "deep" },
    ]);
  });

  test("null and absent are the same", () => {
    expect(changes({ a: null }, { b: null })).toEqual([]);
    expect(equal(undefined, null)).toBe(true);
  });

  test("a value that is not known yet always counts as a change", () => {
    expect(changes({ a: UNKNOWN }, { a: UNKNOWN })).toEqual([{ path: "a", kind: "update", property: "a" }]);
  });

  test("a mapping that became a list is one change", () => {
    expect(changes({ a: { b: 1 } }, { a: [1] })).toEqual([{ path: "a", kind: "update", property: "a" }]);
  });

  test.each([
    [["spec", "containers", 0, "image"], "spec.containers[0].image"],
    [["metadata", "labels", "app.kubernetes.io/name"], 'metadata.labels["app.kubernetes.io/name"]'],
    [["with space"], '["with space"]'],
  ])("the path %j is written %s", (path, text) => {
    expect(formatPath(path)).toBe(text);
  });

  test("a path starts with another only at a segment's end", () => {
    expect([startsWithPath("spec.selector.app", "spec.selector"), startsWithPath("spec.ports[0]", "spec.ports"), startsWithPath("spec.selectors", "spec.selector")]).toEqual([true, true, false]);
  });
});
