import { describe, expect, test } from "@jest/globals";
import { at, conceal, hasUnknown, isSecret, reveal, UNKNOWN, withoutNulls } from "../../sandbox/values.ts";

const KEY = "4dabf18193072939515e22adb298388d";
const secret = (value: string | { [key: string]: string }) => ({ [KEY]: "1b47061264138c4ac30d75fd1eb44270", value });
const output = (fields: { value?: string; secret?: boolean }) => ({ [KEY]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...fields });

describe("values", () => {
  test("secrets are taken out of their wrappers at any depth, and put back where they were", () => {
    const wrapped = { a: secret("x"), list: [{ b: secret({ c: "y" }) }, "plain"], map: { d: "z" } };
    const revealed = reveal(wrapped);
    expect(revealed).toEqual({ plain: { a: "x", list: [{ b: { c: "y" } }, "plain"], map: { d: "z" } }, secrets: [["a"], ["list", 0, "b"]] });
    expect(conceal(revealed)).toEqual(wrapped);
  });

  test("a secret inside a secret is one secret", () => {
    expect(reveal({ a: { [KEY]: "1b47061264138c4ac30d75fd1eb44270", value: { b: secret("x") } } }).secrets).toEqual([["a"]]);
  });

  test("an output value without a value is unknown, and its secrecy is kept", () => {
    expect(reveal({ a: output({}), b: output({ value: "x", secret: true }) })).toEqual({ plain: { a: UNKNOWN, b: "x" }, secrets: [["b"]] });
  });

  test("a resource reference is its id, or its URN where there is none", () => {
    const resource = (fields: { id?: string; urn: string }) => ({ [KEY]: "5cf8f73096256a8f31e491e813e4eb8e", ...fields });
    expect(reveal({ a: resource({ id: "i", urn: "u" }), b: resource({ urn: "u" }) }).plain).toEqual({ a: "i", b: "u" });
  });

  test("concealing leaves out paths that lead nowhere", () => {
    expect(conceal({ plain: { a: 1 }, secrets: [["b"], ["a", "c"]] })).toEqual({ a: 1 });
  });

  test("everything below a secret is secret, and nothing beside it", () => {
    expect(isSecret(["data", "token"], [["data"]])).toBe(true);
    expect(isSecret(["data"], [["data", "token"]])).toBe(false);
  });

  test("unknown values are found at any depth", () => {
    expect([hasUnknown({ a: [{ b: UNKNOWN }] }), hasUnknown({ a: [1, null] }), hasUnknown(undefined)]).toEqual([true, false, false]);
  });

  test("a path is followed through lists and mappings", () => {
    expect([at({ a: [{ b: 2 }] }, ["a", 0, "b"]), at({ a: 1 }, ["a", "b"]), at({ a: [] }, ["a", "b"])]).toEqual([2, undefined, undefined]);
  });

  test("properties that are null are as absent", () => {
    expect(withoutNulls({ a: null, b: false })).toEqual({ b: false });
  });
});
