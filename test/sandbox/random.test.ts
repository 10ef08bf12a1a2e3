import { describe, expect, test } from "@jest/globals";
import { loadSchema } from "../../sandbox/schema.ts";
import type { Properties } from "../../sandbox/values.ts";
import { refusal, withProvider } from "./client.ts";

const token = (name: string) => `random:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
const PASSWORD = token("RandomPassword");
const SAMPLES: Record<string, [Properties, string, RegExp]> = {
  RandomBytes: [{ length: 8 }, "hex", /^[0-9a-f]{16}$/],
  RandomId: [{ byteLength: 4, prefix: "x-" }, "hex", /^x-[0-9a-f]{8}$/],
  RandomInteger: [{ min: 3, max: 3 }, "result", /^3$/],
  RandomPassword: [{ length: 20, special: false }, "result", /^[A-Za-z0-9]{20}$/],
  RandomPet: [{ length: 3, prefix: "the" }, "id", /^the(-[a-z]+){3}$/],
  RandomShuffle: [{ inputs: ["a", "b", "c"], resultCount: 2 }, "results", /^[abc],[abc]$/],
  RandomString: [{ length: 6, upper: false, special: false, numeric: false, minLower: 2 }, "result", /^[a-z]{6}$/],
  RandomUuid: [{}, "result", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  RandomUuid4: [{}, "result", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/],
  RandomUuid7: [{}, "result", /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/],
};

describe("random", () => {
  test("every type of the published schema is served", () => {
    expect(Object.keys(SAMPLES).map(token).sort()).toEqual(Object.keys(loadSchema("random").resources).sort());
  });

  test.each(Object.entries(SAMPLES))("%s gives values of its form, and keeps them", async (name, [inputs, property, form]) => {
    await withProvider("random", async (client) => {
      expect((await client.check(token(name), inputs)).failures).toEqual([]);
      const { id, outputs } = await client.create(token(name), inputs);
      expect(String(property === "id" ? id : outputs.plain[property])).toMatch(form);
      const old = { inputs, outputs: outputs.plain };
      expect((await client.read(token(name), id, old)).outputs.plain).toEqual(outputs.plain);
      expect((await client.diff(token(name), id, old, inputs)).paths).toEqual([]);
      for (const output of loadSchema("random").resources[token(name)]?.required ?? []) expect(outputs.plain).toHaveProperty(output);
    });
  });

  test("a password is a secret, with each class's minimum", async () => {
    await withProvider("random", async (client) => {
      const { outputs } = await client.create(PASSWORD, { length: 8, minUpper: 2, minNumeric: 2, minSpecial: 2, overrideSpecial: "_" });
      expect(outputs.secrets).toEqual([["bcryptHash"], ["result"]]);
      const result = String(outputs.plain["result"]);
      expect([result.length, (result.match(/[A-Z]/g) ?? []).length >= 2, (result.match(/\d/g) ?? []).length >= 2, (result.match(/_/g) ?? []).length >= 2]).toEqual([8, true, true, true]);
    });
  });

  test("any change of the inputs asks for new values", async () => {
    await withProvider("random", async (client) => {
      expect(await client.diff(PASSWORD, "none", { inputs: { length: 8, keepers: { a: "1" } }, outputs: {} }, { length: 8, keepers: { a: "2" } }))
        .toEqual({ paths: ["keepers.a"], replaces: ["keepers"], deleteBeforeReplace: false });
    });
  });

  test("before it exists its value is not known", async () => {
    await withProvider("random", async (client) => {
      expect((await client.create(PASSWORD, { length: 8 }, { preview: true })).outputs.plain["result"]).toBe("04da6b54-80e4-46f7-96ec-b56ff0331ba9");
    });
  });

  test("a password is imported by its value, other types are not", async () => {
    await withProvider("random", async (client) => {
      expect(await client.read(PASSWORD, "hunter22")).toMatchObject({ inputs: { plain: { length: 8 } }, outputs: { plain: { result: "hunter22" } } });
      expect(await refusal(client.read(token("RandomPet"), "x"))).toBe(`${token("RandomPet")}: cannot be imported, got "x"; let the program create it`);
    });
  });

  test("what is no type of the provider is refused", async () => {
    await withProvider("random", async (client) => {
      expect(await refusal(client.create("random:index/dice:Dice", {}))).toContain("random:index/dice:Dice: is no type of the provider random, got a request for it; use one of RandomBytes");
    });
  });
});
