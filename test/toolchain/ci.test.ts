import { afterAll, expect, test } from "@jest/globals";
import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { clearRooms, launch, put, room, script } from "./room.ts";
import type { Run } from "./room.ts";

afterAll(clearRooms);

const root = join(import.meta.dirname, "../..");

/** Runs `.ci/run` in a project whose `npm` is a script: `suites` are the counts that its two calls leave. */
async function ci(suites: { test?: string; long?: string }): Promise<Run> {
  const folder = room();
  for (const name of [".ci/run", "toolchain/sum.ts", "toolchain/tally.ts"]) cpSync(join(root, name), join(folder, name));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  put(join(folder, "package.json"), '{"type":"module"}');
  put(join(folder, "coverage/tally.json"), '{"passed":99,"failed":0}');
  if ("long" in suites) put(join(folder, "test-long/a.test.ts"), "");
  const leave = (name: string, text: string | undefined) => (text === undefined ? "exit 1" : `echo '${text}' > coverage/${name}`);
  script(join(folder, "bin/npm"), `case "$*" in test) ${leave("tally.json", suites.test)};; *--long*) ${leave("tally-long.json", suites.long)};; esac`);
  return launch("/bin/bash", [join(folder, ".ci/run")], { ...process.env, PATH: `${folder}/bin:${process.env["PATH"]}` }).done;
}

test.each([
  ["both suites pass", { test: '{"passed":5,"failed":0}', long: '{"passed":2,"failed":0}' }, "7 passed, 0 failed\n", 0],
  ["there are no long suites", { test: '{"passed":5,"failed":0}' }, "5 passed, 0 failed\n", 0],
  ["a long test fails", { test: '{"passed":5,"failed":0}', long: '{"passed":2,"failed":3}' }, "7 passed, 3 failed\n", 1],
  ["the tests leave no count, and an old one lies about", { long: '{"passed":2,"failed":0}' }, "2 passed, 1 failed\n", 1],
])("when %s, CI ends with the sum", async (_title, suites, line, code) => {
  const run = await ci(suites);
  expect([run.stdout, run.code]).toEqual([line, code]);
});
