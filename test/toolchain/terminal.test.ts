import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { clearRooms, launch, node, put, room } from "./room.ts";

afterAll(clearRooms);

const toolchain = join(import.meta.dirname, "../../toolchain");
const program = (script: string) => put(join(room(), "masked.mjs"), `
import { Mask } from ${JSON.stringify(join(toolchain, "mask.ts"))};
import { onTerminal } from ${JSON.stringify(join(toolchain, "terminal.ts"))};
const options = { folder: "/", environment: process.env, mask: new Mask(["hunter2"]), exited: (code) => process.stderr.write(\`exited \${code}\\n\`) };
process.exit(await onTerminal("sh", ["-c", ${JSON.stringify(script)}], options));
`);

test("a masked command's two streams stay apart and whole, and its exit code is its own", async () => {
  const run = await launch(node, [program("echo to hunter2; printf 'no end hunter2'; echo error hunter2 >&2; exit 7")], process.env).done;
  expect([run.code, run.stdout]).toEqual([7, "to [secret]\nno end [secret]"]);
  expect(run.stderr.split("\n").sort()).toEqual(["", "error [secret]", "exited 7"]);
});

test("a reader that goes away ends a masked command as it would end any other", async () => {
  const path = program("trap '' PIPE; while echo line 2>/dev/null; do :; done; exit 5");
  const run = await launch("bash", ["-c", `"${node}" "${path}" | head -1; echo "\${PIPESTATUS[0]}"`], process.env).done;
  expect([run.stdout, run.stderr]).toEqual(["line\n5\n", "exited 5\n"]);
});
