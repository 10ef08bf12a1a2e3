import { readdirSync } from "node:fs";
import { afterAll, describe, expect, test } from "@jest/globals";
import { Clone, childrenOf } from "../test/toolchain/clone.ts";
import { clearRooms, room } from "../test/toolchain/room.ts";

afterAll(clearRooms);

const salt = "encryptionsalt: v1:IwPQQGQnnzg=:v1:wLbo78QdZ6MqDZv5:yxL+GDtzE1MgOPK78aKE7WtA2zZW0Q==\n";
const program = `
  import * as github from "@pulumi/github";
  import * as random from "@pulumi/random";
  const password = new random.RandomPassword("password", { length: 24 });
  const first = new github.Repository("first", { name: "first" });
  new github.ActionsSecret("secret", { repository: first.name, secretName: "DRAWN", plaintextValue: password.result });
`;

describe("slipway sandbox with -v=9", () => {
  const clone = new Clone(program, { sandbox: salt });
  const temporary = room();
  const run = (...line: string[]) => clone.launch(["sandbox", ...line], { TMPDIR: temporary }).done;

  test("shows the engine's log without a secret that was only just drawn, nor one of the state, and leaves no log file", async () => {
    const up = await run("up", "--skip-preview", "-v=9");
    const next = await run("preview", "--expect-no-changes", "-v", "9");
    const exported: unknown = JSON.parse((await run("stack", "export", "--show-secrets")).stdout);
    const [password] = JSON.stringify(exported).match(/(?<="result":\{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","plaintext":)"(?:[^"\\]|\\.)*"/) ?? [];
    const drawn: unknown = JSON.parse(JSON.parse(password ?? '""'));
    expect([up.code, next.code, typeof drawn, String(drawn).length]).toEqual([0, 0, "string", 24]);
    for (const { stderr, stdout } of [up, next]) {
      expect(stderr).toContain("Marshaling property for RPC");
      expect(stderr).toContain("[secret]");
      for (const form of [String(drawn), JSON.stringify(drawn).slice(1, -1)]) expect(`${stdout}${stderr}`.includes(form)).toBe(false);
    }
    expect(up.stdout).toContain("    + 4 created\n");
    expect(readdirSync(temporary).filter((name) => name.includes(".log."))).toEqual([]);
  });

  test("keeps pulumi's exit code", async () => {
    expect((await run("preview", "--stack", "moon", "-v=9")).code).toBe(1);
    expect((await run("stack", "output", "absent", "-v=9")).code).not.toBe(0);
  });
});

test("an interrupt reaches pulumi behind a masked log, and it finishes what is under way", async () => {
  const clone = new Clone(program, { sandbox: salt });
  const run = clone.launch(["sandbox", "up", "--skip-preview", "-v=1"], { SLIPWAY_SANDBOX_LATENCY: "3000" });
  await run.says("first creating");
  process.kill(run.pid, "SIGINT");
  expect((await run.done).code).not.toBe(0);
  expect(clone.read(".sandbox/state/.pulumi/stacks/slipway/sandbox.json")).toContain("Repository::first");
});

test("a pulumi that was killed behind a masked log ends the command with 137", async () => {
  const clone = new Clone(program, { sandbox: salt });
  const run = clone.launch(["sandbox", "up", "--skip-preview", "-v=1"], { SLIPWAY_SANDBOX_LATENCY: "600000" });
  await run.says("first creating");
  childrenOf(run.pid).forEach((pid) => process.kill(pid, "SIGKILL"));
  expect((await run.done).code).toBe(137);
});
