import { expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compatible, goVersion, officialVersion } from "../../toolchain/versions.ts";

test.each([
  ["v3.255.0", true],
  ["3.255.0\n", true],
  ["v3.265.1", true],
  ["v3.1000.0", true],
  ["v3.256.0-alpha.1", true],
  ["v3.254.9", false],
  ["v2.300.0", false],
  ["v4.0.0", false],
  ["", false],
  ["pulumi", false],
  ["3.255", false],
])("a CLI that calls itself %j is compatible: %p", (version, expected) => {
  expect(compatible(version)).toBe(expected);
});

test("the official version is that of the npm package, which names its CLI", () => {
  const dependencies: unknown = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")).dependencies;
  expect(dependencies).toMatchObject({ pulumi: officialVersion });
});

test("both pinned CLIs are compatible and the Go one is that of its go.mod", () => {
  const module = readFileSync(join(import.meta.dirname, "../../toolchain/pulumi-cli/go.mod"), "utf8");
  expect([compatible(officialVersion), compatible(goVersion)]).toEqual([true, true]);
  expect(module).toContain(`github.com/pulumi/pulumi/pkg/v3 v${goVersion}`);
});
