import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { clipped, code, commented, html, oneLine, plain, slackText } from "../../../../operations/rollout/notify/escape.ts";

const hostile = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom("<", ">", "&", "@", "-", "`", "|", "\n", "\u202e", "\u2028", "\ud83d\ude00", "a", "!", "[", "]", "(", ")", ":", "/", '"', "'") }));

describe("whatever the text is,", () => {
  test("in Markdown it is one line without markup, HTML or mention", () => {
    fc.assert(fc.property(hostile, (text) => {
      const shown = plain(text);
      expect(shown).not.toMatch(/[\n<>`*_[\]()|\\]|@(?!&#8203;)|:\/\//);
    }));
  });

  test("a block of code ends where it ends", () => {
    fc.assert(fc.property(hostile, (text) => {
      const [fence = "", ...rest] = code(text).split("\n");
      expect(fence).toMatch(/^`{3,}$/);
      expect(rest.filter((line) => line.includes(fence))).toEqual([fence]);
    }));
  });

  test("a comment of HTML ends where it ends", () => {
    fc.assert(fc.property(hostile, (text) => {
      expect(commented(text).slice(4, -3)).not.toMatch(/--|[<>\n]/);
    }));
  });

  test("in Slack it begins no command, and in Grafana no element", () => {
    fc.assert(fc.property(hostile, (text) => {
      expect(slackText(text)).not.toMatch(/[<>]/);
      expect(html(text)).not.toMatch(/[<>"']/);
      expect(slackText(text).replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&")).toBe(text);
    }));
  });

  test("it is cut between characters and not beyond the length", () => {
    fc.assert(fc.property(hostile, fc.integer({ min: 1, max: 30 }), (text, longest) => {
      const cut = clipped(text, longest);
      expect(cut.length).toBeLessThanOrEqual(longest);
      if (text.isWellFormed()) expect(cut.isWellFormed()).toBe(true);
      if (text.length <= longest) expect(cut).toBe(text);
    }));
  });

  test("one line has no character that turns or breaks it", () => {
    fc.assert(fc.property(hostile, (text) => expect(oneLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)));
  });
});
