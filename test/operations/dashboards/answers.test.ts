import { describe, expect, test } from "@jest/globals";
import { tickLabels, timeLabels, valueRange } from "../../../operations/dashboards/page/axis.ts";
import { marksOf } from "../../../operations/dashboards/page/marks.ts";
import { reduce } from "../../../operations/dashboards/page/reducers.ts";
import { joined, legend, lonely, seriesOf, stacked } from "../../../operations/dashboards/page/series.ts";
import type { Answer } from "../../../operations/dashboards/page/series.ts";
import { sorted, tableOf, transformed } from "../../../operations/dashboards/page/tables.ts";

const MATRIX: Answer = { resultType: "matrix", result: [{ metric: { __name__: "up", pod: "a" }, values: [[60, "1"], [120, "NaN"], [240, "3"]] }, { metric: { pod: "b" }, values: [[120, "+Inf"]] }] };

describe("a series", () => {
  test.each<[string | undefined, Record<string, string>, string]>([
    ["{{pod}} of {{ namespace }}", { pod: "a", namespace: "shop" }, "a of shop"],
    ["{{missing}}", {}, ""],
    [undefined, { __name__: "up", pod: "a", job: "b" }, 'up{pod="a", job="b"}'],
    ["", {}, "{}"],
    ["__auto", { __name__: "up", pod: "a" }, "a"],
  ])("with the legend %p and %p is called %s", (format, labels, name) => {
    expect(legend(format, labels)).toBe(name);
  });

  test("breaks where a sample is missing, and holds no NaN", () => {
    expect(seriesOf(MATRIX, "A", "{{pod}}", 60_000)).toEqual([
      { refId: "A", name: "a", labels: { __name__: "up", pod: "a" }, times: [60_000, 120_000, 180_000, 240_000], values: [1, null, null, 3] },
      { refId: "A", name: "b", labels: { pod: "b" }, times: [120_000], values: [Infinity] },
    ]);
  });

  test("is made of a vector and of a scalar as well", () => {
    expect(seriesOf({ resultType: "vector", result: [{ metric: { pod: "a" }, value: [1.5, "-Inf"] }] }, "B", undefined)).toEqual([{ refId: "B", name: '{pod="a"}', labels: { pod: "a" }, times: [1500], values: [-Infinity] }]);
    expect(seriesOf({ resultType: "scalar", result: [2, "7"] }, "C", "seven")[0]?.values).toEqual([7]);
  });

  test("lies beside others on one list of times, or on top of them", () => {
    const { columns, times } = joined(seriesOf(MATRIX, "A", undefined));
    expect({ columns, times }).toEqual({ times: [60_000, 120_000, 240_000], columns: [[1, null, 3], [null, Infinity, null]] });
    expect(stacked([[1, null, 3], [10, 20, 30]])).toEqual([[1, null, 3], [11, 20, 33]]);
  });
});

describe("a sample without a neighbour", () => {
  test("is found, as no line would show it", () => {
    expect(lonely([null, 1, null, 2, 3, null, undefined, 4])).toEqual([1, 7]);
    expect(lonely([5])).toEqual([0]);
    expect(lonely([])).toEqual([]);
  });
});

describe("one number for many", () => {
  const values = [null, 2, 4, 9, null];
  test.each([["last", undefined], ["lastNotNull", 9], ["first", undefined], ["firstNotNull", 2], ["mean", 5], ["min", 2], ["max", 9], ["sum", 15], ["count", 5], ["range", 7], ["diff", 7]])("by %s", (name, value) => {
    expect(reduce(name, values)).toBe(value);
  });

  test.each(["lastNotNull", "mean", "min", "sum", "range", "diff"])("is none where there is none, by %s", (name) => {
    expect(reduce(name, [null])).toBeUndefined();
  });

  test("says which it does not know", () => {
    expect(() => reduce("p95", [1])).toThrow(/^calculation: is not known to this page, got "p95"; use one of last, lastNotNull,/);
  });
});

describe("a table", () => {
  const used: Answer = { resultType: "vector", result: [{ metric: { resource: "cpu" }, value: [10, "3"] }, { metric: { resource: "pods" }, value: [10, "7"] }] };
  const hard: Answer = { resultType: "vector", result: [{ metric: { resource: "pods" }, value: [10, "40"] }, { metric: { resource: "cpu" }, value: [10, "8"] }, { metric: { resource: "gpu" }, value: [10, "NaN"] }] };
  const both = [tableOf(used, "A", true), tableOf(hard, "B", true)];
  const steps = [
    { id: "merge", options: {} },
    { id: "filterFieldsByName", options: { include: { names: ["resource", "Value #A", "Value #B"] } } },
    { id: "organize", options: { indexByName: { resource: 0, "Value #B": 1, "Value #A": 2 }, renameByName: { resource: "Resource", "Value #A": "Used", "Value #B": "Allowed" } } },
  ];

  test("has the time, a column a label, and the value", () => {
    expect(tableOf(used, "A", false).columns).toEqual([
      { name: "Time", kind: "time", cells: [10_000, 10_000] }, { name: "resource", kind: "label", cells: ["cpu", "pods"] }, { name: "Value", kind: "value", cells: [3, 7] },
    ]);
  });

  test("of several queries has one line for what is about the same", () => {
    expect(transformed(both, steps)).toEqual({
      columns: [{ name: "Resource", kind: "label", cells: ["cpu", "pods", "gpu"] }, { name: "Allowed", kind: "value", cells: [8, 40, null] }, { name: "Used", kind: "value", cells: [3, 7, null] }],
      labels: [{ resource: "cpu" }, { resource: "pods" }, { resource: "gpu" }],
    });
  });

  test("is sorted by a column, with what is missing at its end", () => {
    const table = transformed(both, steps);
    expect(sorted(table, { displayName: "Used", desc: true }).columns[0]?.cells).toEqual(["pods", "cpu", "gpu"]);
    expect(sorted(table, { displayName: "Used" }).labels.map(({ resource }) => resource)).toEqual(["cpu", "pods", "gpu"]);
    expect(sorted(table, undefined)).toBe(table);
  });

  test("says which step it does not know", () => {
    expect(() => transformed(both, [{ id: "pivot" }])).toThrow(new RangeError('transformation: is not known to this page, got "pivot"; use merge, filterFieldsByName or organize'));
  });
});

describe("a mark", () => {
  const labels = { deployment: "shop-r1" };
  test("is one for each stretch in which there is a value", () => {
    const answer = [{ refId: "A", name: "", labels, times: [0, 60_000, 120_000, 300_000], values: [0, 1, 2, 5] }];
    expect(marksOf({ name: "made", titleFormat: "new", textFormat: "{{deployment}} was made", iconColor: "green" }, answer, 60_000)).toEqual([
      { from: 60_000, to: 120_000, title: "new", text: "shop-r1 was made", colour: "green" }, { from: 300_000, to: 300_000, title: "new", text: "shop-r1 was made", colour: "green" },
    ]);
  });

  test("lies at the values where they are moments", () => {
    const answer = [{ refId: "A", name: "", labels, times: [0, 60_000, 120_000], values: [5000, 5000, 90_000] }];
    expect(marksOf({ name: "made", useValueForTime: true }, answer, 60_000).map(({ from, title }) => [from, title])).toEqual([[5000, "made"], [90_000, "made"]]);
  });
});

describe("an axis", () => {
  test.each<[number[], string, string[]]>([
    [[0, 0.25, 0.5], "percentunit", ["0%", "25%", "50%"]],
    [[0, 0.0005, 0.001], "percentunit", ["0.00%", "0.05%", "0.10%"]],
    [[0, 2.5, 5], "reqps", ["0.0 req/s", "2.5 req/s", "5.0 req/s"]],
    [[0, 500, 1000, 1500], "ms", ["0 ms", "500 ms", "1.0 s", "1.5 s"]],
  ])("labels %p in %s", (ticks, unit, labels) => {
    expect(tickLabels(ticks, unit)).toEqual(labels);
  });

  test.each<[string, number | null, number | null, Parameters<typeof valueRange>[2], [number, number]]>([
    ["from 0 with some air", 2, 10, {}, [0, 10.5]],
    ["as the panel sets it", 0.2, 0.4, { min: 0, max: 1 }, [0, 1]],
    ["of some height without numbers", null, null, {}, [0, 1]],
    ["of some height where all is 0", 0, 0, { min: 0 }, [0, 1]],
    ["below 0 where the numbers are", -2, 4, {}, [-2.1, 4.305]],
    ["as far as the soft end", 0, 2, { softMax: 8 }, [0, 8.4]],
    ["from the soft end", 0.99, 1, { softMin: 0.95, max: 1 }, [0.95, 1]],
    ["from the lowest number below the soft end", 0.8, 1, { softMin: 0.95, max: 1 }, [0.8, 1]],
    ["from the soft end where nothing is shown", null, null, { softMin: 0.95, max: 1 }, [0.95, 1]],
  ])("reaches %s", (_, low, high, ends, range) => {
    expect(valueRange(low, high, ends)).toEqual(range);
  });
});

describe("the time axis", () => {
  const at = new Date(2026, 10, 21, 7, 5, 9).getTime();
  test.each([["ten minutes", 600_000, "07:05:09"], ["a day", 86_400_000, "07:05"], ["two days", 172_800_000, "11/21 07:05"], ["a month", 2_592_000_000, "11/21"], ["two years", 63_072_000_000, "2026-11"]])("is as fine as %s ask for", (_, length, label) => {
    expect(timeLabels([at / 1000], { from: at - length, to: at })).toEqual([label]);
  });
});
