import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { Answers } from "../../../operations/drift/live/answers.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-answers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const page = (etag: string): { etag: string; items: unknown[]; more: boolean } => ({ etag, items: [{ name: etag }], more: false });

test("pages are there in the next run, for their owner alone, those of repositories that went are not", () => {
  const file = join(folder, "kept", "a.json");
  const first = new Answers(file);
  first.set("one", page("1"));
  first.set("two", page("2"));
  first.save(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const second = new Answers(file);
  expect([second.get("one"), second.get("three")]).toEqual([page("1"), undefined]);
  second.set("one", page("1b"));
  second.save(true);
  expect([new Answers(file).get("one"), new Answers(file).get("two")]).toEqual([page("1b"), undefined]);
});

test("a run that failed keeps what it did not get to", () => {
  const file = join(folder, "b.json");
  const first = new Answers(file);
  first.set("one", page("1"));
  first.set("two", page("2"));
  first.save(true);
  const failed = new Answers(file);
  failed.set("one", page("1b"));
  failed.save(false);
  expect([new Answers(file).get("one"), new Answers(file).get("two")]).toEqual([page("1b"), page("2")]);
});

test("a file that is half written is as good as none", () => {
  const file = join(folder, "c.json");
  writeFileSync(file, '{"one":{"etag"');
  expect(new Answers(file).get("one")).toBeUndefined();
});
