import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "@jest/globals";
import type { Summary } from "../operations/simulate/summary.ts";
import { node } from "../test/toolchain/room.ts";

const ROOT = join(import.meta.dirname, "..");

// What was measured is the answer to "is it so": the figures go to the log whatever the assertions say.
const measured: string[] = [];
afterAll(() => void process.stderr.write(`${measured.join("\n")}\n`));

/** The command in a process of its own: inside jest every use of Math costs several times as much. */
async function command(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(node, [join(ROOT, "toolchain/cli.ts"), "simulate", ...args], { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** A thousand rollouts, from the one to the other per cent of errors. */
async function simulated(stable: number, candidate: number, ...more: string[]): Promise<Summary[]> {
  const { policies }: { policies: Summary[] } = JSON.parse(await command("--error-stable", String(stable), "--error-candidate", String(candidate), "--json", ...more));
  return policies;
}

async function slipway(what: string, stable: number, candidate: number, ...more: string[]): Promise<Summary> {
  const [summary] = await simulated(stable, candidate, "--policy", "slipway", ...more);
  if (summary === undefined) throw new Error(`${what}: the command named no policy`);
  const { atFirstStage, detection, failed, rolledBack } = summary;
  measured.push(`${what}: rolled back ${rolledBack} %, at the first stage ${atFirstStage} %, p99 ${detection?.p99 ?? "-"} s, ${failed} failed requests`);
  return summary;
}

/** A rollout of so many hours; one look a minute has to do. */
const hours = (length: number): string[] => ["--dwell", String(length * 900), "--look", "60"];

describe("healthy releases are rolled back in under 1 % of rollouts", () => {
  test.each<[string, number, number, string[]]>([
    ["0.1 % errors", 0.1, 0.1, []],
    ["3 % errors", 3, 3, []],
    ["as slow as the limit allows", 0.5, 0.5, ["--latency-stable", "500,1990", "--latency-candidate", "500,1990"]],
    ["1 % errors over 12 hours", 1, 1, hours(12)],
    ["right at the limit of 5 % over 4 hours", 5, 5, hours(4)],
    ["15 % and 0.1 points worse, which the policy allows, over 4 hours", 1, 1.25, hours(4)],
    ["sessions of 4 requests, 0.1 % errors", 0.1, 0.1, ["--session", "4"]],
    ["sessions of 4 requests over 4 hours", 1, 1, ["--session", "4", ...hours(4)]],
    ["sessions of 8 requests", 0.5, 0.5, ["--session", "8"]],
    ["ups and downs of half of the errors, over 4 hours", 1, 1, ["--weather", "0.5", ...hours(4)]],
    ["200 requests a second", 1, 1, ["--requests-per-second", "200"]],
  ])("%s", async (name, stable, candidate, more) => {
    expect((await slipway(`healthy, ${name}`, stable, candidate, ...more)).rolledBack).toBeLessThan(1);
  });
});

describe("5 points more errors at 20 requests a second are caught at the first stage in more than 99 % of rollouts", () => {
  test.each([0, 0.1, 0.5, 1, 2, 3, 4])("where the stable revision fails %d %", async (errors) => {
    const summary = await slipway(`${errors} % and 5 points more`, errors, errors + 5);
    expect(summary.atFirstStage).toBeGreaterThan(99);
    expect(summary.rolledBack).toBe(100);
  });
});

describe("requests that fail until the rollback", () => {
  async function ratio(stable: number, candidate: number, requestsPerSecond: number): Promise<number> {
    const [mine, flaggers] = await simulated(stable, candidate, "--requests-per-second", String(requestsPerSecond));
    const part = (mine?.failed ?? Number.NaN) / (flaggers?.failed ?? Number.NaN);
    measured.push(`${stable} % → ${candidate} % at ${requestsPerSecond}/s: ${part.toFixed(2)} of Flagger's failed requests`);
    return part;
  }

  test.each([
    [0, 5, 20], [0.1, 5.1, 20], [0.1, 10, 20], [0.1, 30, 20], [0.1, 100, 20], [1, 11, 20], [2, 12, 50], [0.5, 5.5, 50], [1, 6, 100], [2, 7, 200],
  ])("are at most a fifth of Flagger's from %d to %d per cent at %d requests a second", async (stable, candidate, requestsPerSecond) => {
    expect(await ratio(stable, candidate, requestsPerSecond)).toBeLessThanOrEqual(0.2);
  });

  // Proof takes more requests the nearer the revisions are: here a fifth is not reached, and docs/simulate.md says so.
  test.each([[0.5, 5.5], [1, 6], [2, 7]])("are less than half of Flagger's, and more than a fifth, from %d to %d per cent at 20 requests a second", async (stable, candidate) => {
    const part = await ratio(stable, candidate, 20);
    expect([part > 0.2, part < 0.5]).toEqual([true, true]);
  });
});

test("the page shows what the command says", async () => {
  const table = (await command("--cases")).trimEnd();
  const page = readFileSync(join(ROOT, "docs/simulate.md"), "utf8");
  expect(page.split("\n").filter((line) => table.split("\n").includes(line)).join("\n")).toBe(table);
});
