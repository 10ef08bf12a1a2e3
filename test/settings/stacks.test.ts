import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { linesOf } from "./base.ts";

test.each(["sandbox", "staging", "production"])("the %s stack's settings have no problem", (stack) => {
  const { config }: { config: Record<string, unknown> } = parse(readFileSync(new URL(`../../Pulumi.${stack}.yaml`, import.meta.url), "utf8"));
  const entries = Object.entries(config);
  const encrypted = entries.filter(([, value]) => typeof value === "object" && value !== null && "secure" in value).map(([key]) => key);
  expect(linesOf(Object.fromEntries(entries.filter(([key]) => !encrypted.includes(key))), encrypted)).toEqual([]);
});
