import { afterAll, expect, test } from "@jest/globals";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { Clone } from "./clone.ts";
import { clearRooms, put } from "./room.ts";

afterAll(clearRooms);

const root = join(import.meta.dirname, "../..");

test("every suite runs although an earlier one failed, the counts are kept and the exit code is 1", async () => {
  const clone = new Clone("export const wrong: number = 'text';", {}, ["toolchain", "sandbox", "operations", "settings", "components", "lab"]);
  for (const name of ["jest.config.json", ".dependency-cruiser.cjs"]) cpSync(join(root, name), clone.path(name));
  put(clone.path("tsconfig.json"), JSON.stringify({ extends: join(root, "tsconfig.json"), compilerOptions: { types: [] }, include: ["index.ts"] }));
  put(clone.path("test/one.test.ts"), 'test("holds", () => {}); test("does not", () => { throw new Error("on purpose"); });');
  const run = await clone.run("test", "test/one.test.ts");
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(/^types: failed, \d+ s$/m);
  expect(run.stderr + run.stdout).toContain("index.ts(1,14): error TS2322");
  expect(run.stderr).toMatch(/^types of the page: fine, \d+ s$/m);
  expect(run.stderr).toMatch(/^import rules: fine, \d+ s$/m);
  expect(run.stderr).toContain("on purpose");
  expect(JSON.parse(clone.read("coverage/tally.json"))).toEqual({ passed: 3, failed: 2 });
}, 120_000);
