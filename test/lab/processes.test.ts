import { afterAll, afterEach, expect, test } from "@jest/globals";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lastWords, readRecord, recordedParts, running, start, stop } from "../../lab/processes.ts";
import { until } from "./until.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-processes-"));
for (const name of ["run", "log"]) mkdirSync(join(folder, name));
afterEach(async () => {
  for (const part of recordedParts(folder)) await stop(folder, part, 0);
});
afterAll(() => rmSync(folder, { recursive: true }));

const sleeper = { program: "/bin/sleep", args: ["600"], environment: {} };

test("a part that was started is found again by its record, and stopped", async () => {
  const record = await start(folder, "sleeper", sleeper);
  expect(readRecord(folder, "sleeper")).toEqual(record);
  expect(recordedParts(folder)).toEqual(["sleeper"]);
  expect(running(record)).toBe(true);
  expect(await stop(folder, "sleeper", 5000)).toBe("stopped");
  expect(running(record)).toBe(false);
  expect(recordedParts(folder)).toEqual([]);
});

test("a part that does not listen to a request to end is ended by force", async () => {
  const deaf = { program: "/bin/bash", args: ["-c", "trap '' TERM; echo deaf; while :; do sleep 1; done"], environment: { PATH: "/bin" } };
  const record = await start(folder, "deaf", deaf);
  await until("the part is deaf", () => lastWords(folder, "deaf") === "deaf");
  expect(await stop(folder, "deaf", 100)).toBe("stopped");
  expect(running(record)).toBe(false);
});

test("a process that only has a part's id is not the part, and is left alone", async () => {
  const record = await start(folder, "sleeper", sleeper);
  for (const wrong of [{ ...record, start: "1" }, { ...record, program: "/bin/other" }]) {
    writeFileSync(join(folder, "run/stranger.json"), JSON.stringify(wrong));
    expect(running(wrong)).toBe(false);
    expect(await stop(folder, "stranger", 0)).toBe("not running");
  }
  expect(running(record)).toBe(true);
});

test("a part that was never started has no record, and needs no stopping", async () => {
  expect(readRecord(folder, "nobody")).toBeUndefined();
  expect(await stop(folder, "nobody", 0)).toBe("not running");
});

test("what a part says is kept, and its mark is in its environment", async () => {
  const { pid } = await start(folder, "speaker", { program: "/bin/sh", args: ["-c", "echo one; echo two; exec sleep 600"], environment: { PATH: "/bin" } });
  await until("it spoke", () => lastWords(folder, "speaker", 1) === "two");
  expect(lastWords(folder, "speaker")).toBe("one\ntwo");
  expect(readFileSync(`/proc/${pid}/environ`, "latin1")).toContain(`SLIPWAY_RUN=lab:${folder}`);
});
