import { describe, expect, test } from "@jest/globals";
import { join } from "node:path";
import { launch, node } from "./room.ts";
import type { Run } from "./room.ts";

const program = join(import.meta.dirname, "../../toolchain/cli.ts");

function slipway(...args: string[]): Promise<Run> {
  return launch(node, [program, ...args], process.env).done;
}

describe("slipway", () => {
  test.each(["start", "sandbox", "test", "bench", "doctor", "judges", "actions", "fleet"])("%s has a --help", async (name) => {
    const run = await slipway(name, "--help");
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toMatch(new RegExp(`^Usage: slipway ${name} `));
  });

  test("an unknown subcommand is one message and exit code 1", async () => {
    const run = await slipway("frobnicate");
    expect(run).toMatchObject({ code: 1, stdout: "", stderr: "error: unknown command 'frobnicate'\nslipway --help lists the commands\n" });
  });

  test("without a subcommand it lists them and fails", async () => {
    const run = await slipway();
    expect(run.code).toBe(1);
    expect(run.stderr).toContain("Usage: slipway");
  });

  test("the sandbox refuses to leave out a provider that it does not have", async () => {
    const run = await slipway("sandbox", "--without", "aws", "version");
    expect(run).toMatchObject({
      code: 1,
      stderr: '--without: no such provider in the sandbox, got "aws"; use one of kubernetes, github, random, docker, docker-build, grafana\n',
    });
  });

  test("the fleet refuses an environment without stack files", async () => {
    const run = await slipway("fleet", "preview", "--environment", "moon");
    expect(run).toMatchObject({ code: 1, stderr: '--environment: no stack file of that environment, got "moon"; add Pulumi.moon.yaml or Pulumi.moon-<group>.yaml\n' });
  });

  test("the doctor answers in JSON for scripts", async () => {
    const run = await slipway("doctor", "--json");
    const parts: { part: string }[] = JSON.parse(run.stdout);
    expect(parts.map((each) => each.part)).toEqual(["node", "pulumi", "pulumi-language-nodejs", "git", "go", "docker", "actionlint", "shellcheck", "zizmor", "act", "verdaccio", "pypiserver", "github-api"]);
  });
});
