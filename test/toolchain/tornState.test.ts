import { mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { mendTornState } from "../../toolchain/tornState.ts";
import { clearRooms, put, room } from "./room.ts";

afterAll(clearRooms);

test("what a kill left half-written beside a stack's files goes, and nothing else", () => {
  const state = room();
  const files = {
    "stacks/slipway/sandbox.json": "{}",
    "stacks/slipway/sandbox.json.attrs": "",
    "stacks/slipway/sandbox.json.18ea.tmp": "{",
    "stacks/slipway/sandbox.json.bak": "{}",
    "stacks/slipway/sandbox.json.bak.attrs": "{}",
    "stacks/slipway/staging.json.attrs": "",
    "history/slipway/sandbox/sandbox-1.history.json": "{}",
    "history/slipway/sandbox/sandbox-1.history.json.attrs": "",
  };
  for (const [name, text] of Object.entries(files)) {
    const path = join(state, ".pulumi", name);
    mkdirSync(dirname(path), { recursive: true });
    put(path, text);
  }
  mendTornState(state, "sandbox");
  mendTornState(state, "none");
  expect(readdirSync(join(state, ".pulumi", "stacks", "slipway")).sort()).toEqual(["sandbox.json", "sandbox.json.bak", "sandbox.json.bak.attrs", "staging.json.attrs"]);
  expect(readdirSync(join(state, ".pulumi", "history", "slipway", "sandbox"))).toEqual(["sandbox-1.history.json"]);
});
