import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { differingParts, digestOf, isDigest } from "../../../operations/preview/digest.ts";
import { parseEvents } from "../../../operations/preview/events.ts";
import { house, IN_SERVICE, SECRET_MARK, stream } from "./engine.ts";
import type { Made } from "./engine.ts";

const AT = "2026-11-21T20:00:00.000Z";

interface Reviewed {
  steps?: readonly Made[];
  config?: Record<string, string>;
  file?: unknown;
  resources?: unknown[];
  plannedAt?: string;
}

function digest({ config = { "slipway:x": "1" }, file = { config: { "slipway:key": { secure: "v1:aaa" } } }, plannedAt = AT, resources = [{ urn: "a", inputs: { s: { ...SECRET_MARK, ciphertext: "v1:one" } } }], steps = [] }: Reviewed = {}): string {
  return digestOf({ events: parseEvents(stream([...house(), ...steps], { config })), file, exported: { version: 3, deployment: { manifest: { time: plannedAt }, resources } }, plannedAt });
}

const change: Made = { op: "update", type: "any:index:Thing", name: "thing", parent: IN_SERVICE, old: { a: 1, secret: { ...SECRET_MARK, ciphertext: "[secret]" } }, new: { a: 2 }, detailedDiff: { a: "update" } };
const other: Made = { op: "create", type: "any:index:Thing", name: "other", parent: IN_SERVICE, new: { a: [1, { b: 2 }] } };

describe("a digest is the same", () => {
  test("for the same, whatever the engine's order and the hour", () => {
    const one = digest({ steps: [change, other, { ...change, op: "same", name: "stack", type: "pulumi:pulumi:Stack", newOutputs: { since: AT } }] });
    const later = "2026-11-21T21:11:11.111Z";
    const two = digest({ plannedAt: later, steps: [{ ...change, op: "same", name: "stack", type: "pulumi:pulumi:Stack", newOutputs: { since: later } }, other, { ...change, new: { a: 2 } }] });
    expect(two).toBe(one);
    expect(isDigest(one)).toBe(true);
  });

  test("whatever providers say of a resource besides, and whatever a refresh looked at", () => {
    expect(digest({ steps: [{ ...change, newOutputs: { status: 4 } }, { ...other, op: "refresh" }] })).toBe(digest({ steps: [{ ...change, newOutputs: { status: 5 } }] }));
  });

  test("whatever the order of the state", () => {
    const resources = [{ urn: "a", inputs: { s: { ciphertext: "1" } } }, { urn: "b", inputs: { s: { ciphertext: "2" } } }];
    expect(digest({ resources: resources.toReversed() })).toBe(digest({ resources }));
  });
});

describe("a digest is another one, and says in which part, when", () => {
  test.each<[string, Reviewed, string[]]>([
    ["the configuration changed", { config: { "slipway:x": "2" } }, ["configuration"]],
    ["a secret of the configuration was set again", { file: { config: { "slipway:key": { secure: "v1:bbb" } } } }, ["configuration"]],
    ["a secret in the state was written again", { resources: [{ urn: "a", inputs: { s: { ...SECRET_MARK, ciphertext: "v1:two" } } }] }, ["state"]],
    ["a secret moved to another resource", { resources: [{ urn: "b", inputs: { s: { ...SECRET_MARK, ciphertext: "v1:one" } } }] }, ["state"]],
    ["another value is written", { steps: [{ ...change, new: { a: 3 } }] }, ["plan"]],
    ["another value was there", { steps: [{ ...change, old: { a: 0 } }] }, ["plan"]],
    ["the operation is another", { steps: [{ ...change, op: "replace" }] }, ["plan"]],
    ["the provider sees another field", { steps: [{ ...change, detailedDiff: { b: "update" } }] }, ["plan"]],
    ["the resource is another", { steps: [{ ...change, name: "thong" }] }, ["plan"]],
    ["its protection is taken off", { steps: [{ ...change, protect: true, protectAfter: false }] }, ["plan"]],
    ["something is added", { steps: [change, other] }, ["plan"]],
    ["nothing is left", { steps: [] }, ["plan"]],
    ["the stack's record is another", { steps: [change, { op: "same", type: "pulumi:pulumi:Stack", name: "record", old: {}, new: {}, newOutputs: { releases: 1 } }] }, ["plan"]],
  ])("%s", (_, reviewed, parts) => {
    const before = digest({ steps: [change] });
    const after = digest({ steps: [change], ...reviewed });
    expect(after).not.toBe(before);
    expect(differingParts(before, after)).toEqual(parts);
  });

  test("any input of any resource is another", () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(fc.property(value, value, (one, two) => {
      const same = JSON.stringify(one) === JSON.stringify(two);
      fc.pre(same || !sameUnordered(one, two));
      expect(digest({ steps: [{ ...other, new: { value: one } }] }) === digest({ steps: [{ ...other, new: { value: two } }] })).toBe(same);
    }));
  });
});

test("a digest that was cut is none", () => {
  expect(isDigest(digest().slice(0, 64))).toBe(false);
  expect(differingParts(digest(), "0".repeat(64))).toEqual([]);
});

/** Equal but for the order of keys and the sign of zero, which JSON does not tell apart. */
function sameUnordered(one: unknown, two: unknown): boolean {
  try {
    expect(JSON.parse(JSON.stringify(one))).toEqual(JSON.parse(JSON.stringify(two)));
    return true;
  } catch {
    return false;
  }
}
