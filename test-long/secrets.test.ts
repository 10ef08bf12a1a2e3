import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { Room, repository } from "./room.ts";

/** The forms in which a value could leak: as it is, in base64, and as JSON or YAML would escape it. */
function forms(value: string): string[] {
  return [value, Buffer.from(value).toString("base64").replace(/=+$/, ""), encodeURIComponent(value), JSON.stringify(value).slice(1, -1)];
}

test("no secret value is in the state, the outputs, the cloud, the logs at -v=9 or any error", async () => {
  const room = new Room();
  const text = readFileSync(join(repository, "Pulumi.sandbox.yaml"), "utf8");
  const config = join(room.folder, "Pulumi.canary.yaml");
  writeFileSync(config, text);
  const keys = [...text.matchAll(/^ {2}slipway:(\w+):\n {4}secure:/gm)].map(([, key]) => String(key));
  expect(keys.length).toBeGreaterThan(10);
  const canaries = keys.map((key, index) => [key, `canary+${key}/${index}%leak"`] as const);
  for (const [key, value] of canaries) {
    const set = await room.run(["config", "set", "--secret", `slipway:${key}`, "--stack", "sandbox", "--config-file", config, "--", value]);
    expect({ key, code: set.code, output: set.code === 0 ? "" : set.output }).toEqual({ key, code: 0, output: "" });
  }
  const outputs: string[] = [];
  const steps = [
    ["up", "--yes", "--skip-preview", "-v=9", "--logtostderr", "--config-file", config],
    ["preview", "--diff", "--refresh", "--config-file", config],
    ["stack", "output", "--json"],
    ["stack", "export"],
    ["refresh", "--yes", "--skip-preview", "--diff", "--config-file", config],
  ];
  for (const step of steps) {
    const outcome = await room.run([...step, "--stack", "sandbox"]);
    expect({ step, code: outcome.code, output: outcome.code === 0 ? "" : outcome.output.slice(-4000) }).toEqual({ step, code: 0, output: "" });
    outputs.push(outcome.output);
  }
  const failing = await room.run(["up", "--yes", "--skip-preview", "--stack", "sandbox", "--replace", "**", "--config-file", config], {
    SLIPWAY_SANDBOX_FAIL_TYPE: "*Secret*",
  });
  outputs.push(failing.output);
  const places = [...outputs.map((output, index) => [`output ${index}`, output] as const), ...room.files().map((path) => [path, readFileSync(path, "utf8")] as const)];
  const leaks = places.flatMap(([place, content]) =>
    canaries.flatMap(([key, value]) => forms(value).filter((form) => content.includes(form)).map(() => `${key} in ${place}`)),
  );
  expect(leaks).toEqual([]);
  room.leave();
});
