import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

const component = fileURLToPath(new URL("../../components/stack-traces.ts", import.meta.url));

test("a stack trace names the path, line and column of a module, although the SDK asked for source maps", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway stack traces "));
  const program = join(folder, "program.mjs");
  writeFileSync(program, `import { createRequire } from "node:module";
import { nativeStackTraces } from ${JSON.stringify(component)};
createRequire(${JSON.stringify(component)})("source-map-support/register");
nativeStackTraces();
function here() { return new TypeError("wrong").stack.split("\\n"); }
console.log(JSON.stringify(here().slice(0, 2)));
`);
  try {
    const { NODE_OPTIONS: _jest, ...env } = process.env;
    const { stdout } = spawnSync(process.execPath, [program], { env, encoding: "utf8", timeout: 20000 });
    expect(JSON.parse(stdout)).toEqual(["TypeError: wrong", `    at here (${program}:5:26)`]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([[false, 1], [true, 3]])("of a promise of the SDK, asked for: %s, the trace has %d lines", (promises, lines) => {
  const program = `import { nativeStackTraces } from ${JSON.stringify(component)};
nativeStackTraces({ promises: ${promises} });
function debuggablePromise() { return new Error("x").stack.split("\\n"); }
function caller() { return debuggablePromise().slice(0, 3); }
console.log(caller().length);`;
  const { NODE_OPTIONS: _jest, ...env } = process.env;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], { env, encoding: "utf8", timeout: 20000 });
  expect(stdout.trim()).toBe(String(lines));
});
