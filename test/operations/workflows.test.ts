import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Clone } from "../toolchain/clone.ts";
import { clearRooms, room } from "../toolchain/room.ts";

afterAll(clearRooms);

const stack = `config:
  github:owner: acme
  slipway:npmToken: {secure: "v1:abc:def"}
  slipway:repositories:
    shop:
      secrets: {NPM_TOKEN: {secret: npmToken}}
      files:
        deliver: {kind: commit}
        content: {docs/note.md: "# A note\\n"}
      workflows:
        stale: {}
      community:
        codeowners: [{path: "*", teams: [maintainers]}]
    bare: {}
    legacy: {existing: true}
`;

let clone: Clone;
beforeAll(() => {
  clone = new Clone("", { sandbox: stack, broken: stack.replace("stale: {}", "stael: {}"), fewer: stack.replace('content: {docs/note.md: "# A note\\n"}', "content: {}"), unread: "config: [", empty: "config:\n  github:owner: acme\n" }, ["toolchain", "operations", "settings", "components"]);
});

const files = [".github/CODEOWNERS", ".github/workflows/README.md", ".github/workflows/stale.yml", "README.md", "docs/note.md"];

/** The files of a folder, without the list that the command keeps for itself. */
function listed(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  return entries.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).filter((path) => path !== ".slipway-files.json").sort();
}

describe("slipway workflows", () => {
  test("writes a repository's files and a page that draws and explains them", async () => {
    const out = join(room(), "new");
    const run = await clone.run("workflows", "shop", "--out", out);
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(listed(out)).toEqual(files);
    const page = readFileSync(join(out, "README.md"), "utf8");
    expect(page).toContain('## What runs when\n\n```mermaid\nflowchart LR\n  start0(["daily at 00:00 UTC"])');
    expect(page).toContain('### Stale\n\n```mermaid\nflowchart LR\n  start(["daily at 00:00 UTC<br/>by hand"])\n  start --> job0\n  job0["Stale"]\n```');
    expect(page).toContain("| [.github/workflows/stale.yml](<.github/workflows/stale.yml>) | Marks issues and pull requests that nobody has touched for a while, and closes them later. |");
    expect(page).toContain("| [docs/note.md](<docs/note.md>) | A note |");
    expect(run.stdout).toContain(`5 files in ${out}; README.md says what each is\n`);
  });

  test("lists paths and sizes as JSON", async () => {
    const out = room();
    const run = await clone.run("workflows", "shop", "--out", out, "--json");
    expect(JSON.parse(run.stdout)).toEqual(files.map((path) => ({ path, bytes: readFileSync(join(out, path)).byteLength })));
  });

  test("writes the same bytes twice, and takes away what it no longer makes", async () => {
    const out = room();
    await clone.run("workflows", "shop", "--out", out);
    const first = listed(out).map((path) => readFileSync(join(out, path), "utf8"));
    expect((await clone.run("workflows", "shop", "--out", out)).code).toBe(0);
    expect(listed(out).map((path) => readFileSync(join(out, path), "utf8"))).toEqual(first);
    expect((await clone.run("workflows", "shop", "--out", out, "--stack", "fewer")).code).toBe(0);
    expect(listed(out)).toEqual(files.slice(0, -1));
  });

  test.each<[string, (out: string) => void, string]>([
    ["a file of somebody else", (out) => writeFileSync(join(out, "mine.txt"), "precious"), "mine.txt"],
    ["two of them", (out) => ["a.txt", "b.txt"].forEach((name) => writeFileSync(join(out, name), "precious")), "a.txt and 1 more"],
    ["a file of its own that was changed since", (out) => writeFileSync(join(out, "README.md"), "precious"), "README.md"],
    ["a link in place of a file", (out) => (mkdirSync(join(out, "d")), symlinkSync("/etc/hostname", join(out, "d/link"))), "d/link"],
    ["a list that claims a file of somebody else", (out) => (writeFileSync(join(out, "mine.txt"), "precious"), writeFileSync(join(out, ".slipway-files.json"), '{"mine.txt":"all"}')), "mine.txt"],
  ])("touches nothing where it finds %s", async (_, disturb, named) => {
    const out = room();
    if (named === "README.md") await clone.run("workflows", "shop", "--out", out);
    disturb(out);
    const before = listed(out);
    const run = await clone.run("workflows", "shop", "--out", out);
    expect(run).toMatchObject({ code: 1, stdout: "", stderr: `--out: ${out} holds ${named}, which this command did not write; choose an empty folder\n` });
    expect(listed(out)).toEqual(before);
  });

  test("goes on after a run that was cut off", async () => {
    const out = room();
    await clone.run("workflows", "shop", "--out", out);
    const list = join(out, ".slipway-files.json");
    const known: Record<string, string[]> = JSON.parse(readFileSync(list, "utf8"));
    writeFileSync(list, JSON.stringify({ ...known, "never-written.md": ["0".repeat(64)] }));
    expect((await clone.run("workflows", "shop", "--out", out)).code).toBe(0);
    expect(readFileSync(list, "utf8")).not.toContain("never-written");
  });

  test("takes a file for no folder", async () => {
    const out = join(room(), "file");
    writeFileSync(out, "precious");
    expect(await clone.run("workflows", "shop", "--out", out)).toMatchObject({ code: 1, stderr: `--out: ${out} is not a folder; name one that is new or empty\n` });
    expect(readFileSync(out, "utf8")).toBe("precious");
  });

  test.each<[string, string[], string]>([
    ["a repository that is nearly one", ["shopp"], "repository shopp: is not declared by stack sandbox; write shop\n"],
    ["a repository that is none", ["warehouse"], "repository warehouse: is not declared by stack sandbox; write one of shop, bare, legacy\n"],
    ["a name of every object", ["constructor"], "repository constructor: is not declared by stack sandbox; write one of shop, bare, legacy\n"],
    ["a repository without files", ["bare"], "repository bare: gets no file from stack sandbox; declare workflows, community or files for it\n"],
    ["a repository of another stack", ["legacy"], "repository legacy: gets no file from stack sandbox; declare workflows, community or files for it\n"],
    ["a stack that is nearly one", ["shop", "--stack", "sandbx"], "--stack: there is no file of stack sandbx; write sandbox\n"],
    ["a stack that is a path", ["shop", "--stack", "../../etc/passwd"], "--stack: there is no file of stack ../../etc/passwd; write one of broken, empty, fewer, sandbox, unread\n"],
    ["a stack without repositories", ["shop", "--stack", "empty"], "repository shop: is not declared by stack empty; name a stack with repositories by --stack\n"],
    ["a file that is no YAML", ["shop", "--stack", "unread"], "Pulumi.unread.yaml: is not YAML with a config section; correct it\n"],
    ["settings with a problem", ["shop", "--stack", "broken"], "repositories.shop.workflows.stael: is not a setting; write stale instead\n"],
  ])("says in one line what is wrong with %s, and makes no folder", async (_, args, line) => {
    const out = join(room(), "none");
    expect(await clone.run("workflows", ...args, "--out", out)).toMatchObject({ code: 1, stdout: "", stderr: line });
    expect(existsSync(out)).toBe(false);
  });
});
