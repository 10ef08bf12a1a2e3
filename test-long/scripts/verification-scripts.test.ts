import { execFileSync } from "node:child_process";
import { scriptRoom, serve } from "../../test/workflows/script-room.ts";
import type { Recorded } from "../../test/workflows/script-room.ts";
import { packageIndex, withPython } from "../../test/workflows/verification/package-room.ts";

describe("verify-install.py", () => {
  const code = "import pathlib\npathlib.Path('imported').touch()\nprint('::error::forged')\ndef main(): print('::warning::forged too')";
  const room = scriptRoom();
  const env = { PROJECT: "my-shop", VERSION: "0.2.0", MODULE: "my_shop", COMMAND: '["my-shop"]' };

  beforeAll(async () => {
    const { simple } = await packageIndex("my-shop", [{ version: "0.2.0", code }]);
    const python = withPython(room);
    execFileSync(python, ["-m", "venv", "--without-pip", "--system-site-packages", room.path("venv")]);
    const pip = ["-m", "pip", "--python", room.path("venv/bin/python"), "install", "--quiet", "--ignore-installed", "--index-url", simple, "my-shop"];
    const { code: exit, stderr } = await room.run(python, {}, pip);
    expect([exit, stderr.includes("ERROR")]).toEqual([0, false]);
    room.program("python3", `export PATH='${room.path("venv/bin")}':"$PATH"; exec '${room.path("venv/bin/python")}' "$@"`);
  });

  it("imports the package and runs its command, and takes what they print for text", async () => {
    const { code: exit, stdout } = await room.run("verify-install.py", env);
    expect(exit).toBe(0);
    expect(room.exists("imported")).toBe(true);
    const [stop = "", ...lines] = stdout.trim().split("\n");
    expect(stop).toMatch(/^::stop-commands::[0-9a-f-]{36}$/);
    const resumed = lines.indexOf(`::${stop.slice("::stop-commands::".length)}::`);
    expect(lines.slice(0, resumed).sort()).toEqual(["::error::forged", "::error::forged", "::warning::forged too"]);
    expect(lines.slice(resumed + 1)).toEqual(["my-shop 0.2.0 imports as my_shop, and my-shop runs."]);
  });

  it("takes 0.2 and 0.2.0 for the same version, and refuses another", async () => {
    expect((await room.run("verify-install.py", { ...env, VERSION: "0.2" })).code).toBe(0);
    const { code: exit, stderr } = await room.run("verify-install.py", { ...env, VERSION: "0.2.1" });
    expect([exit, stderr]).toEqual([1, "my-shop: 0.2.0 is installed instead of 0.2.1\n"]);
  });

  it("fails where the import or the command does", async () => {
    expect((await room.run("verify-install.py", { ...env, MODULE: "absent" })).stderr).toContain("No module named 'absent'");
    expect((await room.run("verify-install.py", { ...env, COMMAND: '["my-shop-absent"]' })).code).toBe(1);
    expect((await room.run("verify-install.py", { ...env, COMMAND: '["false"]' })).stderr).toContain("returned non-zero exit status 1");
  });
});

describe("audit-package.mjs", () => {
  const env = { PROJECT: "my-shop", VERSION: "0.2.0", REPORT: "report.json" };
  const audit = (report: object, code: number) => {
    const room = scriptRoom();
    room.program("pip-audit", `cp "$2" asked; printf '%s' '${JSON.stringify(report)}' > "$6"; exit ${code}`);
    return room;
  };

  it("says that nothing is known of what the very version installs", async () => {
    const room = audit({ dependencies: [{ name: "httpx", version: "0.27.0", vulns: [] }, { name: "local", skip_reason: "not in the index" }] }, 0);
    const { code, outputs, summary } = await room.run("audit-package.mjs", env);
    expect([code, outputs["vulnerabilities"], summary]).toEqual([0, "0", "No known vulnerability in what my-shop 0.2.0 installs.\n"]);
    expect(room.read("asked")).toBe("my-shop==0.2.0\n");
  });

  it("lists what is known and fails", async () => {
    const room = audit({ dependencies: [{ name: "h11", version: "0.14.0", vulns: [{ id: "CVE-2025-43859", fix_versions: ["0.16.0"] }, { id: "<script>@all", fix_versions: [] }] }] }, 1);
    const { code, outputs, summary, stderr } = await room.run("audit-package.mjs", env);
    expect([code, outputs["vulnerabilities"]]).toEqual([1, "2"]);
    expect(summary).toContain("| h11 | 0.14.0 | CVE-2025-43859 | 0.16.0 |");
    expect(summary).not.toMatch(/<script>|@all/);
    expect(stderr).toBe("::error::2 known vulnerabilities in what my-shop 0.2.0 installs; release with the mended versions\n");
  });

  it("does not take a failure of pip-audit for a clean bill", async () => {
    const room = scriptRoom();
    room.program("pip-audit", "exit 1");
    const { code, stderr } = await room.run("audit-package.mjs", env);
    expect([code, stderr]).toEqual([1, "::error::pip-audit ended with 1 and left no report; see its messages above\n"]);
  });
});

describe("verification-report.mjs", () => {
  const needs = (results: Record<string, string>) => JSON.stringify(Object.fromEntries(Object.entries(results).map(([job, result]) => [job, { result, outputs: {} }])));
  const env = { PROJECT: "my-shop", VERSION: "0.2.0", ISSUE_LABEL: "release-verification", GITHUB_RUN_ID: "7" };
  const issue = { number: 4, body: "<!-- release-verification my-shop 0.2.0 -->\nold", html_url: "https://github.com/acme/shop/issues/4" };

  async function reported(results: Record<string, string>, open: object[] = [], changes: Record<string, string> = {}) {
    const github = await serve(({ method }: Recorded) => ({ body: method === "GET" ? open : { ...issue } }));
    const ran = await scriptRoom().run("verification-report.mjs", { ...env, NEEDS: needs(results), GITHUB_API_URL: github.url, ...changes });
    return { ...ran, sent: github.requests.filter(({ method }) => method !== "GET").map(({ method, path, body }) => ({ method, path, body })) };
  }

  it("opens an issue with what failed", async () => {
    const { code, sent, summary } = await reported({ available: "success", install: "failure", integration: "success" });
    expect(code).toBe(0);
    expect(sent).toMatchObject([{ method: "POST", path: "/repos/acme/shop/issues", body: { title: "my-shop 0.2.0 does not verify: install", labels: ["release-verification"] } }]);
    expect(summary).toContain("| install | failure |");
  });

  it("updates the issue that is open for the version", async () => {
    const { sent } = await reported({ available: "failure", install: "skipped" }, [issue]);
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual(["PATCH /repos/acme/shop/issues/4"]);
  });

  it("closes it once the version verifies, where a check was skipped too", async () => {
    const { sent } = await reported({ available: "success", install: "success", performance: "skipped" }, [issue]);
    expect(sent).toMatchObject([
      { method: "POST", path: "/repos/acme/shop/issues/4/comments", body: { body: "Verified by [this run](https://github.com/acme/shop/actions/runs/7)." } },
      { method: "PATCH", path: "/repos/acme/shop/issues/4", body: { state: "closed" } },
    ]);
  });

  it("leaves the issue as it is where the run was cancelled, and the issue of another version always", async () => {
    expect((await reported({ available: "success", install: "cancelled" }, [issue])).sent).toEqual([]);
    expect((await reported({ available: "success", install: "success" }, [issue], { VERSION: "0.2.1" })).sent).toEqual([]);
  });

  it("shows a hostile request as the text that it is", async () => {
    const { sent, summary } = await reported({ available: "failure" }, [], { VERSION: "", REQUESTED: "@everyone <script>\n# big" });
    const [{ body } = { body: {} }] = sent;
    expect(body).toMatchObject({ title: "my-shop @everyone <script> # big does not verify: available" });
    expect(JSON.stringify((body as { body: string }).body)).not.toMatch(/@everyone|<script>/);
    expect(summary).not.toMatch(/@everyone|<script>/);
  });
});
