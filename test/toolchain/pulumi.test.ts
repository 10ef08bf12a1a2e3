import { afterAll, describe, expect, test } from "@jest/globals";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { installOfficial, unreachable } from "../../toolchain/official.ts";
import { goVersion, officialVersion } from "../../toolchain/versions.ts";
import { clearRooms, launch, node, put, room, script, until } from "./room.ts";
import type { Running } from "./room.ts";

afterAll(clearRooms);

const module = join(import.meta.dirname, "../../toolchain/pulumi.ts");
/** Nothing listens there: the stand-in for a network without a way out. */
const nowhere = "http://127.0.0.1:9/install.sh";

/** A machine with its own PATH and cache, whose `go` is a script that counts its builds. */
class Machine {
  readonly folder = room();
  readonly bin = join(this.folder, "bin");
  readonly cache = join(this.folder, "cache", "slipway", "pulumi");

  go(build: string): void {
    const version = 'case "$1" in version) echo go1.26; exit 0;; env) echo off; exit 0;; esac';
    const output = 'while [ "$1" != "-o" ]; do shift; done; out="$2"';
    script(join(this.bin, "go"), `${version}\n${output}\necho build >> ${this.folder}/builds\n${build}\n`);
  }

  builds(): number {
    return readFileSync(join(this.folder, "builds"), "utf8").trim().split("\n").length;
  }

  ensure(): Running {
    const program = `
      const { ensurePulumi } = await import(${JSON.stringify(module)});
      try { console.log(JSON.stringify(await ensurePulumi({ installer: { host: ${JSON.stringify(nowhere)} } }))); }
      catch (error) { console.error(error.message); process.exitCode = 1; }`;
    return launch(node, ["--input-type=module", "-e", program], { PATH: `${this.bin}:/bin:/usr/bin`, HOME: this.folder, XDG_CACHE_HOME: join(this.folder, "cache") });
  }
}

const finish = 'mkdir -p "$(dirname "$out")"; printf "#!/bin/sh\\necho v3.255.0\\n" > "$out"; chmod +x "$out"';

describe("a machine that cannot reach the official host", () => {
  test("and has no Go gets one message that says what to do, and nothing else", async () => {
    const machine = new Machine();
    script(join(machine.bin, "go"), "exit 127");
    const run = await machine.ensure().done;
    expect(run).toEqual({
      code: 1,
      signal: null,
      stdout: "",
      stderr:
        'pulumi: no CLI of version 3.255 or newer here and none can be got, got "127.0.0.1:9: bad port" and "go: not installed"; ' +
        "install it from https://www.pulumi.com/docs/install, or install Go 1.26 from https://go.dev/dl and set GOPROXY to a module proxy that can be reached, then run this again\n",
    });
    expect(existsSync(join(machine.cache, "lock"))).toBe(false);
  });

  test("builds both programs into the cache, and a second run uses them", async () => {
    const machine = new Machine();
    machine.go(finish);
    const bin = join(machine.cache, goVersion, "bin");
    const expected = `${JSON.stringify({ bin, version: goVersion, source: "go modules" })}\n`;
    const first = await machine.ensure().done;
    expect(first.stdout).toBe(expected);
    expect(first.stderr).toContain("building it from Go modules, once, about 4 minutes");
    expect(readdirSync(bin).sort()).toEqual(["pulumi", "pulumi-language-nodejs", "pulumi-language-nodejs-3.68.0"]);
    expect(readdirSync(machine.cache)).toEqual([goVersion]);
    const second = await machine.ensure().done;
    expect([second.stdout, second.stderr, machine.builds()]).toEqual([expected, "", 2]);
  });

  test("gives the language host the flag that lets Node run TypeScript itself", async () => {
    const machine = new Machine();
    machine.go('mkdir -p "$(dirname "$out")"; printf "#!/bin/sh\\necho \\$@\\n" > "$out"; chmod +x "$out"');
    await machine.ensure().done;
    const host = launch(join(machine.cache, goVersion, "bin", "pulumi-language-nodejs"), ["127.0.0.1:4000"], { PATH: "/bin:/usr/bin" });
    expect((await host.done).stdout).toBe("-typescript=false 127.0.0.1:4000\n");
  });

  test("says what Go said when the build fails, without a stack trace", async () => {
    const machine = new Machine();
    machine.go('echo "go: module lookup disabled by GOPROXY=off" >&2; exit 1');
    const run = await machine.ensure().done;
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('and "go build of pulumi: go: module lookup disabled by GOPROXY=off"; install it from');
    expect(run.stderr).not.toMatch(/^ +at /m);
    expect(readdirSync(machine.cache)).toEqual([]);
  });

  test("goes on after a build that was killed half way, and clears what it left", async () => {
    const machine = new Machine();
    machine.go(`if [ ! -e ${machine.folder}/again ]; then echo half > "$(dirname "$(dirname "$out")")/half"; echo compiling; touch ${machine.folder}/again; sleep 60; fi; ${finish}`);
    const first = machine.ensure();
    await first.says("building it from Go modules");
    await until(() => existsSync(join(machine.folder, "again")));
    process.kill(-first.pid, "SIGKILL");
    await first.done;
    expect(readdirSync(machine.cache).map((name) => name.slice(0, 7)).sort()).toEqual(["lock", "partial"]);
    const second = await machine.ensure().done;
    expect(JSON.parse(second.stdout)).toMatchObject({ source: "go modules" });
    expect(readdirSync(machine.cache)).toEqual([goVersion]);
  });

  test("builds once when two runs start together, and the second says whom it waits for", async () => {
    const machine = new Machine();
    machine.go(`while [ ! -e ${machine.folder}/go ]; do read -t 0.02 line < /dev/zero || sleep 0.02; done; ${finish}`);
    const runs = [machine.ensure(), machine.ensure()];
    await Promise.race(runs.map((run) => run.says("is getting the Pulumi CLI: waiting for it")));
    put(join(machine.folder, "go"), "");
    const done = await Promise.all(runs.map((run) => run.done));
    expect(done.map((run) => JSON.parse(run.stdout).source)).toEqual(["go modules", "go modules"]);
    expect(machine.builds()).toBe(2);
  });
});

describe("the official installer", () => {
  async function served<T>(status: number, work: (host: string) => Promise<T>): Promise<T> {
    const server = createServer((_request, answer) => void answer.writeHead(status).end());
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    try {
      return await work(`http://127.0.0.1:${port}/install.sh`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  function installer(programs: string[]): string {
    const lines = programs.map((name) => `put(${JSON.stringify(name)});`);
    const text = `
      const { mkdirSync, writeFileSync } = require("node:fs");
      const bin = process.env.PULUMI_HOME + "/versions/" + process.env.PULUMI_VERSION + "/bin";
      const put = (name) => { mkdirSync(bin, { recursive: true }); writeFileSync(bin + "/" + name, "#!/bin/sh", { mode: 0o755 }); };
      ${lines.join("\n")}`;
    return put(join(room(), "installer.cjs"), text);
  }

  test("puts the CLI into the cache under its version", async () => {
    const folder = room();
    const program = installer(["pulumi", "pulumi-language-nodejs"]);
    expect(await served(200, (host) => installOfficial(folder, () => {}, { host, program }))).toBeUndefined();
    expect(readdirSync(folder)).toEqual([officialVersion]);
    expect(readdirSync(join(folder, officialVersion, "bin"))).toEqual(["pulumi", "pulumi-language-nodejs"]);
  });

  test("says what is missing when it brought only half, and leaves nothing", async () => {
    const folder = room();
    const program = installer(["pulumi"]);
    expect(await served(200, (host) => installOfficial(folder, () => {}, { host, program }))).toBe("the official installer: exit code 0, no pulumi-language-nodejs");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("is not started when its host answers with an error", async () => {
    const folder = room();
    const reason = await served(503, (host) => installOfficial(folder, () => {}, { host, program: "/nonexistent" }));
    expect(reason).toMatch(/^127\.0\.0\.1:\d+: answers 503$/);
  });

  test("a host that never answers is given up after the limit", async () => {
    const server = createServer(() => {});
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    expect(await unreachable(`http://127.0.0.1:${port}/`, 50)).toBe("no answer in 0.05 s");
    server.closeAllConnections();
    server.close();
  });
});
