import { expect, test } from "@jest/globals";
import { pulumiCommand } from "../../toolchain/pulumiArguments.ts";

const attended = { stack: "sandbox", terminal: true };
const alone = { stack: "sandbox", terminal: false };

test.each<[string, string, string | undefined]>([
  ["up", "up --stack sandbox", "sandbox"],
  ["preview --refresh", "preview --stack sandbox --refresh", "sandbox"],
  ["up --stack staging", "up --stack staging", "staging"],
  ["up -s staging", "up -s staging", "staging"],
  ["up --stack=staging", "up --stack=staging", "staging"],
  ["stack", "stack --stack sandbox", "sandbox"],
  ["stack output systems --json", "stack --stack sandbox output systems --json", "sandbox"],
  ["stack --show-urns", "stack --stack sandbox --show-urns", "sandbox"],
  ["stack ls", "stack ls", undefined],
  ["stack init other", "stack init other", undefined],
  ["stack select other", "stack select other", undefined],
  ["config set key -- --stack", "config --stack sandbox set key -- --stack", "sandbox"],
  ["-v 9 --logtostderr up", "-v 9 --logtostderr up --stack sandbox", "sandbox"],
  ["--color never up", "--color never up --stack sandbox", "sandbox"],
  ["state delete urn", "state --stack sandbox delete urn", "sandbox"],
  ["version", "version", undefined],
  ["plugin ls", "plugin ls", undefined],
  ["up --help", "up --help", undefined],
  ["--version", "--version", undefined],
  ["", "", undefined],
  ["-- up", "-- up", undefined],
])("pulumi %j becomes %j", (line, expected, stack) => {
  const command = pulumiCommand(line.split(" ").filter(Boolean), attended);
  expect(command.arguments.join(" ")).toBe(expected);
  expect(command.stack).toBe(stack);
});

test.each([
  ["up", "up --stack sandbox --yes --non-interactive"],
  ["up --yes", "up --stack sandbox --non-interactive --yes"],
  ["up -y --non-interactive", "up --stack sandbox -y --non-interactive"],
  ["refresh", "refresh --stack sandbox --yes --non-interactive"],
  ["destroy --stack staging", "destroy --yes --non-interactive --stack staging"],
  ["import a b c", "import --stack sandbox --yes --non-interactive a b c"],
  ["preview", "preview --stack sandbox"],
  ["refresh --preview-only --json", "refresh --stack sandbox --preview-only --json"],
  ["destroy --preview-only", "destroy --stack sandbox --preview-only"],
  ["stack output", "stack --stack sandbox output"],
])("with nobody to ask, pulumi %j becomes %j", (line, expected) => {
  expect(pulumiCommand(line.split(" "), alone).arguments.join(" ")).toBe(expected);
});

test.each([
  ["update", "up"],
  ["pre", "preview"],
  ["down", "destroy"],
  ["dn", "destroy"],
  ["cfg", "config"],
  ["refresh", "refresh"],
])("the alias %s is known as %s", (alias, name) => {
  expect(pulumiCommand([alias], attended).name).toBe(name);
});
