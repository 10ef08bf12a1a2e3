import { afterAll, expect, test } from "@jest/globals";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { clearRooms, launch, node, put, room, script, until } from "./room.ts";
import type { Running } from "./room.ts";

afterAll(clearRooms);

const toolchain = join(import.meta.dirname, "../../toolchain");
const lockfile = JSON.stringify({ packages: { "": {}, "node_modules/a": { version: "1.0.0" } } });

/** A fresh clone whose `npm` is a script. `cli.ts` says which arguments reached it. */
class Clone {
  readonly folder = room();
  readonly bin = join(this.folder, "bin");

  constructor(npm: string) {
    for (const name of ["slipway.mjs", "lock.mjs", "packages.mjs"]) cpSync(join(toolchain, name), join(this.folder, "toolchain", name));
    put(join(this.folder, "toolchain", "cli.ts"), 'const args: string[] = process.argv.slice(2); console.log("cli", args.join(" ")); process.exitCode = Number(args[0]);');
    put(join(this.folder, "package.json"), '{"type":"module"}');
    put(join(this.folder, "package-lock.json"), lockfile);
    script(join(this.bin, "npm"), `echo "$@" >> ${this.folder}/npm.log\n${npm}`);
  }

  /** What a real `npm ci` leaves: its list is written last. */
  static readonly install = [
    "mkdir -p node_modules/.bin",
    `ln -sf ${node} node_modules/.bin/node`,
    `echo '${JSON.stringify({ packages: { "node_modules/a": { version: "1.0.0" } } })}' > node_modules/.package-lock.json`,
  ].join("\n");

  run(...args: string[]): Running {
    return launch(node, [join(this.folder, "toolchain", "slipway.mjs"), ...args], { PATH: `${this.bin}:/bin:/usr/bin` }, this.folder);
  }

  npmRuns(): string[] {
    return readFileSync(join(this.folder, "npm.log"), "utf8").trim().split("\n");
  }
}

test("a fresh clone installs its packages, says so, and hands over to the command line", async () => {
  const clone = new Clone(Clone.install);
  const first = await clone.run("0", "--flag", "two words").done;
  expect(first.stdout).toBe("cli 0 --flag two words\n");
  expect(first.stderr).toMatch(/^node_modules is missing: installing the packages of package-lock\.json\npackages installed in \d+ s\n$/);
  expect(clone.npmRuns()).toEqual([`ci --prefix ${clone.folder} --no-fund --no-audit --loglevel=error --fetch-retry-mintimeout=1000`]);
  const second = await clone.run("0").done;
  expect([second.stdout, second.stderr, clone.npmRuns().length]).toEqual(["cli 0\n", "", 1]);
});

test("the exit code is the command line's", async () => {
  const run = await new Clone(Clone.install).run("2").done;
  expect(run.code).toBe(2);
});

test("a failing npm ends in one message and exit code 1", async () => {
  const run = await new Clone("echo 'npm error network' >&2; exit 3").run("0").done;
  expect([run.code, run.stdout]).toEqual([1, ""]);
  expect(run.stderr).toBe(
    "node_modules is missing: installing the packages of package-lock.json\nnpm error network\n" +
      "node_modules: npm ci failed, got exit code 3; read npm's message above, then run this again\n",
  );
});

test("an installation without Node 24 says how to let its script run", async () => {
  const run = await new Clone(`${Clone.install}\nrm node_modules/.bin/node`).run("0").done;
  expect(run.stderr).toContain('node_modules: still not as package-lock.json says, got "node_modules lacks Node 24"; run npm ci --ignore-scripts=false\n');
  expect(run.code).toBe(1);
});

test("an interrupted installation is done again by the next run", async () => {
  const clone = new Clone("");
  script(join(clone.bin, "npm"), `echo run >> npm.log\nmkdir -p node_modules\nif [ ! -e again ]; then touch again; sleep 60; fi\n${Clone.install}`);
  const first = clone.run("0");
  await until(() => existsSync(join(clone.folder, "again")));
  process.kill(-first.pid, "SIGKILL");
  await first.done;
  const second = await clone.run("0").done;
  expect(second.stderr).toContain("node_modules is incomplete: installing");
  expect([second.code, clone.npmRuns().length]).toEqual([0, 2]);
});

test("two runs at once install once", async () => {
  const clone = new Clone(`while [ ! -e go ]; do sleep 0.02; done\n${Clone.install}`);
  const runs = [clone.run("0"), clone.run("0")];
  await Promise.race(runs.map((run) => run.says("is installing the packages: waiting for it")));
  put(join(clone.folder, "go"), "");
  const done = await Promise.all(runs.map((run) => run.done));
  expect(done.map((run) => run.stdout)).toEqual(["cli 0\n", "cli 0\n"]);
  expect(clone.npmRuns().length).toBe(1);
});
