import { afterAll, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { downCommand, environmentCommand, statusCommand, upCommand } from "../../lab/commands.ts";
import { labFolder, openLab, readLab } from "../../lab/folder.ts";
import { statusOf } from "../../lab/status.ts";
import { PARTS } from "../../lab/parts/part.ts";
import { root } from "../../toolchain/paths.ts";
import { Problem } from "../../toolchain/problem.ts";

const base = mkdtempSync(join(tmpdir(), "slipway-labs-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));

test("a lab lies beside the sandbox's cloud, or where it is told to", () => {
  expect(labFolder(undefined, {})).toBe(join(root, ".sandbox/lab"));
  expect(labFolder("/tmp/other", {})).toBe("/tmp/other");
});

test("a lab that is there keeps its ports and its word whatever is wished for", async () => {
  const folder = join(base, "kept");
  const lab = await openLab(folder, { ports: { http: 40_001 }, processes: 3 });
  expect(lab).toMatchObject({ folder, processes: 3, ports: { http: 40_001 } });
  expect(await openLab(folder, { ports: { http: 40_002 }, processes: 4 })).toEqual(lab);
  expect(readLab(folder)).toEqual(lab);
});

test("commands that need a lab say where none is", async () => {
  const folder = join(base, "none");
  const problem = new Problem(`${folder}: no lab is here, got no lab.json; run slipway lab up`);
  expect(() => environmentCommand({ folder })).toThrow(problem);
  await expect(statusCommand({ folder })).rejects.toThrow(problem);
});

test("a description that is no JSON says what to do", async () => {
  const folder = join(base, "torn");
  await openLab(folder);
  writeFileSync(join(folder, "lab.json"), "{");
  expect(() => readLab(folder)).toThrow(/^.*\/torn\/lab\.json: cannot be read, got ".*"; run slipway lab down and remove .*\/torn$/);
});

test("a number of processes that is none is refused before anything starts", async () => {
  await expect(upCommand({ folder: join(base, "new"), processes: "many" })).rejects.toThrow(new Problem('--processes: not a number of processes, got "many"; give a whole number from 1'));
  expect(readLab(join(base, "new"))).toBeUndefined();
});

test("a part that was never started is told from one that is gone", async () => {
  const folder = join(base, "gone");
  const lab = await openLab(folder);
  writeFileSync(join(folder, "run/etcd.json"), JSON.stringify({ pid: 2 ** 22 + 1, start: "1", program: "etcd" }));
  expect(await statusOf(lab)).toEqual(PARTS.map((part) => ({ part, state: part === "etcd" ? "crashed" : "never started", pid: undefined })));
  expect(await statusCommand({ folder, json: true })).toBe(2);
  expect(await downCommand({ folder })).toBe(0);
  expect(readLab(folder)).toBeUndefined();
  expect(await downCommand({ folder })).toBe(0);
});
