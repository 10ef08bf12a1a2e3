import { afterAll, expect, test } from "@jest/globals";
import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { clearRooms, launch, node, put, room } from "./room.ts";

afterAll(clearRooms);

const root = join(import.meta.dirname, "../..");

type House = [from: string, to: string][];

/** What the import rules say about a house in which each first file imports the second. */
async function judge(house: House): Promise<string[]> {
  const folder = room();
  cpSync(join(root, ".dependency-cruiser.cjs"), join(folder, ".dependency-cruiser.cjs"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  put(join(folder, "package.json"), JSON.stringify({ type: "module", dependencies: { zod: "*" }, devDependencies: { "fast-check": "*" } }));
  for (const [, to] of house) if (to.includes(".ts")) put(join(folder, to), "export const a = 1;");
  for (const [from, to] of house) {
    const up = "../".repeat(from.split("/").length - 1) || "./";
    put(join(folder, from), `import { a } from "${to.includes("/") ? up : ""}${to}"; export const b = a;`);
  }
  const tops = new Set(house.flat().filter((path) => path.includes("/") || path.includes(".ts")).map((path) => path.split("/")[0] ?? path));
  const args = [join(root, "node_modules/.bin/depcruise"), "--config", ".dependency-cruiser.cjs", "--output-type", "json", ...tops];
  const { stdout } = await launch(node, args, process.env, folder).done;
  const violations: { rule: { name: string }; from: string; to: string }[] = JSON.parse(stdout).summary.violations;
  return violations.map((each) => `${each.rule.name}: ${each.from} → ${each.to}`).sort();
}

test("every import against the rules is caught", async () => {
  const wrong: [string, ...House[number]][] = [
    ["components-know-no-house", "components/github/a1.ts", "settings/b1.ts"],
    ["components-know-no-house", "components/delivery/a2.ts", "operations/b2.ts"],
    ["index-wires", "index.ts", "operations/b3.ts"],
    ["lab-stands-alone", "lab/ae.ts", "components/delivery/be.ts"],
    ["lab-stands-alone", "lab/af.ts", "sandbox/bf.ts"],
    ["no-pack-beside-a-command", "operations/policy/ag.ts", "policy/pack.ts"],
    ["no-unresolved", "settings/a4.ts", "settings/absent"],
    ["one-way-to-the-policies", "operations/preview/ah.ts", "policy/bh.ts"],
    ["only-delivery-composes", "components/github/a5.ts", "components/images/b5.ts"],
    ["operations-use-pure-files", "operations/a6.ts", "components/github/b6.ts"],
    ["operations-use-pure-files", "operations/a7.ts", "sandbox/b7.ts"],
    ["policy-judges-alone", "policy/a8.ts", "operations/b8.ts"],
    ["sandbox-stands-alone", "sandbox/a9.ts", "components/github/b9.ts"],
    ["sandbox-stands-alone", "sandbox/aa.ts", "toolchain/ba.ts"],
    ["settings-read-only", "settings/ab.ts", "operations/bb.ts"],
    ["toolchain-calls-operations-from-the-cli", "toolchain/ac.ts", "operations/bc.ts"],
    ["toolchain-knows-no-program", "toolchain/ad.ts", "settings/bd.ts"],
  ];
  const said = await judge(wrong.map(([, from, to]) => [from, to]));
  expect(said).toEqual(wrong.map(([rule, from, to]) => `${rule}: ${from} → ${to === "settings/absent" ? "../settings/absent" : to}`).sort());
});

test("imports along the one allowed way pass", async () => {
  const allowed: House = [
    ["index.ts", "settings/a.ts"],
    ["settings/a.ts", "components/delivery/a.ts"],
    ["components/delivery/a.ts", "components/github/a.ts"],
    ["components/github/a.ts", "components/shared.ts"],
    ["operations/a.ts", "settings/a.ts"],
    ["operations/policy/a.ts", "policy/judge.ts"],
    ["operations/b.ts", "zod"],
    ["toolchain/cli.ts", "operations/a.ts"],
    ["toolchain/commands/lab.ts", "lab/a.ts"],
    ["lab/a.ts", "toolchain/progress.ts"],
    ["toolchain/sandbox.ts", "sandbox/a.ts"],
  ];
  expect(await judge(allowed)).toEqual([]);
});

test("a cycle is caught, and so is a package that is only there for development", async () => {
  const wrong: House = [
    ["settings/a.ts", "settings/b.ts"],
    ["settings/b.ts", "settings/a.ts"],
    ["settings/c.ts", "fast-check"],
  ];
  expect(await judge(wrong)).toEqual([
    "no-cycles: settings/a.ts → settings/b.ts",
    expect.stringMatching(/^no-development-packages: settings\/c\.ts → .*node_modules\/fast-check\//),
  ]);
});

test("a way from the program to the parsers of queries is caught, however long", async () => {
  const wrong: House = [
    ["index.ts", "components/delivery/a.ts"],
    ["components/delivery/a.ts", "components/observability/b.ts"],
    ["components/observability/b.ts", "components/observability/promql/parse.ts"],
  ];
  expect(await judge(wrong)).toEqual(["no-parsers-in-a-preview: index.ts → components/observability/promql/parse.ts"]);
});
