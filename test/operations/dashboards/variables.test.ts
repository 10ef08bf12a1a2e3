import { describe, expect, test } from "@jest/globals";
import { ALL, chosen, interpolate, labelValues, optionsOf, queryText } from "../../../operations/dashboards/page/variables.ts";
import type { Variable } from "../../../operations/dashboards/page/variables.ts";

function variable(more: Partial<Variable> = {}): Variable {
  return { name: "revision", label: "Revision", values: ["r1"], many: true, options: ["r1", "r2", "a.b"], ...more };
}

describe("a variable in a query", () => {
  test.each<[string, Partial<Variable>, string]>([
    ["one of several", {}, "r1"],
    ["several", { values: ["r1", "r2"] }, "(r1|r2)"],
    ["signs of a regular expression", { values: ["a.b", "c|d"] }, "(a\\\\.b|c\\\\|d)"],
    ["all, with a value of its own", { values: [ALL], allValue: ".*" }, ".*"],
    ["all, without one", { values: [ALL] }, "(r1|r2|a\\\\.b)"],
    ["the only one", { many: false, values: ["a.b"] }, "a.b"],
    ["a quotation mark", { many: false, values: ['a"b\\c'] }, 'a\\"b\\\\c'],
    ["nothing", { values: [], options: [] }, "()"],
  ])("is put in as %s", (_, more, text) => {
    expect(interpolate('up{version=~"$revision"}', [variable(more)])).toBe(`up{version=~"${text}"}`);
  });

  test("is found however it is written, and a stranger's name stays", () => {
    expect(interpolate("$revision ${revision} [[revision]] ${revision:raw} $other ${other} $revisions", [variable()])).toBe("r1 r1 r1 r1 $other ${other} $revisions");
  });

  test("has the format that is asked for", () => {
    const two = variable({ values: ["r1", "a.b"] });
    expect(interpolate("${revision:regex} ${revision:pipe} ${revision:csv} ${revision:queryparam}", [two])).toBe("(r1|a\\\\.b) r1|a.b r1,a.b var-revision=r1&var-revision=a.b");
    expect(() => interpolate("${revision:lucene}", [two])).toThrow(new RangeError('variable revision: has a format that this page does not know, got "lucene"; use regex, pipe, csv, raw or queryparam'));
  });

  test("gives way to Grafana's own", () => {
    expect(interpolate("rate(x[$__rate_interval])[$__range:$__interval]", [], { __rate_interval: "1m", __range: "3h", __interval: "20s" })).toBe("rate(x[1m])[3h:20s]");
  });
});

describe("what a variable offers", () => {
  test.each([
    ['label_values(up{a="b, c"}, pod)', { match: 'up{a="b, c"}', label: "pod" }],
    ["label_values(pod)", { label: "pod" }],
    ["query_result(up)", undefined],
  ])("is asked for by %s", (query, asked) => {
    expect(labelValues(query)).toEqual(asked);
  });

  test("is sorted as the variable says", () => {
    const found = ["b", "a10", "a9", "B", "b"];
    expect(optionsOf(found, {})).toEqual(["b", "a10", "a9", "B"]);
    expect(optionsOf(found, { sort: 1 })).toEqual(["B", "a10", "a9", "b"]);
    expect(optionsOf(found, { sort: 2 })).toEqual(["b", "a9", "a10", "B"]);
    expect(optionsOf(["a10", "a9"], { sort: 3 })).toEqual(["a9", "a10"]);
  });

  test("is the part that its regular expression names", () => {
    expect(optionsOf(['x{revision="r1"} 1', "none"], { regex: '/revision="([^"]+)"/' })).toEqual(["r1"]);
    expect(optionsOf(["r1", "s2"], { regex: "/^r/" })).toEqual(["r"]);
  });

  test("is read from where this version of Grafana keeps its query", () => {
    expect([queryText({ type: "query", name: "a", query: "one" }), queryText({ type: "query", name: "a", query: { query: "two" } }), queryText({ type: "query", name: "a", definition: "three" })]).toEqual(["one", "two", "three"]);
  });
});

describe("what is chosen", () => {
  const document = { type: "query", name: "revision", label: "Revision", multi: true, includeAll: true, allValue: ".*" };

  test.each<[string, object, string[] | undefined, string[]]>([
    ["all at first", {}, undefined, [ALL]],
    ["what the address says", {}, ["r2"], ["r2"]],
    ["no value that is gone", {}, ["r9"], [ALL]],
    ["what is stored", { current: { value: ["r1"] } }, undefined, ["r1"]],
    ["the first where all is no choice", { includeAll: false, multi: false }, undefined, ["r1"]],
    ["one where several are no choice", { multi: false }, ["r1", "r2"], ["r1"]],
  ])("is %s", (_, more, choice, values) => {
    expect(chosen({ ...document, ...more }, ["r1", "r2"], choice).values).toEqual(values);
  });

  test("is nothing where there is nothing", () => {
    expect(chosen({ type: "query", name: "candidate" }, [], undefined)).toEqual({ name: "candidate", label: "candidate", many: false, values: [], options: [] });
  });
});
