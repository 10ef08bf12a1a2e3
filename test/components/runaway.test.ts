import { spawnSync } from "node:child_process";
import { expect, test } from "@jest/globals";

const module = JSON.stringify(new URL("../../components/runaway.ts", import.meta.url).href);

function run(program: string): { status: number | null; stdout: string } {
  const { NODE_OPTIONS: _jest, ...env } = process.env;
  return spawnSync(process.execPath, ["--input-type=module", "-e", `import { endRunaway } from ${module};\n${program}`], { env, encoding: "utf8", timeout: 20000 });
}

// What the SDK does when its engine was killed.
test.each([
  ["rejections", "process.on('unhandledRejection', () => void Promise.reject(new Error('again'))); endRunaway(); Promise.reject(new Error('no engine'));"],
  ["exceptions", "const fail = () => process.nextTick(() => { throw new Error('again'); }); process.on('uncaughtException', fail); endRunaway(); fail();"],
])("a program that only reports that its reports failed is ended (%s)", (_, program) => {
  expect(run(program).status).toBe(1);
});

test("a program that fails often, but not for ever, goes on", () => {
  const { status, stdout } = run("process.on('unhandledRejection', () => {}); endRunaway(); for (let i = 0; i < 900; i++) Promise.reject(new Error('one')); setTimeout(() => console.log('went on'), 10);");
  expect({ status, stdout }).toEqual({ status: 0, stdout: "went on\n" });
});
