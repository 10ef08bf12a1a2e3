// The Node of this machine is on PATH already; a registry becomes the one of the test, with the token of the step that publishes.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { input, record, setEnv, setOutput } from "./common.mjs";

record();
if (input("registry-url") !== "") {
  const registry = process.env.NPM_CONFIG_REGISTRY ?? input("registry-url");
  const file = join(process.env.RUNNER_TEMP, ".npmrc");
  writeFileSync(file, `${registry.replace(/^https?:/, "").replace(/\/*$/, "/")}:_authToken=\${NODE_AUTH_TOKEN}\nregistry=${registry}\n`);
  setEnv("NPM_CONFIG_USERCONFIG", file);
  setEnv("NODE_AUTH_TOKEN", process.env.NODE_AUTH_TOKEN ?? "XXXXX-XXXXX-XXXXX-XXXXX");
}
setOutput("node-version", process.version);
