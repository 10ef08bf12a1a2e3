import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import * as z from "zod";
import { problemsOf } from "../../settings/issues.ts";
import { messageOf } from "../../settings/messages.ts";
import { nearest } from "../../settings/nearest.ts";
import { pathText, problemText } from "../../settings/problem.ts";
import { cron, duration, quantity, url } from "../../settings/schema/scalars.ts";

describe("the line of a problem", () => {
  test.each<[string, unknown, string]>([
    ["a text", "a", 'p: is wrong, got "a"; right it'],
    ["null", null, "p: is wrong, got null; right it"],
    ["false", false, "p: is wrong, got false; right it"],
    ["a list", [1, "b", [null]], 'p: is wrong, got [1,"b",[null]]; right it'],
    ["a map", { a: { b: 1 }, c: [] }, 'p: is wrong, got {"a":{"b":1},"c":[]}; right it'],
    ["60 characters", "x".repeat(58), `p: is wrong, got "${"x".repeat(58)}"; right it`],
    ["61 characters", "x".repeat(59), `p: is wrong, got "${"x".repeat(58)}…; right it`],
    ["infinity", Infinity, "p: is wrong, got Infinity; right it"],
    ["hidden characters", "\u202eabc\u0000", String.raw`p: is wrong, got "\u{202e}abc\u0000"; right it`],
    ["nothing", undefined, "p: is wrong; right it"],
  ])("shows %s", (_, got, line) => {
    expect(problemText({ path: "p", wrong: "is wrong", got, todo: "right it" })).toBe(line);
  });

  test("is one line of bounded length, whatever the value", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (got) => {
        const line = problemText({ path: "p", wrong: "is wrong", got, todo: "right it" });
        expect(line).toMatch(/^p: is wrong(, got .*)?; right it$/u);
        expect([...line].length).toBeLessThanOrEqual(60 + 31);
      }),
    );
  });
});

test.each<[readonly PropertyKey[], string]>([
  [["repositories", "shop", "topics", 0], "repositories.shop.topics[0]"],
  [["repositories", "acme.github.io", "topics"], 'repositories["acme.github.io"].topics'],
  [["services", "a\nb"], String.raw`services["a\nb"]`],
  [["services", ""], 'services[""]'],
  [["SLIPWAY_INSTRUCTIONS", 2, "id"], "SLIPWAY_INSTRUCTIONS[2].id"],
])("the path %j reads %s", (parts, text) => {
  expect(pathText(parts)).toBe(text);
});

describe("the nearest name", () => {
  const names = ["repositories", "namespaces", "services", "waitMinutes"];

  test.each<[string, string | undefined]>([
    ["servces", "services"],
    ["serivces", "services"],
    ["Services", "services"],
    ["wait_minutes", "waitMinutes"],
    ["namespace", "namespaces"],
    ["nmspcs", undefined],
    ["x", undefined],
    ["", undefined],
    ["x".repeat(100_000), undefined],
  ])("to %.20s is %s", (word, expected) => {
    expect(nearest(word, names)).toBe(expected);
  });

  test("is the best of several", () => {
    expect(nearest("stage", ["stages", "stage2", "stage"])).toBe("stage");
  });
});

describe("a schema without words of its own", () => {
  const branch = (key: string) => z.strictObject({ [key]: z.string() });
  test.each<[string, z.ZodType, unknown, string[]]>([
    ["a text", z.string(), 5, ["v: is not a text, got 5; write a text, in quotes where it looks like a number"]],
    ["a text's length", z.string().min(3), "ab", ['v: has fewer than 3 characters, got "ab"; write at least 3']],
    ["a number's bound", z.number().max(3), 4, ["v: is above 3, got 4; write at most 3"]],
    ["a whole number", z.int(), 4.5, ["v: is not a whole number, got 4.5; write a whole number without quotes"]],
    ["a list's length", z.array(z.string()).max(1), ["a", "b"], ['v: has more than 1 items, got ["a","b"]; write at most 1']],
    ["a set of entries", z.map(z.string(), z.string()).min(1), new Map(), ["v: has fewer than 1 entries, got {}; write at least 1"]],
    ["another type", z.date(), "x", ['v: is not of the type date, got "x"; write one']],
    ["one literal", z.literal("on"), "off", ['v: is not on, got "off"; write on']],
    ["a pattern", z.string().regex(/^a$/), "b", ['v: does not have the form /^a$/, got "b"; write it in that form']],
    ["a check of its own", z.string().refine(() => false), "b", ['v: is not accepted, got "b"; see its row in docs/reference/settings.md']],
    ["a message without advice", z.string("is no good"), 5, ["v: is no good, got 5; see its row in docs/reference/settings.md"]],
    ["a missing key", z.strictObject({ a: z.boolean() }), {}, ["v.a: is missing; write true or false without quotes"]],
    ["an inherited key", z.strictObject({ toString: z.string() }), {}, ["v.toString: is missing; write a text, in quotes where it looks like a number"]],
    ["an unknown key", z.strictObject({ alpha: z.string().optional() }), { alhpa: "x" }, ["v.alhpa: is not a setting; write alpha instead"]],
    ["a key where none is known", z.strictObject({}), { a: 1 }, ["v.a: is not a setting; remove it, or look its name up in docs/reference/settings.md"]],
    ["the branch that was meant", z.union([branch("alpha"), branch("beta")]), { beta: 5 }, ["v.beta: is not a text, got 5; write a text, in quotes where it looks like a number"]],
    ["a text among numbers and lists", z.union([z.number(), z.array(z.string())]), "x", ['v: has none of the accepted forms, got "x"; write a number without quotes or write one item a line, each after a dash']],
    ["a value under secrets", z.strictObject({ secrets: z.string() }), { secrets: ["canary"] }, ["v.secrets: is not a text; write a text, in quotes where it looks like a number"]],
  ])("explains %s", (_, schema, value, lines) => {
    const { error } = schema.safeParse(value, { error: messageOf });
    expect(problemsOf(error?.issues ?? [], ["v"], value).map(problemText)).toEqual(lines);
  });
});

test.each<[string, z.ZodType, string[], string[]]>([
  ["quantity", quantity, ["500m", "2", "0.5", "64Mi", "1E"], ["", "1x", "-1", "1e3", "64 Mi", "Mi", "64mi", ".5"]],
  ["duration", duration, ["30s", "5m", "1h30m", "2h5s"], ["", "5", "1m30", "30s5m", "1d", " 5m"]],
  ["cron", cron, ["0 2 * * *", "*/5 1-3 1,2 JAN MON-FRI"], ["", "0 2 * *", "0 2 * * * *", "@daily", "a b c d e"]],
  ["url", url, ["https://example.com", "http://a.b:80/x?y#z"], ["", "example.com", "https://user:pass@example.com", "ftp://a", "https://", "https://a b"]],
])("a %s is known by its form", (_, schema, good, bad) => {
  expect([good.filter((text) => !schema.safeParse(text).success), bad.filter((text) => schema.safeParse(text).success)]).toEqual([[], []]);
});
