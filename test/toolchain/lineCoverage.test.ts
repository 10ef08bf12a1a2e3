import { afterAll, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hasCode, reportLines } from "../../toolchain/coverageReport.ts";
import { addLines, jestLines, percentage, ranLines } from "../../toolchain/lineCoverage.ts";
import { clearRooms, put, room } from "./room.ts";

afterAll(clearRooms);

const text = "const a = 1;\nif (a) {\n  b();\n}\n";
const branch = text.indexOf("{\n") + 1;
/** The module ran, the branch on line 3 did not. */
const script = { path: "/clone/toolchain/x.ts", functions: [{ ranges: [{ startOffset: 0, endOffset: text.length, count: 1 }, { startOffset: branch, endOffset: text.indexOf("}"), count: 0 }] }] };
const statements = (counts: number[]) => ({
  statementMap: Object.fromEntries(counts.map((_, at) => [at, { start: { line: at + 1 } }])),
  s: Object.fromEntries(counts.map((count, at) => [at, count])),
});

test("a line in a range that never ran did not run", () => {
  expect(ranLines(text, script)).toEqual([1, 2, 4, 5]);
});

test("lines that jest does not count stay uncounted", () => {
  const lines = new Map([[1, false], [3, false]]);
  addLines(lines, [1, 2]);
  expect([...lines]).toEqual([[1, true], [3, false]]);
});

test("jest's statements are lines, and the share has one decimal", () => {
  const files = jestLines({ "/x.ts": statements([1, 0, 5]) });
  expect([...(files.get("/x.ts") ?? [])]).toEqual([[1, true], [2, false], [3, true]]);
  expect([percentage(files.values()), percentage([])]).toEqual([66.7, 0]);
});

test("what a process ran in a copy counts for the file here", () => {
  const root = room();
  put(join(root, "toolchain/x.ts"), text);
  put(join(root, "coverage/coverage-final.json"), JSON.stringify({ [join(root, "toolchain/x.ts")]: statements([0, 0, 0, 0]) }));
  put(join(root, "coverage/processes/1.json"), JSON.stringify([script, { ...script, path: "/clone/toolchain/absent.ts" }]));
  expect(reportLines(join(root, "coverage"), join(root, "coverage/processes"), root)).toBe(75);
  expect(JSON.parse(readFileSync(join(root, "coverage/lines.json"), "utf8"))).toEqual({ "toolchain/x.ts": 75 });
});

test("a file that only describes types has no line to cover", () => {
  const types = 'import type { A } from "./a.ts";\n\n/**\n * What it is.\n */\nexport interface B {\n  a: A;\n}\n\nexport type C =\n  | { b: B }\n  | string;\n// so\n';
  expect(hasCode(types)).toBe(false);
  for (const code of ["export const one = 1;", "function two(): void {}", 'export { A } from "./a.ts";', 'import "./a.ts";', "run();"]) expect(hasCode(`${types}${code}\n`)).toBe(true);
});
