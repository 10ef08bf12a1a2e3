import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { RecordCache } from "../../../operations/metrics/recordCache.ts";
import { exportedRecord, filedUpdates, toldUpdates } from "../../../operations/metrics/updateHistory.ts";
import { record } from "./records.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "slipway-metrics-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const RELEASE = record({ stable: "r1" });

/** A record as the program writes it. */
function outputs(): object {
  return { releases: { shop: { ...RELEASE, revisions: RELEASE.revisions.map((revision) => ({ ...revision, image: "ghcr.io/acme/shop@sha256:0", specification: {} })) } } };
}

function checkpoint(): string {
  return JSON.stringify({ version: 3, checkpoint: { latest: { resources: [{ type: "pulumi:pulumi:Stack", outputs: outputs() }] } } });
}

describe("the history of a stack on a file backend", () => {
  const entry = (endTime: number, more: object = {}): string => JSON.stringify({ kind: "update", result: "succeeded", endTime, environment: { "git.head": "a".repeat(40) }, ...more });

  function file(name: string, text: string | Buffer): void {
    const history = join(folder, ".pulumi", "history", "slipway", "dev");
    mkdirSync(history, { recursive: true });
    writeFileSync(join(history, name), text);
  }

  test("is each update with what its checkpoint recorded, the oldest first, compressed or not", async () => {
    file("dev-2.history.json.gz", gzipSync(entry(20)));
    file("dev-2.checkpoint.json.gz", gzipSync(checkpoint()));
    file("dev-1.history.json", entry(10));
    file("dev-1.checkpoint.json", checkpoint());
    const update = { kind: "update", result: "succeeded", commit: "a".repeat(40), releases: { shop: RELEASE } };
    expect(await filedUpdates(folder, "slipway", "dev", new RecordCache(join(folder, "cache.json")))).toEqual([{ ...update, endedAt: 10 }, { ...update, endedAt: 20 }]);
  });

  test("knows no record where there is no checkpoint, or a damaged one, and leaves out what has not ended", async () => {
    file("dev-1.history.json", entry(10));
    file("dev-2.history.json", entry(20));
    file("dev-2.checkpoint.json", JSON.stringify({ checkpoint: { latest: { resources: [{ type: "pulumi:pulumi:Stack", outputs: { releases: "[secret]" } }] } } }));
    file("dev-3.history.json", entry(30, { result: "in-progress" }));
    const updates = await filedUpdates(folder, "slipway", "dev", new RecordCache(join(folder, "cache.json")));
    expect(updates.map(({ endedAt, releases }) => [endedAt, releases])).toEqual([[10, undefined], [20, undefined]]);
  });

  test("is empty where nothing was ever updated", async () => {
    expect(await filedUpdates(folder, "slipway", "dev", new RecordCache(join(folder, "cache.json")))).toEqual([]);
  });

  test("is read once: an old checkpoint never changes", async () => {
    file("dev-1.history.json", entry(10));
    file("dev-1.checkpoint.json", checkpoint());
    const first = new RecordCache(join(folder, "cache.json"));
    await filedUpdates(folder, "slipway", "dev", first);
    first.save();
    file("dev-1.checkpoint.json", "not read any more");
    const [again] = await filedUpdates(folder, "slipway", "dev", new RecordCache(join(folder, "cache.json")));
    expect(again?.releases).toEqual({ shop: RELEASE });
  });

  test("is read anew where the cache is cut off", async () => {
    file("dev-1.history.json", entry(10));
    file("dev-1.checkpoint.json", checkpoint());
    writeFileSync(join(folder, "cache.json"), '{"format":1,"rec');
    const [update] = await filedUpdates(folder, "slipway", "dev", new RecordCache(join(folder, "cache.json")));
    expect(update?.releases).toEqual({ shop: RELEASE });
  });
});

describe("the history of a stack as pulumi tells it", () => {
  const said = (stdout: string, code = 0): { code: number; stdout: string; stderr: string } => ({ code, stdout, stderr: "no stack named 'dev' found" });
  const told = (version: number, more: object = {}): object => ({ version, kind: "update", result: "succeeded", endTime: new Date(version * 1000).toISOString(), ...more });

  test("is read page by page, with the record of each version where the backend exports it", async () => {
    const pages = [Array.from({ length: 100 }, (_, index) => told(101 - index)), [told(1)]];
    const asked: string[][] = [];
    const capture = async (args: string[]): Promise<ReturnType<typeof said>> => {
      asked.push(args);
      if (args[1] === "history") return said(JSON.stringify(pages[Number(args.at(-1)) - 1]));
      return args.at(-1) === "7" ? said("", 255) : said(JSON.stringify({ version: 3, deployment: { resources: [{ type: "pulumi:pulumi:Stack", outputs: outputs() }] } }));
    };
    const updates = await toldUpdates(capture, "acme/slipway/dev", exportedRecord(capture, "acme/slipway/dev", new RecordCache(join(folder, "cache.json"))));
    expect(updates.map(({ endedAt }) => endedAt)).toEqual(Array.from({ length: 101 }, (_, index) => index + 1));
    expect(updates.filter(({ releases }) => releases === undefined).map(({ endedAt }) => endedAt)).toEqual([7]);
    expect(asked[0]).toEqual(["stack", "history", "--json", "--stack", "acme/slipway/dev", "--page-size", "100", "--page", "1"]);
    expect(asked).toContainEqual(["stack", "export", "--stack", "acme/slipway/dev", "--version", "42"]);
  });

  test("asks for no record of a preview, which changed nothing", async () => {
    const updates = await toldUpdates(async () => said(JSON.stringify([told(1, { kind: "preview" })])), "dev", async () => {
      throw new Error("a preview's record was asked for");
    });
    expect(updates).toEqual([{ kind: "preview", result: "succeeded", endedAt: 1, releases: undefined }]);
  });

  test("is a problem where it cannot be read", async () => {
    await expect(toldUpdates(async () => said("", 255), "dev", async () => undefined))
      .rejects.toThrow('stack dev: its history cannot be read, got "no stack named \'dev\' found"; run pulumi stack history --stack dev');
  });
});
