import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as later } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

const module = fileURLToPath(new URL("../../toolchain/end.ts", import.meta.url));
const LENGTH = 3_000_000;

function writer(stream: "stdout" | "stderr") {
  const { NODE_OPTIONS: _options, ...environment } = process.env;
  const program = `import { end } from ${JSON.stringify(module)}; process.${stream}.write("x".repeat(${LENGTH})); setInterval(() => {}, 1000); await end(2);`;
  return spawn("node_modules/.bin/node", ["--input-type=module", "--eval", program], { env: environment });
}

test.each(["stdout", "stderr"] as const)("a command that ends at once still hands a long text on %s to a slow reader whole", async (stream) => {
  const child = writer(stream);
  const ended = once(child, "exit");
  let read = 0;
  for await (const piece of child[stream]) {
    read += String(piece).length;
    await later(1);
  }
  expect({ read, code: (await ended)[0] }).toEqual({ read: LENGTH, code: 2 });
});

test("a command whose reader is gone ends all the same", async () => {
  const child = writer("stdout");
  child.stdout.destroy();
  const [code] = await once(child, "exit");
  expect(code).not.toBeNull();
});
