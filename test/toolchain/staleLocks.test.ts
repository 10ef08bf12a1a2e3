import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { existsSync, utimesSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { clearStaleLocks } from "../../toolchain/staleLocks.ts";
import { clearRooms, launch, node, put, room } from "./room.ts";

afterAll(clearRooms);

let ended = 0;
beforeAll(async () => {
  const process_ = launch(node, ["-e", ""], process.env);
  await process_.done;
  ended = process_.pid;
});

/** A lock as pulumi's file backend writes it; says whether it is still there after the clearing, and what was said. */
function cleared(text: string, options: { stack?: string; age?: number } = {}): { kept: boolean; busy: boolean; said: string[] } {
  const state = room();
  const lock = put(join(state, ".pulumi/locks/organization/slipway", options.stack ?? "sandbox", "b83d2d98.json"), text);
  if (options.age !== undefined) utimesSync(lock, Date.now() / 1000 - options.age, Date.now() / 1000 - options.age);
  const said: string[] = [];
  const busy = clearStaleLocks(state, "sandbox", (line) => said.push(line));
  return { kept: existsSync(lock), busy, said };
}

const lock = (pid: number, host = hostname()) => JSON.stringify({ pid, username: "root", hostname: host, timestamp: "2026-01-01T00:00:00Z" });

test("the lock of a process that ended is cleared with one line", () => {
  expect(cleared(lock(ended))).toEqual({ kept: false, busy: false, said: [`stack sandbox: cleared the lock of process ${ended}, which ended without releasing it`] });
});

test("the lock of a live process stays, for pulumi to refuse", () => {
  expect(cleared(lock(process.pid))).toEqual({ kept: true, busy: true, said: [] });
});

test("a lock that is older than the process with its id is cleared", () => {
  expect(cleared(lock(process.pid), { age: 365 * 86_400 }).kept).toBe(false);
});

test("the lock of another machine stays: its processes cannot be seen from here", () => {
  expect(cleared(lock(ended, "elsewhere"))).toEqual({ kept: true, busy: true, said: [] });
});

test("the lock of another stack stays", () => {
  expect(cleared(lock(ended), { stack: "staging" })).toEqual({ kept: true, busy: false, said: [] });
});

test.each(["", "{", "[]", "null", '{"pid":"1"}', '{"pid":1}'])("a lock that reads %j stays", (text) => {
  expect(cleared(text)).toEqual({ kept: true, busy: true, said: [] });
});

test("a state without locks needs no clearing", () => {
  const said: string[] = [];
  expect(clearStaleLocks(room(), "sandbox", (line) => said.push(line))).toBe(false);
  expect(said).toEqual([]);
});
