import { afterAll, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { outdated } from "../../toolchain/packages.mjs";
import { clearRooms, put, room } from "./room.ts";

afterAll(clearRooms);

type Packages = Record<string, { version: string; optional?: boolean }>;

const wanted: Packages = {
  "": { version: "0.1.0" },
  "node_modules/node": { version: "24.0.0" },
  "node_modules/a": { version: "1.0.0" },
  "node_modules/other-system": { version: "1.0.0", optional: true },
};
const { "": _, "node_modules/other-system": __, ...installed } = wanted;

test.each<[string, Packages | "broken" | undefined, boolean, string | undefined]>([
  ["as the lock file says, less what is for other systems", installed, true, undefined],
  ["none at all", undefined, false, "node_modules is missing"],
  ["an installation that was interrupted", undefined, true, "node_modules is incomplete"],
  ["a broken list", "broken", true, "node_modules is incomplete"],
  ["an older version", { ...installed, "node_modules/a": { version: "0.9.0" } }, true, "node_modules is older than package-lock.json (a)"],
  ["a package too few", { "node_modules/node": { version: "24.0.0" } }, true, "node_modules is older than package-lock.json (a)"],
  ["a package too many", { ...installed, "node_modules/b": { version: "1.0.0" } }, true, "node_modules is older than package-lock.json (b)"],
  ["an older optional one", { ...installed, "node_modules/other-system": { version: "0.9.0" } }, true, "node_modules is older than package-lock.json (other-system)"],
  ["no Node 24", installed, false, "node_modules lacks Node 24"],
])("packages: %s", (_title, packages, node, expected) => {
  const root = room();
  put(join(root, "package-lock.json"), JSON.stringify({ packages: wanted }));
  if (packages !== undefined) put(join(root, "node_modules", ".package-lock.json"), packages === "broken" ? "{" : JSON.stringify({ packages }));
  if (node) put(join(root, "node_modules", ".bin", "node"), "");
  expect(outdated(root)).toBe(expected);
});

test("package-lock.json has every optional package of its packages, or npm ci refuses it as out of date", () => {
  const { packages } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package-lock.json"), "utf8")) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const wantedOnes = Object.entries(packages).flatMap(([at, each]) => Object.keys(each.optionalDependencies ?? {}).map((name) => ({ at, name })));
  const missing = wantedOnes.filter(({ at, name }) => !(`${at}/node_modules/${name}` in packages) && !(`node_modules/${name}` in packages));
  expect(missing).toEqual([]);
});
