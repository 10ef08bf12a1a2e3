import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { rmSync } from "node:fs";
import { Clone } from "../toolchain/clone.ts";
import { clearRooms, put } from "../toolchain/room.ts";

afterAll(clearRooms);

const program = `
  import * as github from "@pulumi/github";
  import { Config, getStack } from "@pulumi/pulumi";
  if (new Config("harbour").getBoolean("closed")) throw new Error("the harbour is closed");
  new github.Repository("one", { name: getStack() });
`;
const salt = "encryptionsalt: v1:IwPQQGQnnzg=:v1:wLbo78QdZ6MqDZv5:yxL+GDtzE1MgOPK78aKE7WtA2zZW0Q==\n";
const stack = (repository: string, closed: boolean) =>
  `config:\n  github:owner: acme\n  harbour:closed: ${closed}\n  slipway:repositories:\n    ${repository}: {}\n${salt}`;

let clone: Clone;
beforeAll(() => {
  clone = new Clone(program, { "many-a": stack("ant", false), "many-b": stack("bee", false), "many-c": stack("cow", true), other: salt }, ["toolchain", "sandbox", "operations", "settings", "components"]);
});

test("a fleet brings each stack up, names it on every line, and fails when one of them does", async () => {
  const run = await clone.run("fleet", "up", "--skip-preview", "--environment", "many", "--parallel", "2", "--sandbox");
  expect(run.code).toBe(1);
  const [log = "", table = ""] = run.stdout.split("\nstack   result");
  expect(log.trim().split("\n").filter((line) => !/^many-[abc]: /.test(line))).toEqual([]);
  expect(log).toContain("many-c:     Error: the harbour is closed");
  expect(table.trim().split("\n").slice(1).map((line) => line.replace(/ +\d+ s$/, ""))).toEqual(["many-a  done", "many-b  done", expect.stringMatching(/^many-c {2}failed \(\d+\)$/), "3 stacks, 1 failed"]);
  expect(clone.read(".sandbox/cloud/github/acme/many-a/repository.yaml")).toContain("name: many-a\n");
  expect(clone.read("Pulumi.many-b.yaml")).toBe(stack("bee", false));
}, 120_000);

test("two files that declare one resource are refused before anything runs", async () => {
  put(clone.path("Pulumi.many-d.yaml"), stack("ant", false));
  const run = await clone.run("fleet", "up", "--environment", "many", "--sandbox");
  rmSync(clone.path("Pulumi.many-d.yaml"));
  expect([run.code, run.stdout]).toEqual([1, ""]);
  expect(run.stderr).toMatch(/^.*ant.*: is declared by Pulumi\.many-a\.yaml and Pulumi\.many-d\.yaml.*; keep it in one of them\n$/);
}, 120_000);
