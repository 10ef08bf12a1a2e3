import { expect, test } from "@jest/globals";
import type { Finished } from "../../toolchain/command.ts";
import { configSecrets, knownSecrets, setSecrets, stateSecrets } from "../../toolchain/knownSecrets.ts";
import { pulumiCommand } from "../../toolchain/pulumiArguments.ts";

const command = (line: string) => pulumiCommand(line.split(" "), { stack: "sandbox", terminal: true });
const secret = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: JSON.stringify(value) });
const configuration = { "slipway:token": { value: "of-the-config", secret: true }, "slipway:level": { value: "plain", secret: false } };
const state = { version: 3, deployment: { resources: [{ urn: "urn", outputs: { result: secret("of-the-state"), size: 3, none: null } }] } };

function answers(asked: string[], code = 0) {
  return async (args: string[]): Promise<Finished> => {
    asked.push(args.join(" "));
    return { code, stdout: JSON.stringify(args[0] === "config" ? configuration : state), stderr: "error: no such stack\n" };
  };
}

test("of a configuration, the secret values are known and no others, and of a structured one each text", () => {
  const structured = { value: '{"a":"first"}', objectValue: { a: "first", b: ["second", 3] }, secret: true };
  expect(configSecrets({ ...configuration, structured })).toEqual(["of-the-config", '{"a":"first"}', "first", "second"]);
});

test("of a state, every secret is known, in whatever it stands", () => {
  expect(stateSecrets({ a: [{ b: secret({ c: ["one", { d: "two" }] }) }], e: "plain", f: secret("three"), g: null })).toEqual(["one", "two", "three"]);
});

test.each([
  ["config set --secret slipway:key the-value", ["the-value", "the-value"]],
  ["config set slipway:key the-value --secret", ["the-value", "the-value"]],
  ["config set --secret slipway:key -- -dash", ["-dash", "-dash"]],
  ["config set-all --secret slipway:key=the=value", ["slipway:key=the=value", "the=value"]],
  ["config set slipway:key plain", []],
  ["config get slipway:key", []],
  ["up --secret set", []],
])("pulumi %j sets %j", (line, values) => {
  expect(setSecrets({ name: line.split(" ")[0] ?? "", deploys: false, arguments: line.split(" ") })).toEqual(values);
});

test("configuration and state are read from where the command reads them", async () => {
  const asked: string[] = [];
  const known = await knownSecrets(command("up -v=9 --config-file other.yaml --cwd=sub --stack staging"), answers(asked));
  expect(known).toEqual(["of-the-config", "of-the-state"]);
  expect(asked).toEqual([
    "config --show-secrets --json --cwd=sub --config-file other.yaml --stack staging --non-interactive",
    "stack export --show-secrets --cwd=sub --stack staging --non-interactive",
  ]);
});

test("a command without a stack asks for nothing", async () => {
  const asked: string[] = [];
  expect([await knownSecrets(command("version -v=9"), answers(asked)), asked]).toEqual([[], []]);
});

test("a command whose secrets cannot be read does not run", async () => {
  await expect(knownSecrets(command("up -v=9"), answers([], 255))).rejects.toThrow(
    'stack sandbox: its secrets cannot be read to keep them out of the log, got "error: no such stack"; run this without -v',
  );
});
