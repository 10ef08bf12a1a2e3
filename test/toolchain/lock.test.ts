import { afterAll, describe, expect, test } from "@jest/globals";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { alive, processStart, withLock } from "../../toolchain/lock.mjs";
import { clearRooms, launch, node, put, room } from "./room.ts";

afterAll(clearRooms);

const module = join(import.meta.dirname, "../../toolchain/lock.mjs");

function holder(lock: string, body: string) {
  const program = `import { withLock } from ${JSON.stringify(module)}; await withLock(${JSON.stringify(lock)}, async () => { ${body} }, { waiting: (pid) => console.log("waiting for " + pid), interval: 5 });`;
  return launch(node, ["--input-type=module", "-e", program], process.env);
}

describe("withLock", () => {
  test("gives back what the work returns and leaves no lock behind", async () => {
    const lock = join(room(), "deep", "lock");
    expect(await withLock(lock, () => readFileSync(join(lock, "owner"), "utf8"))).toBe(`${process.pid} ${processStart(process.pid)}\n`);
    expect(existsSync(lock)).toBe(false);
  });

  test("leaves no lock behind when the work fails", async () => {
    const lock = join(room(), "lock");
    await expect(withLock(lock, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(existsSync(lock)).toBe(false);
  });

  test("eight processes at once never overlap", async () => {
    const folder = room();
    const log = put(join(folder, "log"), "");
    const body = `const { appendFileSync } = await import("node:fs"); appendFileSync(${JSON.stringify(log)}, "in\\n"); await new Promise((done) => setImmediate(done)); appendFileSync(${JSON.stringify(log)}, "out\\n");`;
    const runs = await Promise.all(Array.from({ length: 8 }, () => holder(join(folder, "lock"), body).done));
    expect(runs.map((run) => run.code)).toEqual(Array.from({ length: 8 }, () => 0));
    expect(readFileSync(log, "utf8")).toBe("in\nout\n".repeat(8));
  });

  test("waits for a live owner and names it, then takes over when it is killed", async () => {
    const lock = join(room(), "lock");
    const first = holder(lock, `console.log("held"); await new Promise((done) => setTimeout(done, 60_000));`);
    await first.says("held");
    const second = holder(lock, `console.log("mine");`);
    await second.says(`waiting for ${first.pid}`);
    process.kill(first.pid, "SIGKILL");
    expect((await second.done).stdout).toBe(`waiting for ${first.pid}\nmine\n`);
    await first.done;
  });

  test("does not wait for a process that only has the dead owner's id", async () => {
    const lock = join(room(), "lock");
    put(join(lock, "owner"), `${process.pid} 1\n`);
    expect(await withLock(lock, () => "taken")).toBe("taken");
  });

  test("takes over a lock whose owner cannot be read, and a takeover that died half way", async () => {
    const lock = join(room(), "lock");
    put(join(lock, "owner"), "nonsense\n");
    put(join(`${lock}.takeover`, "owner"), "nonsense\n");
    expect(await withLock(lock, () => "taken")).toBe("taken");
  });
});

test("a process whose first thread has ended lives as long as another of its threads", async () => {
  const program = "import ctypes, sys, threading; threading.Thread(target=sys.stdin.read).start(); ctypes.CDLL(None).pthread_exit(None)";
  const child = spawn("python3", ["-c", program], { stdio: ["pipe", "ignore", "ignore"] });
  const pid = child.pid ?? 0;
  while (!/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))) await new Promise((done) => setTimeout(done, 5));
  expect(alive(pid)).toBe(true);
  const ended = new Promise((done) => child.once("close", done));
  child.stdin.end();
  await ended;
  expect(alive(pid)).toBe(false);
});

test("alive tells a running process from one that ended", async () => {
  const ended = launch(node, ["-e", ""], process.env);
  await ended.done;
  expect([alive(process.pid), alive(1), alive(ended.pid)]).toEqual([true, true, false]);
  expect(processStart(ended.pid)).toBe("");
});

test("a process that ended counts as gone before its parent has noticed", async () => {
  // The shell starts a child and becomes a program that never asks how it ended.
  const parent = spawn("sh", ["-c", "until grep -q sleep /proc/$$/comm; do :; done & echo $!; exec sleep 30"], { stdio: ["ignore", "pipe", "inherit"] });
  const pid = Number(await new Promise((resolve) => parent.stdout.once("data", resolve)));
  while (!readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ")) await new Promise((resolve) => setImmediate(resolve));
  expect(alive(pid)).toBe(false);
  parent.kill();
});
