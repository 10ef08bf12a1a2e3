import { afterAll, describe, expect, test } from "@jest/globals";
import { existsSync } from "node:fs";
import { Clone, childrenOf } from "./clone.ts";
import { clearRooms } from "./room.ts";

afterAll(clearRooms);

/** A salt of the sandbox's passphrase: the stack file must come out of every command as it went in. */
const salt = "encryptionsalt: v1:IwPQQGQnnzg=:v1:wLbo78QdZ6MqDZv5:yxL+GDtzE1MgOPK78aKE7WtA2zZW0Q==\n";

const program = `
  import * as github from "@pulumi/github";
  const first = new github.Repository("first", { name: "first" });
  new github.Repository("second", { name: "second" }, { dependsOn: first });
  export const systems = { harbour: { repository: "octocat/first", environments: [], services: {} } };
`;

const lastLine = (text: string) => text.trim().split("\n").at(-1);

describe("slipway sandbox", () => {
  const clone = new Clone(program, { sandbox: salt, fresh: salt });

  test("start brings the stack up in the cloud, ends with the tour and leaves the stack file as it was", async () => {
    const run = await clone.run("start");
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toContain("    + 3 created\n");
    expect(run.stdout).not.toMatch(/Outputs:|Permalink:|Neo/);
    expect(run.stdout).toContain("\n1 system is up:\n\nharbour\n  repository  octocat/first\n");
    expect(clone.read(".sandbox/cloud/github/octocat/first/repository.yaml")).toContain("name: first\n");
    expect(clone.read("Pulumi.sandbox.yaml")).toBe(salt);
  }, 120_000);

  test("the exit code is pulumi's, whether it holds or not", async () => {
    const [same, different] = await Promise.all([
      clone.run("sandbox", "preview", "--expect-no-changes"),
      clone.run("sandbox", "preview", "--expect-no-changes", "--stack", "fresh"),
    ]);
    expect([same.code, same.stderr, different.code]).toEqual([0, "", 7]);
  }, 120_000);

  test("a stack that nobody declared is refused in pulumi's words", async () => {
    const run = await clone.run("sandbox", "preview", "--stack", "moon");
    expect([run.code, run.stderr]).toEqual([6, "error: no stack named 'moon' found\n"]);
  }, 120_000);
});

describe("a run that was killed", () => {
  const clone = new Clone(program, { sandbox: salt });

  test("is recovered by the next one with a line each for its lock and its operations, and nothing is doubled", async () => {
    const killed = clone.launch(["sandbox", "up", "--skip-preview"], { SLIPWAY_SANDBOX_LATENCY: "300" });
    await clone.holds('"creating"', ".sandbox/state/.pulumi/stacks/slipway/sandbox.json");
    await clone.holds("::second", ".sandbox/state/.pulumi/stacks/slipway/sandbox.json");
    childrenOf(killed.pid).forEach((pid) => process.kill(pid, "SIGKILL"));
    // All of it ends: were the language host still there, it would hold the output open.
    expect((await killed.done).code).toBe(137);

    const next = await clone.run("sandbox", "up", "--skip-preview");
    expect(next.code).toBe(0);
    expect(next.stderr).toMatch(
      /^stack sandbox: cleared the lock of process \d+, which ended without releasing it\nstack sandbox: a run was killed while creating Repository second; it is done again where it is still wanted\n$/,
    );
    expect(next.stdout).not.toContain("pending");
    expect(clone.read(".sandbox/state/.pulumi/stacks/slipway/sandbox.json")).not.toContain("pending_operations");
    expect((await clone.run("sandbox", "preview", "--expect-no-changes")).code).toBe(0);
  }, 120_000);

  test("of which nothing else is wanted leaves an empty cloud after destroy", async () => {
    const run = await clone.run("sandbox", "destroy");
    expect(lastLine(run.stdout)).toContain("pulumi stack rm sandbox");
    expect(existsSync(clone.path(".sandbox/cloud/github/octocat/first/repository.yaml"))).toBe(false);
  }, 120_000);
});

test("of two runs at once, pulumi refuses the second while the first lives", async () => {
  const clone = new Clone(program, { sandbox: salt });
  const first = clone.launch(["sandbox", "up", "--skip-preview"], { SLIPWAY_SANDBOX_LATENCY: "600000" });
  await first.says("first creating");
  const second = await clone.run("sandbox", "up", "--skip-preview");
  expect(second.code).not.toBe(0);
  expect(second.stderr).toContain("error: the stack is currently locked by 1 lock(s)");
  childrenOf(first.pid).forEach((pid) => process.kill(pid, "SIGKILL"));
  expect((await first.done).code).toBe(137);
}, 120_000);

test("an interrupt lets pulumi finish what is under way and release its lock", async () => {
  const clone = new Clone(program, { sandbox: salt });
  const run = clone.launch(["sandbox", "up", "--skip-preview"], { SLIPWAY_SANDBOX_LATENCY: "3000" });
  await run.says("first creating");
  process.kill(run.pid, "SIGINT");
  expect((await run.done).code).not.toBe(0);
  expect(clone.read(".sandbox/state/.pulumi/stacks/slipway/sandbox.json")).toContain("Repository::first");
  expect((await clone.run("sandbox", "cancel", "--yes")).stderr).not.toContain("cleared the lock");
}, 120_000);
