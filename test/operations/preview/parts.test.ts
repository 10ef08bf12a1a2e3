import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { checkOf } from "../../../operations/preview/check.ts";
import { detailsOf } from "../../../operations/preview/markdown.ts";
import { LONGEST, markerOf, MOST_PARTS, partOf, partsOf } from "../../../operations/preview/parts.ts";
import { picture } from "../../../operations/preview/picture.ts";
import { screenOf } from "../../../operations/preview/screen.ts";
import type { Summary } from "../../../operations/preview/summary.ts";
import { IN_ENVIRONMENT, IN_REPOSITORY, IN_SERVICE } from "./engine.ts";
import type { Made } from "./engine.ts";
import { summaryOf } from "./summaries.ts";

const PARENTS = [IN_SERVICE, IN_REPOSITORY, IN_ENVIRONMENT];

/** Changes of every kind, of which the seventh of each ten ends a repository's environment. */
function changes(count: number, named: (at: number) => string = (at) => `thing-${at}`): Made[] {
  return Array.from({ length: count }, (_, at): Made => {
    const common = { type: "kubernetes:core/v1:ConfigMap", name: named(at), parent: PARENTS[at % 3] ?? "" };
    if (at % 10 === 7) return { ...common, op: "delete", type: "github:index/repositoryEnvironment:RepositoryEnvironment", old: {} };
    if (at % 10 === 0) return { ...common, op: "create", new: { data: { [named(at)]: 1 } } };
    return { ...common, op: "update", old: { data: { [named(at)]: "a", same: 1 } }, new: { data: { [named(at)]: named(at), same: 1 } }, detailedDiff: { data: "update" } };
  });
}

describe.each([1, 50, 2_000, 6_000])("the comments on a change of %i objects", (count) => {
  const summary: Summary = { ...summaryOf(changes(count)), digest: "d".repeat(64) };
  const parts = partsOf(summary);

  test("fit into GitHub's limit, each with its marker", () => {
    expect(parts.length).toBe(count < 2_000 ? 1 : MOST_PARTS);
    for (const [at, part] of parts.entries()) {
      expect(part.length).toBeLessThanOrEqual(LONGEST);
      expect(Buffer.byteLength(part)).toBeLessThan(262_144);
      expect(partOf(part, "staging")).toBe(at + 1);
    }
  });

  test("begin with what counts: how many, what is dangerous, the digest", () => {
    const [first = ""] = parts;
    const { change, create, delete: gone } = summary.counts;
    expect(create + change + gone).toBe(count);
    expect(first.split("\n")[1]).toBe(`### Preview of <code>staging</code>: ${[[create, "created"], [change, "changed"], [gone, "deleted"]].filter(([number]) => number !== 0).map((pair) => pair.join(" ")).join(", ")}`);
    expect(first.match(/^> - <code>[^<]*<\/code>: <code>deletes RepositoryEnvironment/gm)?.length ?? 0).toBe(Math.min(20, gone));
    if (gone > 20) expect(first).toContain(`> - and ${gone - 20} more`);
    expect(first).toContain(`slipway up --stack staging --expect ${"d".repeat(64)}`);
  });

  test("hold each change once, and say how many they leave out", () => {
    const shown = parts.join("\n").match(/^- <code>(create|change|delete) /gm)?.length ?? 0;
    const left = Number(/and (\d+) more; <code>slipway preview/.exec(parts.at(-1) ?? "")?.[1] ?? 0);
    expect(shown + left).toBe(count);
    expect(left > 0).toBe(count === 6_000);
  });
});

const hostile = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
  fc.constantFrom("`", "```\n# head", "</code></details>", "<img src=x onerror=alert(1)>", "@octocat", "#1", "a/b#2", "GH-3", "[x](https://evil.example)", "https://evil.example", "a|b", "\u202egnp.exe", "😀🏴‍☠️", "<!-- slipway preview of staging, part 1 -->", "line\nline", "\u001b[31mred", "&lt;", "\"];x", "-->", "~~~", "!!", "x".repeat(3_000)),
);

describe("whatever things are called,", () => {
  const named = (names: readonly string[]): Summary => ({ ...summaryOf(changes(names.length * 3, (at) => `${names[at % names.length] ?? ""}${at}`)), stack: "staging" });

  test("each text of others stands inside <code> or a fence, where nothing is a mention, a reference, a link or HTML", () => {
    fc.assert(fc.property(fc.array(hostile, { minLength: 1, maxLength: 5 }), (names) => {
      for (const part of partsOf(named(names))) {
        expect(part.length).toBeLessThanOrEqual(LONGEST);
        const outside = withoutFences(part).replace(/<code>[^<>`@\n]*(?:@&#8203;[^<>`@\n]*)*<\/code>/g, "");
        expect(outside.replace(/<\/?(?:details|summary)>|<!-- slipway preview of staging, part \d+ -->/g, "")).not.toMatch(/[<@`]|https?:|#\d|\u202e|GH-\d/);
      }
    }), { numRuns: 30 });
  });

  test("the picture has only letters that mean nothing to it", () => {
    fc.assert(fc.property(hostile, (name) => {
      const text = picture({ stack: name, dangers: [], groups: [{ place: { kind: "service", name, system: name }, counts: summaryOf([]).counts, steps: [] }] });
      const labels = [...text.matchAll(/"([^"]*)"/g)].map(([, label = ""]) => label.replaceAll("<br/>", ""));
      expect(labels.length).toBe(3);
      for (const label of labels) expect(label.replace(/#\d+;/g, "")).toMatch(/^[A-Za-z0-9 ,._/…-]*$/);
      expect(text.split("\n").filter((line) => line.startsWith("```"))).toEqual(["```mermaid", "```"]);
    }));
  });

  test("a terminal gets no command of them, and a check no line", () => {
    fc.assert(fc.property(hostile, (name) => {
      const summary = named([name]);
      expect(screenOf(summary, false)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      for (const { title } of checkOf(summary, () => 1).annotations) expect(title).not.toMatch(/[\n\u001b]/);
    }), { numRuns: 30 });
  });

  test("another stack's marker, or one further down, is not taken for this one's", () => {
    expect(partOf(`${markerOf("staging", 2)}\r\nx`, "staging")).toBe(2);
    expect(partOf(markerOf("staging-2", 1), "staging")).toBeUndefined();
    expect(partOf(`x\n${markerOf("staging", 1)}`, "staging")).toBeUndefined();
    expect(partOf("", "staging")).toBeUndefined();
  });
});

test("a picture of many places is bounded, and says so", () => {
  const groups = Array.from({ length: 300 }, (_, at) => ({ place: { kind: "namespace" as const, name: `n${at}` }, counts: summaryOf([]).counts, steps: [] }));
  const text = picture({ stack: "staging", dangers: [], groups });
  expect(text.split("\n").length).toBeLessThan(40);
  expect(text).toContain('stack --> more["and 276 more places"]');
});

test("a long text that changes is shown where it differs", () => {
  const long = "x".repeat(5_000);
  const [detail] = detailsOf(summaryOf([{ op: "update", type: "kubernetes:core/v1:ConfigMap", name: "map", parent: IN_SERVICE, old: { data: `${long}one` }, new: { data: `${long}two` } }]));
  expect(detail?.text).toContain(`+ data: "…${"x".repeat(20)}two"`);
});

function withoutFences(text: string): string {
  return text.replace(/^( *)(`{3,})\w*\n[^]*?^\1\2$/gm, "");
}
