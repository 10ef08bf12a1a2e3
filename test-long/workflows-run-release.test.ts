import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { key } from "../test/workflows/npm/signed-release.ts";
import { goTool } from "./act/go-tool.ts";
import { npmRegistry } from "./act/npm.ts";
import { stage } from "./act/stage.ts";
import type { Stage } from "./act/stage.ts";

const GO = execFileSync("which", ["go"], { encoding: "utf8" }).trim();
const GO_CACHE = join(homedir(), ".cache/slipway/go-build");
const MINUTES = 60_000;
const ADDRESS = "https://github.com/acme/shop/releases/download/v1.0.0";
const manifest = { name: "shop", version: "1.0.0", repository: "github:acme/shop" };
const ours = key();
const secrets = { GPG_PRIVATE_KEY: ours.secret };
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A repository with a Go tool at its first tag, and the draft that release-drafter keeps for the next version. */
async function tagged(registry = "https://registry.npmjs.org"): Promise<Stage> {
  const tool = { platforms: ["linux-amd64", "windows-amd64"] as ["linux-amd64", "windows-amd64"] };
  const made = await stage({
    workflows: {
      release: { ...tool, next: ["npm-publish.yml", "update-homebrew.yml"] },
      prepareNpmPackage: { ...tool, directory: "npm" },
      npmPublish: { package: "shop", registry, mcpServer: ["--mcp"] },
      updateHomebrew: { description: "A shop", licence: "MIT" },
    },
    files: { ...goTool, "npm/package.json": JSON.stringify(manifest), "npm/README.md": "# shop\n" },
    repository: { environments: { latest: { reviewed: true, waitMinutes: 0, approvals: "1 reviewer" } } },
  });
  made.github.release({ tag_name: "v0.9.1", draft: true, body: "## Features\n\n- Sell (#1)", author: { login: "github-actions[bot]" } });
  made.origin.tag("v1.0.0");
  // One cache for all builds of this machine: the workflows' own would compile Go's library anew for each platform and run.
  made.program("go", `GOCACHE="${GO_CACHE}" exec "${GO}" "$@"`);
  return made;
}

const at = { ref: "refs/tags/v1.0.0" };

describe("release", () => {
  it("builds a tag on each platform and publishes it signed, then its npm package and its formula", async () => {
    const registry = await npmRegistry();
    const { github, origin, run } = await tagged(registry.url);

    const released = await run("release.yml", { ...at, event: "push", secrets });
    expect([released.code === 0 ? "" : released.log, released.jobs]).toEqual(["", { "Build linux-amd64-1": "success", "Build windows-amd64": "success", Release: "success", "Start what follows": "success" }]);
    expect(released.log).not.toContain("PRIVATE KEY");
    const [release] = github.releases;
    expect(release).toMatchObject({ tag_name: "v1.0.0", name: "v1.0.0", draft: false, prerelease: false, body: "## Features\n\n- Sell (#1)" });
    expect(release?.assets.map(({ name }) => name).sort()).toEqual(["SHA256SUMS", "SHA256SUMS.asc", "release-key.asc", "shop-linux-amd64", "shop-windows-amd64.exe", "verify.ps1", "verify.sh"]);
    expect(github.dispatches).toEqual(["npm-publish.yml", "update-homebrew.yml"].map((workflow) => ({ workflow, ref: "v1.0.0", inputs: {} })));

    // What a user does with the downloaded files.
    const folder = mkdtempSync(join(tmpdir(), "downloads-"));
    folders.push(folder);
    for (const { name, bytes } of release?.assets ?? []) writeFileSync(join(folder, name), bytes, { mode: 0o755 });
    expect(execFileSync("./verify.sh", ["shop-linux-amd64", "shop-windows-amd64.exe"], { cwd: folder, encoding: "utf8" })).toBe(`shop-linux-amd64: OK\nshop-windows-amd64.exe: OK\nSigned by ${ours.fingerprint}\n`);
    expect(execFileSync("./shop-linux-amd64", ["--version"], { cwd: folder, encoding: "utf8" })).toBe("shop 1.0.0\n");

    const published = await run("npm-publish.yml", { ...at, secrets: { NPM_TOKEN: registry.token } });
    expect([published.code === 0 ? "" : published.log, await registry.tags("shop")]).toEqual(["", { latest: "1.0.0" }]);
    mkdirSync(join(folder, "home"));
    execFileSync("npm", ["install", "--prefix", join(folder, "home"), "--registry", registry.url, "--ignore-scripts", "shop"], { stdio: "ignore", env: { PATH: process.env["PATH"], HOME: folder } });
    expect(execFileSync(join(folder, "home/node_modules/.bin/shop"), ["--version"], { encoding: "utf8" })).toBe("shop 1.0.0\n");

    const updated = await run("update-homebrew.yml", at);
    expect([updated.code === 0 ? "" : updated.log, github.pulls.map(({ title, head }) => [title, head.ref])]).toEqual(["", [["shop 1.0.0", "homebrew/v1.0.0"]]]);
    const formula = origin.git("show", "homebrew/v1.0.0:Formula/shop.rb");
    expect(formula).toContain(`url "${ADDRESS}/shop-linux-amd64"\n      sha256 "${release?.assets.find(({ name }) => name === "shop-linux-amd64")?.digest.slice("sha256:".length)}"`);
  }, 10 * MINUTES);

  it("publishes nothing from main", async () => {
    const { github, run } = await tagged();
    const ran = await run("release.yml", { event: "push", secrets });
    expect([ran.code === 0 ? "" : ran.log, ran.jobs]).toEqual(["", { "Build linux-amd64-1": "success", "Build windows-amd64": "success" }]);
    expect([github.releases.map(({ draft }) => draft), github.dispatches]).toEqual([[true], []]);
  }, 5 * MINUTES);

  it("publishes no npm package of programs that are not those of the release", async () => {
    const registry = await npmRegistry();
    const { github, run } = await tagged(registry.url);
    const bytes = Buffer.from(`${"0".repeat(64)}  shop-linux-amd64\n`);
    github.release({ tag_name: "v1.0.0", assets: [{ id: 1, name: "SHA256SUMS", size: bytes.length, digest: "", bytes }] });
    const ran = await run("npm-publish.yml", { ...at, secrets: { NPM_TOKEN: registry.token } });
    expect([ran.code, ran.jobs["Publish"]]).toEqual([1, undefined]);
    expect(ran.log).toContain("built anew from v1.0.0, it is not what the release has");
    expect(await registry.tags("shop")).toEqual({});
  }, 5 * MINUTES);
});
