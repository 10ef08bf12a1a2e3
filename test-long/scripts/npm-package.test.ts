import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { bundled, installScripts, placesOf } from "../../components/workflows/scripts/lib/npm-layout.mjs";
import { scriptRoom } from "../../test/workflows/script-room.ts";
import type { Ran, ScriptRoom } from "../../test/workflows/script-room.ts";

const WRAPPER = new URL("../../components/workflows/scripts/npm-wrapper.mjs", import.meta.url).pathname;
const native = process.arch === "arm64" ? "linux-arm64" : "linux-amd64";
const manifest = { name: "@acme/tool", version: "0.0.0", description: "A tool", files: ["README.md", "bin/tool.js"], bin: { tool: "bin/tool.js" } };
const program = `#!/bin/sh
case $1 in
--version) echo "tool 1.2.3" ;;
--wait) trap 'echo ended; exit 7' TERM; echo ready; while :; do sleep 0.05; done ;;
--die) kill -KILL $$ ;;
*) printf '<%s>' "$@"; cat; exit 3 ;;
esac
`;

function room(changes: object = {}): ScriptRoom {
  const made = scriptRoom();
  made.write("npm/package.json", JSON.stringify({ ...manifest, ...changes }));
  made.write("npm/README.md", "# tool\n");
  made.write(`binaries/tool-${native}`, program);
  made.write("binaries/tool-windows-amd64.exe", "MZ");
  return made;
}

function prepare(made: ScriptRoom, env: Record<string, string> = {}): Promise<Ran> {
  const places = { DIRECTORY: "npm", BINARIES: "binaries", OUT: "npm-package", WRAPPER };
  return made.run("prepare-npm-package.mjs", { ...places, PROGRAM: "tool", VERSION: "v1.2.3", PLATFORMS: `${native},windows-amd64`, ...env });
}

describe("an npm package with its programs", () => {
  it("is packed with a program for each platform, a wrapper, and its checksum", async () => {
    const made = room();
    const { code, outputs } = await prepare(made);
    expect({ code, outputs }).toEqual({ code: 0, outputs: { tarball: "npm-package/acme-tool-1.2.3.tgz", version: "1.2.3" } });
    const files = execFileSync("tar", ["-tvzf", made.path("npm-package/acme-tool-1.2.3.tgz")], { encoding: "utf8" }).trimEnd().split("\n").map((line) => line.split(/\s+/)).map(([mode, , , , , path]) => `${mode} ${path}`);
    expect(files.sort()).toEqual([
      "-rw-r--r-- package/README.md",
      "-rw-r--r-- package/package.json",
      `-rwxr-xr-x package/bin/${native.replace("amd64", "x64")}/tool`,
      "-rwxr-xr-x package/bin/tool.mjs",
      "-rwxr-xr-x package/bin/win32-x64/tool.exe",
    ].sort());
    const sum = createHash("sha256").update(readFileSync(made.path("npm-package/acme-tool-1.2.3.tgz"))).digest("hex");
    expect(made.read("npm-package/SHA256SUMS")).toBe(`${sum}  acme-tool-1.2.3.tgz\n`);
  });

  it("is installed without a network and without a script, and runs", async () => {
    const made = room();
    const { outputs } = await prepare(made);
    const offline = { NPM_CONFIG_OFFLINE: "true", NPM_CONFIG_REGISTRY: "http://127.0.0.1:9" };
    expect(await made.run("try-npm-package.mjs", { ...offline, TARBALL: outputs["tarball"] ?? "", PROGRAM: "tool", VERSION: "1.2.3" })).toMatchObject({ code: 0 });
    expect(await made.run("try-npm-package.mjs", { ...offline, TARBALL: outputs["tarball"] ?? "", PROGRAM: "tool", VERSION: "1.2.4" })).toMatchObject({ code: 1 });
  });

  it.each(["preinstall", "install", "postinstall"])("has no %s script, which could download", async (name) => {
    const made = room({ scripts: { test: "true", [name]: "node download.js" } });
    const { code, stderr } = await prepare(made);
    expect({ code, stderr }).toEqual({ code: 1, stderr: `::error::npm/package.json: runs ${name} on the machines of others; remove it, the package has its programs in it\n` });
    expect(made.exists("npm-package")).toBe(false);
  });

  it("is not packed without the program of one platform", async () => {
    expect((await prepare(room(), { PLATFORMS: "macos-arm64" })).stderr).toBe("::error::tool-macos-arm64: was not built; see the build of its platform\n");
  });

  it("is not packed where its folder loses its programs on the way", async () => {
    const made = room();
    const npm = execFileSync("which", ["npm"], { encoding: "utf8" }).trim();
    made.program("npm", `rm "$2"/bin/win32-x64/tool.exe; exec ${npm} "$@"`);
    const { code, stderr } = await prepare(made);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "::error::bin/win32-x64/tool.exe: is not in the package as a program; look at files and .npmignore\n" });
  });

  it("has all its programs whatever .npmignore and its own list of files leave out", async () => {
    const made = room({ files: ["README.md", "!**/*.exe"] });
    made.write("npm/.npmignore", "*.exe\nbin\n");
    expect((await prepare(made)).code).toBe(0);
    expect(execFileSync("tar", ["-tzf", made.path("npm-package/acme-tool-1.2.3.tgz")], { encoding: "utf8" })).toContain("package/bin/win32-x64/tool.exe\n");
  });

  it("keeps what its manifest says of itself, and says where it can be installed", () => {
    expect(bundled(manifest, { program: "tool", version: "1.2.3", platforms: ["linux-amd64", "linux-arm64", "macos-arm64"] })).toEqual({
      name: "@acme/tool",
      version: "1.2.3",
      description: "A tool",
      files: ["README.md", "bin"],
      bin: { tool: "bin/tool.mjs" },
      os: ["linux", "darwin"],
      cpu: ["x64", "arm64"],
    });
    expect(installScripts({})).toEqual([]);
    expect(placesOf("tool", ["windows-arm64"])).toEqual([{ asset: "tool-windows-arm64.exe", path: "bin/win32-arm64/tool.exe" }]);
  });
});

describe("the wrapper", () => {
  const folder = (made: ScriptRoom): string => {
    const file = made.write("bin/tool.mjs", readFileSync(WRAPPER, "utf8"));
    made.write(`bin/${process.platform}-${process.arch}/tool`, program);
    execFileSync("chmod", ["+x", made.path(`bin/${process.platform}-${process.arch}/tool`)]);
    return file;
  };

  it("hands arguments, input, output and exit code through as they are", async () => {
    const made = scriptRoom();
    const { code, stdout } = await made.run(folder(made), {}, ["a b", "$(touch pwned)", "--flag='x'"], { stdin: "input\n" });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "<a b><$(touch pwned)><--flag='x'>input\n" });
    expect(made.exists("pwned")).toBe(false);
  });

  it("passes signals on and waits for the program's own end", async () => {
    const made = scriptRoom();
    const child = spawn(process.execPath, [folder(made), "--wait"], { stdio: ["ignore", "pipe", "inherit"] });
    const end = once(child, "close");
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (text === "ready\n") child.kill("SIGTERM");
    });
    expect((await end)[0]).toBe(7);
    expect(said).toBe("ready\nended\n");
  });

  it("reports a program that a signal ended as a shell does", async () => {
    const made = scriptRoom();
    expect((await made.run(folder(made), {}, ["--die"])).code).toBe(137);
  });

  it("says so where the package has no program for the platform", async () => {
    const made = scriptRoom();
    mkdirSync(made.path("bin"));
    const { code, stderr } = await made.run(made.write("bin/tool.mjs", readFileSync(WRAPPER, "utf8")));
    expect({ code, stderr }).toEqual({ code: 1, stderr: `tool: this package has no program for ${process.platform}-${process.arch}; build it from its source\n` });
  });
});
