import { afterAll, expect, test } from "@jest/globals";
import { join } from "node:path";
import { countJest, readTally, summary } from "../../toolchain/tally.ts";
import { clearRooms, launch, node, put, room } from "./room.ts";

afterAll(clearRooms);

test.each<[string, unknown, { passed: number; failed: number }]>([
  ["a clean run", { numPassedTests: 3, numFailedTests: 0, numRuntimeErrorTestSuites: 0 }, { passed: 3, failed: 0 }],
  ["failures and files that could not run", { numPassedTests: 3, numFailedTests: 2, numRuntimeErrorTestSuites: 1 }, { passed: 3, failed: 3 }],
  ["a report of another kind", { passed: 1 }, { passed: 0, failed: 1 }],
  ["no report", undefined, { passed: 0, failed: 1 }],
])("jest's report of %s is counted", (_title, report, expected) => {
  expect(countJest(report)).toEqual(expected);
});

test.each<[unknown, { passed: number; failed: number }]>([
  [{ passed: 2, failed: 1 }, { passed: 2, failed: 1 }],
  [{ passed: 2 }, { passed: 0, failed: 1 }],
  [null, { passed: 0, failed: 1 }],
])("the tally %j reads as %j", (value, expected) => {
  expect(readTally(value)).toEqual(expected);
});

test("the summary adds the suites up", () => {
  expect(summary([{ passed: 2, failed: 1 }, { passed: 5, failed: 0 }])).toBe("7 passed, 1 failed");
});

test("the sum of tally files ends a CI run, and a suite that left none is a failure", async () => {
  const folder = room();
  const good = put(join(folder, "good.json"), '{"passed":4,"failed":0}');
  const program = join(import.meta.dirname, "../../toolchain/sum.ts");
  const fine = await launch(node, [program, good], process.env).done;
  const bad = await launch(node, [program, good, join(folder, "absent.json")], process.env).done;
  expect([fine.stdout, fine.code, bad.stdout, bad.code]).toEqual(["4 passed, 0 failed\n", 0, "4 passed, 1 failed\n", 1]);
});
