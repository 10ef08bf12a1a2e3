import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { auditLog, brokenLines } from "../../../operations/audit/log.ts";
import { parseAuditLog } from "../../../operations/audit/events.ts";
import { processStart } from "../../../toolchain/lock.mjs";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "slipway-audit-"));
  file = join(folder, "deep", "audit.jsonl");
});

afterEach(() => rmSync(folder, { recursive: true }));

function text(): string {
  return readFileSync(file, "utf8");
}

function lines(): string[] {
  return text().split("\n").slice(0, -1);
}

function hash(line = ""): string {
  return createHash("sha256").update(line).digest("hex");
}

/** A log of so many lines. */
async function written(count: number): Promise<void> {
  for (let index = 1; index <= count; index += 1) await auditLog(file).append({ event: "stage", weight: index });
}

describe("the audit log", () => {
  test("chains each line to the one before, from zeros on, whoever opens it", async () => {
    await written(3);
    const [first, second] = lines();
    expect(lines().map((line) => JSON.parse(line))).toEqual([
      { event: "stage", weight: 1, before: "0".repeat(64) },
      { event: "stage", weight: 2, before: hash(first) },
      { event: "stage", weight: 3, before: hash(second) },
    ]);
    expect(brokenLines(text())).toEqual([]);
  });

  test("is its owner's alone", async () => {
    await written(1);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("keeps a line that a kill cut off, ends it, and goes on", async () => {
    await written(2);
    appendFileSync(file, '{"event":"sta');
    await written(1);
    expect(lines()[2]).toBe('{"event":"sta');
    expect(JSON.parse(lines()[3] ?? "")).toMatchObject({ before: hash('{"event":"sta') });
    expect(brokenLines(text())).toEqual([3]);
  });

  test("shows a line that was changed by the line after it", async () => {
    await written(4);
    writeFileSync(file, text().replace('"weight":2', '"weight":9'));
    expect(brokenLines(text())).toEqual([3]);
  });

  test("shows a line that is missing, also the first", async () => {
    await written(4);
    const [first, second, third, fourth] = lines();
    expect(brokenLines([first, third, fourth, ""].join("\n"))).toEqual([2]);
    expect(brokenLines([second, third, fourth, ""].join("\n"))).toEqual([1]);
  });

  test("shows lines that were put in or changed places", async () => {
    await written(3);
    const [first, second, third] = lines();
    expect(brokenLines([first, '{"event":"done"}', second, third, ""].join("\n"))).toEqual([2, 3]);
    expect(brokenLines([first, third, second, ""].join("\n"))).toEqual([2, 3]);
  });

  test("shows what is no JSON, or no object", async () => {
    expect(brokenLines("hello\n1\nnull\n[]\n")).toEqual([1, 2, 3, 4]);
  });

  test("is whole where there is nothing", async () => {
    expect(brokenLines("")).toEqual([]);
  });

  test("says that it cannot be written instead of losing a line", async () => {
    writeFileSync(join(folder, "deep"), "a file where a folder should be");
    await expect(auditLog(file).append({ event: "stage" })).rejects.toThrow(/EEXIST|ENOTDIR/);
  });

  test("stays whole when several processes write it at once", async () => {
    const log = fileURLToPath(new URL("../../../operations/audit/log.ts", import.meta.url));
    const program = `const { auditLog } = await import(${JSON.stringify(log)}); for (let index = 0; index < 40; index += 1) await auditLog(${JSON.stringify(file)}).append({ event: "stage", of: process.pid, index });`;
    const { NODE_OPTIONS: _, ...environment } = process.env;
    await Promise.all([1, 2, 3].map(() => promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], { env: environment })));
    expect([lines().length, brokenLines(text())]).toEqual([120, []]);
    expect(new Set(lines().map((line) => JSON.parse(line).of)).size).toBe(3);
  }, 60_000);

  test("goes on after a process that was killed while it wrote, and does not wait for one that hangs", async () => {
    await written(1);
    mkdirSync(`${file}.lock`);
    writeFileSync(join(`${file}.lock`, "owner"), "999999999 1\n");
    await written(1);
    expect(lines()).toHaveLength(2);
    mkdirSync(`${file}.lock`);
    writeFileSync(join(`${file}.lock`, "owner"), `${process.pid} ${processStart(process.pid)}\n`);
    await expect(auditLog(file).append({ event: "stage" })).rejects.toThrow(`${file}.lock: process ${process.pid} keeps the lock`);
    expect(brokenLines(text())).toEqual([]);
  }, 20_000);

  test("is read as events by those who count them, whatever is broken", async () => {
    await auditLog(file).append({ at: "2026-11-21T10:00:00.000Z", event: "stage", service: "shop", revision: "rb", weight: 10 });
    appendFileSync(file, '{"event":"sta');
    await auditLog(file).append({ at: "2026-11-21T10:00:09.000Z", event: "rolled-back", service: "shop", revision: "rb", reason: "errors", seconds: 6.1 });
    expect(parseAuditLog(text())).toMatchObject([{ event: "stage", weight: 10 }, { event: "rolled-back", seconds: 6.1, reason: "errors" }]);
  });
});
