import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { MASK, Mask, maskLines } from "../../toolchain/mask.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");

test.each<[string, string, string, string]>([
  ["as it is", "hunter2-hunter2", "password={hunter2-hunter2}", `password={${MASK}}`],
  ["twice", "hunter2", "hunter2 and hunter2", `${MASK} and ${MASK}`],
  ["JSON-escaped", 'pass"word\\1', String.raw`{"v":"pass\"word\\1"}`, `{"v":"${MASK}"}`],
  ["JSON-escaped in JSON", 'pass"word', String.raw`{"v":"{\"w\":\"pass\\\"word\"}"}`, String.raw`{"v":"{\"w\":\"${MASK}\"}"}`],
  ["as Go writes JSON", "pass<word>&", String.raw`"pass\u003cword\u003e\u0026"`, `"${MASK}"`],
  ["as Go's %q writes it", "pass\u0007word\u0001", String.raw`"pass\aword\x01"`, `"${MASK}"`],
  ["as %q writes it in the engine's JSON", "pass\u0007word", String.raw`{"msg":"\"pass\\aword\""}`, String.raw`{"msg":"\"${MASK}\""}`],
  ["in a URL", "pass word/1%", "https://x/?p=pass%20word%2F1%25&q", `https://x/?p=${MASK}&q`],
  ["in a query", "pass word/1", "p=pass+word%2F1", `p=${MASK}`],
  ["in a query as Go writes it", "(password)!", "p=%28password%29%21", `p=${MASK}`],
  ["in base64", "hunter2hunter", `token=${base64("hunter2hunter")}.`, `token=${MASK}g==.`],
  ["in base64 for URLs", "subjects?_d>>>", Buffer.from("subjects?_d>>>").toString("base64url"), `${MASK}4`],
  ["a line of it", "first line\nsecond line\n\nlast", "saw second line here", `saw ${MASK} here`],
  ["a line of it, indented anew", "  first: value\n  second: value", " second: value", ` ${MASK}`],
  ["all lines of it, escaped", "first line\nab\nlast line", String.raw`"first line\nab\nlast line"`, `"${MASK}"`],
])("a secret is masked %s", (_, secret, line, expected) => {
  expect(new Mask([secret]).line(line)).toBe(expected);
});

test.each([1, 2, 3])("a login in base64 in a document in base64 is masked, wherever in a group of three it stands (%i)", (length) => {
  const document = base64(JSON.stringify({ ["k".repeat(length)]: { auth: base64("robot:s3cret+token/1") } }));
  const [before = "", after = "", ...more] = new Mask(["s3cret+token/1"]).line(document).split(MASK);
  expect(more).toEqual([]);
  expect([document.startsWith(before), document.endsWith(after)]).toEqual([true, true]);
  // Twenty-six characters of the token's own in base64 twice: at most three at either end share their bits with a neighbour.
  expect(document.length - before.length - after.length).toBeGreaterThanOrEqual(20);
});

test("the longest secret is masked whole, and what overlaps or touches is one mask", () => {
  const mask = new Mask(["secretive", "secretive-long", "long-tail", "touching"]);
  expect(mask.line("a secretive-long-tail b secretive c touchingtouching d")).toBe(`a ${MASK} b ${MASK} c ${MASK} d`);
});

test("values of fewer than six characters, and the short lines of longer ones, are not masked", () => {
  expect(new Mask(["", "abcde", "123456\nabc"]).line("abcde abc 123456 true")).toBe(`abcde abc ${MASK} true`);
});

test("a secret that becomes known later is masked from then on, and a mask without secrets changes nothing", () => {
  const mask = new Mask();
  expect(mask.line("generated")).toBe("generated");
  mask.add("generated");
  expect(mask.line("generated")).toBe(MASK);
});

test("a stream is masked line by line, wherever it is cut, and keeps its ends of lines", async () => {
  async function* cut() {
    yield* ["one hun", "ter2 two\nthr", "ee\r\n\nfour hunter", "2"];
  }
  let text = "";
  for await (const part of maskLines(cut(), new Mask(["hunter2"]))) text += part;
  expect(text).toBe(`one ${MASK} two\nthree\r\n\nfour ${MASK}`);
});

const secret = fc.string({ minLength: 6, maxLength: 40, unit: fc.constantFrom(..."abcAB01+/=%\"\\<&? é\t😀") });
const writings: ((text: string) => string)[] = [
  (text) => text,
  (text) => JSON.stringify(text),
  (text) => JSON.stringify(JSON.stringify(text)),
  (text) => encodeURIComponent(text),
  base64,
  (text) => base64(JSON.stringify({ password: text })),
  (text) => base64(JSON.stringify({ auth: base64(`robot:${text}`) })),
];

/** What of a text is surely in its base64 at each place: the middle, without the characters shared with the neighbours. */
const cores = (text: string) => ["", "-", "--"].map((before) => base64(`${before}${text}--`).slice(4, -5)).filter((core) => core.length >= 8);

test("no masked value survives, in any of its writings and among any other text", () => {
  fc.assert(
    fc.property(fc.array(secret, { minLength: 1, maxLength: 6 }), fc.array(fc.tuple(fc.nat(5), fc.nat(writings.length - 1), fc.string())), (secrets, pieces) => {
      const line = pieces.map(([which, how, between]) => `${between}${(writings[how] ?? String)(secrets[which % secrets.length] ?? "")}`).join("");
      const masked = new Mask(secrets).line(line);
      for (const value of secrets) for (const form of [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), ...cores(value), ...cores(value).flatMap(cores)]) expect(masked).not.toContain(form);
    }),
    { numRuns: 500 },
  );
});

test("a line without a secret stays as it is", () => {
  fc.assert(fc.property(fc.array(secret), fc.string({ unit: fc.constantFrom(..."xyz 79{}[]") }), (secrets, line) => expect(new Mask(secrets).line(line)).toBe(line)));
});
