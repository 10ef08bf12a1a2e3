import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { report } from "../../../operations/report/report.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "slipway-report-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file of findings. */
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("slipway report", () => {
  const drift = "run slipway drift --stack sandbox --json > drift.json and name the file by --drift";

  test("refuses files that it was named and cannot read, before it opens the stack", async () => {
    await expect(report({ stack: "sandbox", drift: "/no/such/file" })).rejects.toThrow(`--drift: there is no such file, got "/no/such/file"; ${drift}`);
    const broken = file("broken.json", "{");
    await expect(report({ stack: "sandbox", drift: broken })).rejects.toThrow(`--drift: is no JSON, got "${broken}"; write it with --json`);
    const empty = file("empty.json", "{}");
    await expect(report({ stack: "sandbox", drift: empty })).rejects.toThrow(`--drift: holds no list of findings, got "${empty}"; ${drift}`);
    const foreign = file("foreign.json", JSON.stringify({ stack: "staging", findings: [] }));
    await expect(report({ stack: "sandbox", drift: foreign })).rejects.toThrow(`--drift: is about another stack than sandbox, got "staging"; ${drift}`);
    await expect(report({ stack: "sandbox", policy: "/no/such/file" })).rejects.toThrow('--policy: there is no such file, got "/no/such/file"; run slipway policy --stack sandbox --json > policy.json and name the file by --policy');
    await expect(report({ stack: "sandbox", audit: "/no/such/file" })).rejects.toThrow('--audit: there is no such file, got "/no/such/file"; leave the option out where no rollout has run yet');
  });

  test("takes a file about the stack by its whole name", async () => {
    const whole = file("whole.json", JSON.stringify({ stack: "acme/slipway/sandbox", findings: [] }));
    await expect(report({ stack: "sandbox", policy: whole, audit: "/no/such/file" })).rejects.toThrow("--audit: there is no such file");
  });

  test("names the stack that was meant", async () => {
    await expect(report({ stack: "sandbx" })).rejects.toThrow("--stack: there is no file of stack sandbx; write sandbox");
  });
});
