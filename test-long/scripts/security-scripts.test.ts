import { scriptRoom } from "../../test/workflows/script-room.ts";

const SQL = { id: "PYSEC-2026-1", fix_versions: ["2.0.1"], description: "A query with `$(touch pwned)` in it" };

async function audit(dependencies: object[], files: Record<string, string> = {}) {
  const room = scriptRoom();
  for (const [name, text] of Object.entries({ "pip-audit.json": JSON.stringify({ dependencies, fixes: [] }), ...files })) room.write(name, text);
  const ran = await room.run("pip-audit-sarif.mjs", {}, ["pip-audit.json", "pip-audit.sarif"]);
  return { ...ran, room, sarif: JSON.parse(room.read("pip-audit.sarif")) };
}

describe("pip-audit-sarif", () => {
  it("shows each vulnerability at the line that asks for the package, and fails", async () => {
    const files = { "pyproject.toml": '[project]\ndependencies = [\n  "Foo_Bar>=1",\n  "other",\n]\n' };
    const { code, stderr, summary, sarif } = await audit([{ name: "foo-bar", version: "1.0", vulns: [SQL] }, { name: "deep", version: "3", vulns: [{ ...SQL, id: "GHSA-x", fix_versions: [] }] }, { name: "other", version: "1", vulns: [] }], files);
    expect([code, stderr]).toEqual([1, "::error::2 known vulnerabilities in the dependencies: foo-bar (PYSEC-2026-1), deep (GHSA-x)\n"]);
    expect(sarif.runs[0].results.map((result: { message: { text: string }; locations: { physicalLocation: object }[] }) => [result.message.text, result.locations[0]?.physicalLocation])).toEqual([
      ["foo-bar 1.0: PYSEC-2026-1, mended in 2.0.1", { artifactLocation: { uri: "pyproject.toml" }, region: { startLine: 3 } }],
      ["deep 3: GHSA-x, mended in no version yet", { artifactLocation: { uri: "pyproject.toml" }, region: { startLine: 1 } }],
    ]);
    expect(sarif.runs[0].tool.driver.rules.map(({ id, properties }: { id: string; properties: object }) => [id, properties])).toEqual([
      ["PYSEC-2026-1", { "security-severity": "7.0", tags: ["security"] }],
      ["GHSA-x", { "security-severity": "7.0", tags: ["security"] }],
    ]);
    expect(summary).toContain("| foo-bar | 1.0 | PYSEC-2026-1 | 2.0.1 |");
  });

  it("passes with an empty report where nothing is known, and with what pip-audit skipped", async () => {
    const { code, sarif, stdout } = await audit([{ name: "fine", version: "1", vulns: [] }, { name: "local", skip_reason: "not on PyPI" }]);
    expect([code, sarif.runs[0].results, stdout]).toEqual([0, [], "::warning::without advisories: local\n"]);
  });

  it("shows names as they are", async () => {
    const { summary, room } = await audit([{ name: "<script>@ada", version: "1", vulns: [{ ...SQL, id: "a|b\n# c" }] }]);
    expect(summary).not.toMatch(/<script>|\n# c|@ada/);
    expect(room.exists("pwned")).toBe(false);
  });

  it("fails where nothing could be asked for", async () => {
    const room = scriptRoom();
    room.write("a.json", JSON.stringify({ dependencies: [{ name: "x", skip_reason: "no answer" }] }));
    expect(await room.run("pip-audit-sarif.mjs", {}, ["a.json", "a.sarif"])).toMatchObject({ code: 1, stderr: "::error::pip-audit could read the advisories of none of 1 dependencies; look at its step and run it again\n" });
  });

  it("says so where pip-audit gave no answer", async () => {
    const { code, stderr } = await scriptRoom().run("pip-audit-sarif.mjs", {}, ["pip-audit.json", "x.sarif"]);
    expect([code, stderr]).toEqual([1, "::error::pip-audit.json: is missing; pip-audit ended before it had an answer, its step says why\n"]);
  });
});

async function licences(found: Record<string, string>, denied = "AGPL,GPL,SSPL") {
  const room = scriptRoom();
  room.write("licences.json", JSON.stringify(Object.entries(found).map(([Name, License]) => ({ Name, Version: "1", License }))));
  return await room.run("check-licences.mjs", { DENIED: denied }, ["licences.json"]);
}

describe("check-licences", () => {
  it.each(["MIT", "Apache-2.0", "LGPL-2.1-or-later", "GNU Lesser General Public License v3 (LGPLv3)", "MIT OR GPL-3.0-only", "BSD License", "Mozilla Public License 2.0 (MPL 2.0)"])("takes %s", async (licence) => {
    expect(await licences({ it: licence })).toMatchObject({ code: 0, stderr: "" });
  });

  it.each(["GPL-3.0-only", "GNU General Public License v3 (GPLv3)", "AGPL-3.0-or-later", "GNU Affero General Public License v3", "GPL-2.0 OR AGPL-3.0", "SSPL-1.0", "MIT AND GPL-2.0-only"])("refuses %s", async (licence) => {
    const { code, stderr } = await licences({ it: licence, fine: "MIT" });
    expect([code, stderr]).toEqual([1, `::error::it (${licence}): the licence is not allowed; replace the dependency, or allow the licence in the stack\n`]);
  });

  it("counts in the summary and shows hostile names as they are", async () => {
    const { summary, stderr } = await licences({ "<b>@x": "GPL-3.0\n::error::forged", fine: "MIT" });
    expect(summary).toContain("2 dependencies, 1 with a licence that is not allowed");
    expect(summary).not.toContain("<b>");
    expect(stderr.split("\n")).toHaveLength(2);
  });
});
