import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { policies } from "../../policy/rules/index.ts";

test("docs/policy.md has every policy as it describes itself", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/policy.md"), "utf8");
  const rows = page.split("\n").filter((line) => /^\| `[a-z-]+` \|/.test(line));
  expect(rows).toEqual(policies.map(({ description, name, reason, severity }) => `| \`${name}\` | ${severity} | ${description}. ${reason} |`));
});
