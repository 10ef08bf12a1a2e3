import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

const component = fileURLToPath(new URL("../../components/stack-traces.ts", import.meta.url));

test("a stack trace is Node's own although the SDK asked for source maps, and names line and column", () => {
  const program = `
    import { createRequire } from "node:module";
    import { nativeStackTraces } from ${JSON.stringify(component)};
    createRequire(${JSON.stringify(component)})("source-map-support/register");
    const asked = typeof Error.prepareStackTrace;
    nativeStackTraces();
    console.log(asked, typeof Error.prepareStackTrace, /\\[eval1\\]:\\d+:\\d+/.test(new Error().stack));
  `;
  const { NODE_OPTIONS: _jest, ...env } = process.env;
  expect(spawnSync(process.execPath, ["--input-type=module", "-e", program], { env, encoding: "utf8", timeout: 20000 }).stdout).toBe("function undefined true\n");
});
