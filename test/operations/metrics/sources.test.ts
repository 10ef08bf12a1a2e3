import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { parseAuditLog } from "../../../operations/audit/events.ts";
import { commitTimes } from "../../../operations/metrics/commitTimes.ts";
import { packageHistories } from "../../../operations/metrics/packageHistories.ts";
import { writeWhole } from "../../../operations/metrics/writeWhole.ts";
import { stackSettings } from "../../../operations/stacks/stackSettings.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "slipway-metrics-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("what else the metrics are made from", () => {
  const git = (...args: string[]): string => execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false", ...args], {
    cwd: folder, encoding: "utf8", env: { ...process.env, GIT_COMMITTER_DATE: "2026-06-01T12:00:00Z", GIT_AUTHOR_DATE: "2020-01-01T00:00:00Z" },
  }).trim();

  test("is the time of each commit that the repository knows", async () => {
    git("init", "-q");
    git("commit", "-q", "--allow-empty", "-m", "one");
    const head = git("rev-parse", "HEAD");
    expect(await commitTimes(folder, [head, "0".repeat(40), "--output=x", head])).toEqual(new Map([[head, Date.parse("2026-06-01T12:00:00Z") / 1000]]));
  });

  test("is no time of any commit outside a repository", async () => {
    expect(await commitTimes(folder, ["0".repeat(40)])).toEqual(new Map());
  });

  test("is the history on the branch that a repository's workflow writes, from its checkout", async () => {
    const settings = stackSettings("sandbox");
    const told: string[] = [];
    expect(await packageHistories(folder, settings, (line) => told.push(line))).toEqual({});
    expect(told).toEqual([`mycelicmemory: has no release-metrics.jsonl on branch metrics in ${join(folder, "mycelicmemory")}; run git fetch origin metrics there`]);
    const checkout = join(folder, "mycelicmemory");
    mkdirSync(checkout);
    const inCheckout = (...args: string[]): string => git("-C", checkout, ...args);
    inCheckout("init", "-q", "-b", "metrics");
    writeFileSync(join(checkout, "release-metrics.jsonl"), '{"date":"2026-06-01","npmDownloads":7}\n');
    inCheckout("add", ".");
    inCheckout("commit", "-q", "-m", "one");
    expect(await packageHistories(folder, settings)).toEqual({ mycelicmemory: '{"date":"2026-06-01","npmDownloads":7}\n' });
  });

  test("is a problem where no repository collects figures, or the folder is not there", async () => {
    const settings = stackSettings("sandbox");
    await expect(packageHistories(folder, { ...settings, repositories: {} }))
      .rejects.toThrow("--checkouts: no repository of the stack collects such figures; declare workflows.releaseMetrics for one, or leave the option out");
    await expect(packageHistories(join(folder, "none"), settings)).rejects.toThrow(`--checkouts: there is no such folder, got "${join(folder, "none")}"; name the folder that holds mycelicmemory`);
  });

  test("is each line of an audit log that is an event", () => {
    const event = { at: "2026-06-01T12:00:00Z", event: "rolled-back", service: "shop", revision: "r2", seconds: 95, more: true };
    const older = { at: "2026-05-01T12:00:00Z", event: "started", service: "shop", revision: "r2" };
    expect(parseAuditLog([event, older, { ...event, at: "yesterday" }, [], "cut"].map((line) => JSON.stringify(line)).join("\n").slice(0, -2))).toEqual([
      { ...older, image: undefined, weight: undefined, reason: undefined, seconds: undefined },
      { at: event.at, event: "rolled-back", service: "shop", revision: "r2", image: undefined, weight: undefined, reason: undefined, seconds: 95 },
    ]);
  });
});

describe("the file for the collector", () => {
  test("is whole for every reader, can be read by all, and leaves nothing beside it", () => {
    const file = join(folder, "textfile", "slipway.prom");
    writeWhole(file, "one\n");
    writeWhole(file, "two\n");
    expect(readFileSync(file, "utf8")).toBe("two\n");
    expect(statSync(file).mode & 0o777).toBe(0o644 & ~process.umask());
    expect(readdirSync(join(folder, "textfile"))).toEqual(["slipway.prom"]);
  });
});
