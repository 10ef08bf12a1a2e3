import { expect, test } from "@jest/globals";
import { isVerbose, logsToStderr } from "../../toolchain/verbose.ts";

test.each([
  ["up -v=9", true],
  ["up -v 9", true],
  ["up -v9", true],
  ["-v=1 up", true],
  ["up -yv=9", true],
  ["up -fv 3", true],
  ["up --verbose=9", true],
  ["up --verbose 9", true],
  ["up --logtostderr", true],
  ["up --logtostderr=true", true],
  ["up", false],
  ["up -v=0", false],
  ["up -v 0", false],
  ["up --verbose=0", false],
  ["up --logtostderr=false", false],
  ["version", false],
  ["--version", false],
  ["up --stack v", false],
  ["config set key -- -v=9", false],
])("pulumi %j asks for the log: %s", (line, expected) => {
  expect(isVerbose(line.split(" "))).toBe(expected);
});

test.each([
  ["up -v=9", "--logtostderr up -v=9"],
  ["up -v=9 --logtostderr=false", "--logtostderr up -v=9"],
  ["--logtostderr up -v=9", "--logtostderr up -v=9"],
  ["config set -v=9 key -- --logtostderr=false", "--logtostderr config set -v=9 key -- --logtostderr=false"],
])("pulumi %j logs where it can be masked: %j", (line, expected) => {
  expect(logsToStderr(line.split(" ")).join(" ")).toBe(expected);
});
