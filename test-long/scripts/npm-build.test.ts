import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { kindOf, targetOf } from "../../components/workflows/scripts/lib/platforms.mjs";
import { scriptRoom } from "../../test/workflows/script-room.ts";
import type { Ran, ScriptRoom } from "../../test/workflows/script-room.ts";

/** Go answers by writing a file that starts like a program of GOOS and GOARCH, and notes how it was called. */
const GO = `{ echo "$GOOS/$GOARCH cgo=$CGO_ENABLED"; printf '%s\\n' "$@"; } >called
while [ "$1" != -o ]; do shift; done
printf '#!/bin/sh\\necho tool 1.2.3\\n' >"$2"`;

const build = { PROGRAM: "tool", PLATFORM: "linux-amd64", SOURCE: "./cmd/tool", VERSION: "v1.2.3", VERSION_VARIABLE: "main.version", CGO_ENABLED: "0" };

function room(): ScriptRoom {
  const made = scriptRoom();
  made.program("go", GO);
  return made;
}

describe("building", () => {
  it("compiles for the platform, without a trace of the machine, with the version without its v", async () => {
    const made = room();
    const { code, outputs } = await made.run("build-go.mjs", { ...build, PLATFORM: "macos-arm64" });
    expect({ code, outputs }).toEqual({ code: 0, outputs: { file: "build/tool-macos-arm64" } });
    expect(made.read("called").trimEnd().split("\n")).toEqual([
      "darwin/arm64 cgo=0",
      "build",
      "-trimpath",
      "-buildvcs=false",
      "-ldflags=-s -w -buildid= -X main.version=1.2.3",
      "-o",
      "build/tool-macos-arm64",
      "./cmd/tool",
    ]);
  });

  it("takes C code and build tags, and gives Windows its ending", async () => {
    const made = room();
    const { outputs } = await made.run("build-go.mjs", { ...build, PLATFORM: "windows-amd64", CGO_ENABLED: "1", TAGS: "fts5,json1" });
    expect(outputs).toEqual({ file: "build/tool-windows-amd64.exe" });
    expect(made.read("called")).toMatch(/^windows\/amd64 cgo=1\n[^]*\n-tags=fts5,json1\n/);
  });

  it.each([
    ["VERSION", "1.2.3 -extldflags=-Wl,pwn"],
    ["VERSION", "$(touch pwned)"],
    ["PLATFORM", "linux-amd64\nwindows-amd64"],
    ["PLATFORM", "constructor"],
    ["SOURCE", "-toolexec=sh"],
    ["SOURCE", "./../other"],
    ["TAGS", "a -toolexec=sh"],
    ["PROGRAM", "../tool"],
  ])("builds nothing with %s %p", async (name, value) => {
    const made = room();
    const { code, stderr } = await made.run("build-go.mjs", { ...build, [name]: value });
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^::error::${name}: is not `));
    expect(made.exists("called")).toBe(false);
  });
});

describe("verifying a program", () => {
  const bytes = (parts: Record<number, Buffer>): string => {
    const file = Buffer.alloc(256);
    for (const [at, part] of Object.entries(parts)) part.copy(file, Number(at));
    return file.toString("latin1");
  };
  const of = (...numbers: number[]): Buffer => Buffer.from(numbers);
  const elf = (machine: number): string => bytes({ 0: of(0x7f, 0x45, 0x4c, 0x46, 2), 18: of(machine, 0) });
  const machO = (...type: number[]): string => bytes({ 0: of(0xcf, 0xfa, 0xed, 0xfe, ...type) });
  const pe = (...machine: number[]): string => bytes({ 0: of(0x4d, 0x5a), 60: of(0x80), 128: of(0x50, 0x45, 0, 0, ...machine) });
  const programs: [string, string, string | undefined][] = [
    ["linux-amd64", elf(62), "linux/amd64"],
    ["linux-arm64", elf(183), "linux/arm64"],
    ["macos-amd64", machO(7, 0, 0, 1), "darwin/amd64"],
    ["macos-arm64", machO(12, 0, 0, 1), "darwin/arm64"],
    ["windows-amd64", pe(0x64, 0x86), "windows/amd64"],
    ["windows-arm64", pe(0x64, 0xaa), "windows/arm64"],
    ["another processor", elf(3), "linux/undefined"],
    ["a script", "#!/bin/sh\n".padEnd(256), undefined],
    ["a header alone", elf(62).slice(0, 40), undefined],
    ["a PE that ends before its header", bytes({ 0: of(0x4d, 0x5a), 60: of(0xff, 0xff) }), undefined],
  ];

  it.each(programs)("reads the first bytes of %s", (name, content, kind) => {
    const found = kindOf(Buffer.from(content, "latin1"));
    expect(found && `${found.os}/${found.arch}`).toBe(kind);
    const target = targetOf(name);
    if (target) expect(`${target.os}/${target.arch}`).toBe(kind);
  });

  /** A program of this machine that knows `--version`. */
  const native = Object.entries({ x64: "linux-amd64", arm64: "linux-arm64" }).find(([arch]) => arch === process.arch)?.[1] ?? "";
  const version = /version (\d+\.\d+\.\d+)/.exec(execFileSync("bash", ["--version"], { encoding: "utf8" }))?.[1] ?? "";

  function verify(env: Record<string, string>): Promise<Ran> {
    const made = scriptRoom();
    copyFileSync("/bin/bash", made.path("program"));
    return made.run("verify-binary.mjs", { FILE: "program", PLATFORM: native, VERSION: `v${version}`, ...env });
  }

  it("asks a program that runs here for its version", async () => {
    expect(await verify({})).toMatchObject({ code: 0, stdout: `program runs here and says that it is ${version}\n` });
  });

  it("refuses a program that says another version", async () => {
    const { code, stderr } = await verify({ VERSION: "v99.0.0" });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^::error::program: says its version is "GNU bash.*, not 99\.0\.0; name the variable that holds it in versionVariable\n$/);
  });

  it("refuses a program for another platform, and runs nothing", async () => {
    const { code, stderr } = await verify({ PLATFORM: "windows-amd64" });
    expect({ code, stderr }).toEqual({ code: 1, stderr: `::error::program: is for linux/${targetOf(native).arch}, not for windows/amd64; see the build's messages above\n` });
  });
});
