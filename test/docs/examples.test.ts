import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { parseSettings } from "../../settings/parse.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pages = ["README.md", ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).map((file) => join("docs", file))]
  .filter((file) => file.endsWith(".md"))
  .map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));

function matches(pattern: RegExp): { file: string; found: string }[] {
  return pages.flatMap(({ file, text }) => [...text.matchAll(pattern)].map((match) => ({ file, found: match[1] ?? "" })));
}

/** Keys as the engine hands them over: structured values as JSON. */
function raw(config: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]));
}

describe("the documentation", () => {
  test.each(matches(/```yaml\n(config:\n[\s\S]*?)```/g))("shows configuration that is accepted ($file)", ({ found }) => {
    expect(parseSettings(raw(parse(found).config), new Set())).not.toHaveProperty("problems");
  });

  const commands = [...new Set(matches(/(?:npm run slipway --|`slipway) ([a-z]+)/g).map(({ found }) => found))];

  test("names commands of slipway", () => {
    expect(commands).toEqual(expect.arrayContaining(["doctor", "sandbox", "fleet"]));
  });

  test.each(commands)("names slipway %s, which has help", (command) => {
    const help = execFileSync(process.execPath, [join(root, "toolchain", "slipway.mjs"), command, "--help"], { encoding: "utf8", env: { PATH: process.env["PATH"] } });
    expect(help).toContain(`Usage: slipway ${command}`);
  });

  test.each(matches(/\]\((?!https?:)([^)#]+)[^)]*\)/g))("links to $found, which exists ($file)", ({ file, found }) => {
    expect(existsSync(resolve(root, dirname(file), found))).toBe(true);
  });
});
