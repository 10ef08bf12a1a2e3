import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { places } from "../../lab/agent/plan.ts";
import { keyOf } from "../../lab/agent/pod.ts";
import { pod } from "./pods.ts";

const none = () => false;

test("the pods of one owner beyond the cap share the fate of its first", () => {
  const pods = ["c", "a", "b"].map((name) => pod(name, { owner: "one" }));
  expect(Object.fromEntries(places(pods, 2, none))).toEqual({
    "shop/a": { kind: "own" }, "shop/b": { kind: "own" }, "shop/c": { kind: "shared", with: "shop/a" },
  });
});

test("a pod that has a process keeps it when others come before it", () => {
  const pods = ["a", "b", "c"].map((name) => pod(name, { owner: "one" }));
  expect(Object.fromEntries(places(pods, 1, (key) => key === "shop/c"))).toEqual({
    "shop/a": { kind: "shared", with: "shop/c" }, "shop/b": { kind: "shared", with: "shop/c" }, "shop/c": { kind: "own" },
  });
});

test("a pod that is being deleted has no place, and leaves its own to the next", () => {
  const pods = [pod("a", { owner: "one", deleted: true }), pod("b", { owner: "one" })];
  expect(Object.fromEntries(places(pods, 1, none))).toEqual({ "shop/b": { kind: "own" } });
});

test("pods of nobody have a process each", () => {
  expect([...places([pod("a"), pod("b")], 1, none).values()]).toEqual([{ kind: "own" }, { kind: "own" }]);
});

test("no owner has more processes than the cap, and every shared fate is that of a process", () => {
  const anyPod = fc.record({ name: fc.stringMatching(/^[a-z]{1,3}$/), owner: fc.constantFrom("one", "two"), deleted: fc.boolean() });
  const anyPods = fc.uniqueArray(anyPod, { selector: ({ name }) => name });
  fc.assert(fc.property(anyPods, fc.integer({ min: 1, max: 4 }), (changes, cap) => {
    const pods = changes.map(({ name, ...change }) => pod(name, change));
    const plan = places(pods, cap, none);
    for (const owner of ["one", "two"]) {
      const keys = pods.filter(({ metadata }) => metadata.ownerReferences?.[0]?.uid === owner && metadata.deletionTimestamp === undefined).map(keyOf);
      expect(keys.filter((key) => plan.get(key)?.kind === "own")).toHaveLength(Math.min(cap, keys.length));
    }
    for (const place of plan.values()) if (place.kind === "shared") expect(plan.get(place.with)).toEqual({ kind: "own" });
  }));
});
