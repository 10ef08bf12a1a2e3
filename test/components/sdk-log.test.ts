import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

const component = fileURLToPath(new URL("../../components/sdk-log.ts", import.meta.url));

test.each([[false, ["warning", "information"]], [true, ["debug", "warning", "information"]]])("of what the SDK and the program say, asked for all: %s, the engine hears %j", (log, heard) => {
  const program = `import { createRequire } from "node:module";
import { quietSdkLog } from ${JSON.stringify(component)};
const load = createRequire(${JSON.stringify(component)});
const heard = [];
const settings = load("@pulumi/pulumi/runtime/settings.js");
settings.getEngine = () => ({ log: (request, done) => { heard.push(request.getMessage()); done(); } });
quietSdkLog({ log: ${log} });
const pulumi = await import(${JSON.stringify(import.meta.resolve("@pulumi/pulumi"))});
await pulumi.log.debug("debug");
await pulumi.log.warn("warning");
await pulumi.log.info("information");
console.log(JSON.stringify(heard));`;
  const { NODE_OPTIONS: _jest, ...env } = process.env;
  const { stderr, stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], { env, encoding: "utf8", timeout: 30_000 });
  expect([stdout.trim(), stderr]).toEqual([JSON.stringify(heard), ""]);
});
