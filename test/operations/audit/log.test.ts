import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createHash } from "node:crypto";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auditLog, brokenLines } from "../../../operations/audit/log.ts";
import { parseAuditLog } from "../../../operations/audit/events.ts";

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
function written(count: number): void {
  for (let index = 1; index <= count; index += 1) auditLog(file).append({ event: "stage", weight: index });
}

describe("the audit log", () => {
  test("chains each line to the one before, from zeros on, whoever opens it", () => {
    written(3);
    const [first, second] = lines();
    expect(lines().map((line) => JSON.parse(line))).toEqual([
      { event: "stage", weight: 1, before: "0".repeat(64) },
      { event: "stage", weight: 2, before: hash(first) },
      { event: "stage", weight: 3, before: hash(second) },
    ]);
    expect(brokenLines(text())).toEqual([]);
  });

  test("is its owner's alone", () => {
    written(1);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("keeps a line that a kill cut off, ends it, and goes on", () => {
    written(2);
    appendFileSync(file, '{"event":"sta');
    written(1);
    expect(lines()[2]).toBe('{"event":"sta');
    expect(JSON.parse(lines()[3] ?? "")).toMatchObject({ before: hash('{"event":"sta') });
    expect(brokenLines(text())).toEqual([3]);
  });

  test("shows a line that was changed by the line after it", () => {
    written(4);
    writeFileSync(file, text().replace('"weight":2', '"weight":9'));
    expect(brokenLines(text())).toEqual([3]);
  });

  test("shows a line that is missing, also the first", () => {
    written(4);
    const [first, second, third, fourth] = lines();
    expect(brokenLines([first, third, fourth, ""].join("\n"))).toEqual([2]);
    expect(brokenLines([second, third, fourth, ""].join("\n"))).toEqual([1]);
  });

  test("shows lines that were put in or changed places", () => {
    written(3);
    const [first, second, third] = lines();
    expect(brokenLines([first, '{"event":"done"}', second, third, ""].join("\n"))).toEqual([2, 3]);
    expect(brokenLines([first, third, second, ""].join("\n"))).toEqual([2, 3]);
  });

  test("shows what is no JSON, or no object", () => {
    expect(brokenLines("hello\n1\nnull\n[]\n")).toEqual([1, 2, 3, 4]);
  });

  test("is whole where there is nothing", () => {
    expect(brokenLines("")).toEqual([]);
  });

  test("says that it cannot be written instead of losing a line", () => {
    writeFileSync(join(folder, "deep"), "a file where a folder should be");
    expect(() => auditLog(file).append({ event: "stage" })).toThrow(/EEXIST|ENOTDIR/);
  });

  test("is read as events by those who count them, whatever is broken", () => {
    auditLog(file).append({ at: "2026-11-21T10:00:00.000Z", event: "stage", service: "shop", revision: "rb", weight: 10 });
    appendFileSync(file, '{"event":"sta');
    auditLog(file).append({ at: "2026-11-21T10:00:09.000Z", event: "rolled-back", service: "shop", revision: "rb", reason: "errors", seconds: 6.1 });
    expect(parseAuditLog(text())).toMatchObject([{ event: "stage", weight: 10 }, { event: "rolled-back", seconds: 6.1, reason: "errors" }]);
  });
});
