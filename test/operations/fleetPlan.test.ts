import { expect, test } from "@jest/globals";
import { fleetStacks, limited, readParallel, summaryTable } from "../../operations/fleetPlan.ts";

test("an environment is its own stack file and those of its groups", () => {
  const files = ["Pulumi.yaml", "Pulumi.production.yaml", "Pulumi.production-b.yaml", "Pulumi.production-a.yaml", "Pulumi.productionx.yaml", "Pulumi.staging.yaml", "index.ts"];
  expect(fleetStacks(files, "production")).toEqual(["production", "production-a", "production-b"]);
  expect(fleetStacks(files, "sandbox")).toEqual([]);
});

test.each([
  [undefined, 4],
  ["1", 1],
  ["16", 16],
])("--parallel %j is %d on four cores", (value, expected) => {
  expect(readParallel(value, 4)).toBe(expected);
});

test.each(["0", "-1", "two", "1.5", "", "1000"])("--parallel %j is refused", (value) => {
  expect(() => readParallel(value, 4)).toThrow(`--parallel: must be a whole number from 1 to 999, got "${value}"; leave it out for one a core`);
});

test("work runs on at most the limit at a time and keeps the order of the items", async () => {
  let running = 0;
  let most = 0;
  const results = await limited([5, 4, 3, 2, 1], 2, async (item) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < item; turn++) await Promise.resolve();
    running--;
    return item * 10;
  });
  expect(results).toEqual([50, 40, 30, 20, 10]);
  expect(most).toBe(2);
});

test("no items need no work", async () => {
  expect(await limited([], 3, () => Promise.reject(new Error("called")))).toEqual([]);
});

test("the table has a line a stack and counts the failures", () => {
  const results = [
    { stack: "production", code: 0, milliseconds: 1500 },
    { stack: "production-a", code: 255, milliseconds: 135_000 },
  ];
  expect(summaryTable(results)).toBe(
    ["stack         result           time", "production    done             2 s", "production-a  failed (255)     2 min 15 s", "2 stacks, 1 failed"].join("\n"),
  );
});
