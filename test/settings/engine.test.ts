import { resolve } from "node:path";
import { afterEach, expect, jest, test } from "@jest/globals";
import { Workspace } from "../workspace.ts";

jest.setTimeout(120_000);

const PROGRAM = `import { readSettings } from ${JSON.stringify(resolve("settings/index.ts"))};\nexport const owner = readSettings().owner;\n`;

let workspace: Workspace | undefined;
afterEach(() => workspace?.remove());

test("the real engine shows each problem on a line of its own, no stack trace, and fails", async () => {
  workspace = await Workspace.make(PROGRAM);
  await workspace.pulumi("config", "set", "--path", "slipway:repositories.shop.visibilty", "public");
  await workspace.pulumi("config", "set", "--path", "slipway:repositories.shop.secrets.NPM_TOKEN.secret", "npmToken");
  const { code, output } = await workspace.pulumi("preview");
  const shown = output.slice(output.indexOf("Diagnostics:")).split("\n").map((line) => line.trim());
  expect({ code: code === 0, shown: shown.slice(1, 4), trace: /\n\s+at |\.ts:\d|\.js:\d/.test(output) }).toEqual({
    code: false,
    shown: [
      "pulumi:pulumi:Stack (slipway-test):",
      "error: github:owner: is missing; run pulumi config set github:owner <organisation or user>",
      "repositories.shop.visibilty: is not a setting; write visibility instead",
    ],
    trace: false,
  });
});
