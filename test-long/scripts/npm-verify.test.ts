import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { scriptRoom } from "../../test/workflows/script-room.ts";
import type { ScriptRoom } from "../../test/workflows/script-room.ts";
import { ADDRESS, key, ours, PROGRAM, sign, signed, verify, VERIFY } from "../../test/workflows/npm/signed-release.ts";

describe("verify.sh", () => {
  it("says which files are good and who signed them", async () => {
    const { code, stdout } = await verify(await signed(), PROGRAM, "tool-windows-amd64.exe");
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${PROGRAM}: OK\ntool-windows-amd64.exe: OK\nSigned by ${ours.fingerprint}\n` });
  });

  it("fetches what is missing from the release that it belongs to", async () => {
    const [made, release] = [await signed(), scriptRoom()];
    const files = ["SHA256SUMS", "SHA256SUMS.asc", "release-key.asc"];
    for (const name of files) {
      copyFileSync(made.path(`dist/${name}`), release.path(name));
      rmSync(made.path(`dist/${name}`));
    }
    made.program("curl", `echo "\${@: -1}" >>"${made.path("asked")}"; while [ "$1" != --output ]; do shift; done; cp "${release.folder}/\${3##*/}" "$2"`);
    const { code, stdout } = await verify(made, PROGRAM);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${PROGRAM}: OK\nSigned by ${ours.fingerprint}\n` });
    expect(made.read("asked").trimEnd().split("\n")).toEqual(files.map((name) => `${ADDRESS}/${name}`));
  });

  const spoilt: [string, (made: ScriptRoom) => void, string][] = [
    ["a program that was changed", (made) => made.write(`dist/${PROGRAM}`, "the program!\n"), `verify.sh: ${PROGRAM}: is not the file of the release; do not use it\n`],
    ["a program and its checksum that were changed", (made) => made.write("dist/SHA256SUMS", made.read("dist/SHA256SUMS").replace(/^[0-9a-f]{64}/gm, "0".repeat(64))), "verify.sh: SHA256SUMS: its signature is not good; do not use these files\n"],
    ["a signature that is none", (made) => made.write("dist/SHA256SUMS.asc", "signed, honestly\n"), "verify.sh: SHA256SUMS: its signature is not good; do not use these files\n"],
    ["a program that is not there", (made) => rmSync(made.path(`dist/${PROGRAM}`)), `verify.sh: ${PROGRAM}: is missing\n`],
    ["a list of checksums that was emptied", (made) => made.write("dist/SHA256SUMS", ""), "verify.sh: SHA256SUMS: its signature is not good; do not use these files\n"],
    ["a key that is none", (made) => made.write("dist/release-key.asc", "key\n"), "verify.sh: release-key.asc: is not a key; fetch it again\n"],
  ];
  it.each(spoilt)("refuses %s", async (_, spoil, said) => {
    const made = await signed();
    spoil(made);
    const { code, stdout, stderr } = await verify(made, PROGRAM);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: "", stderr: said });
  });

  it("refuses a release without a signature that cannot be fetched", async () => {
    const made = await signed();
    rmSync(made.path("dist/SHA256SUMS.asc"));
    made.program("curl", "exit 22");
    expect((await verify(made, PROGRAM)).stderr).toBe(`verify.sh: SHA256SUMS.asc: is missing and cannot be fetched from ${ADDRESS}; put it beside verify.sh\n`);
  });

  it("refuses what somebody else signed, with their key beside it", async () => {
    const theirs = key();
    const made = await signed();
    const script = readFileSync(made.path("dist/verify.sh"), "utf8");
    made.write(`dist/${PROGRAM}`, "their program\n");
    expect((await sign(made, { GPG_PRIVATE_KEY: theirs.secret })).code).toBe(0);
    writeFileSync(made.path("dist/verify.sh"), script);
    const { code, stderr } = await verify(made, PROGRAM);
    expect({ code, stderr }).toEqual({ code: 1, stderr: `verify.sh: SHA256SUMS: is signed by ${theirs.fingerprint}, not by ${ours.fingerprint}; do not use these files\n` });
  });

  it("refuses a file under a name that SHA256SUMS does not have, whatever the name is", async () => {
    const made = await signed();
    const hostile = '$(touch pwned)"; .*';
    made.write(`dist/${hostile}`, "the program\n");
    expect((await verify(made, hostile)).stderr).toBe(`verify.sh: ${hostile}: is not in SHA256SUMS\n`);
    expect(made.exists("dist/pwned")).toBe(false);
  });

  it("asks for files", async () => {
    expect((await verify(await signed())).stderr).toBe("verify.sh: name the files to check\n");
  });
});

describe("verify.ps1", () => {
  const [bash = "", powershell = ""] = VERIFY.map((file) => readFileSync(file, "utf8"));
  const messages = (text: string, call: RegExp): string[] =>
    [...text.matchAll(call)].map(([, message = ""]) => message.replace(/\$\{?\w+\}?/g, "…").replace(/verify\.(sh|ps1)/, "verify")).filter((message) => !/gpg is missing|name the files/.test(message)).sort();

  it("refuses what verify.sh refuses, in the same words", () => {
    const said = messages(powershell, /Stop-Verification ["']([^"']+)["']/g).filter((message) => message !== "");
    expect(new Set(said)).toEqual(new Set(messages(bash, /fail "([^"]+)"/g)));
  });

  it("has one place each for the address and the fingerprint, which the signing step looks for", () => {
    for (const place of [/^\$ReleaseUrl = ""$/gm, /^\$Fingerprint = ""$/gm]) expect(powershell.match(place)).toHaveLength(1);
  });

  it("takes names of files as they are, without wildcards", () => {
    expect(powershell.match(/(Test-Path|Get-FileHash|Get-Content|Remove-Item)(?! .*-LiteralPath)/g)).toBeNull();
  });

  it("closes what it opens and calls what it defines", () => {
    const code = powershell.replace(/<#[^]*?#>/, "").replace(/#.*$/gm, "").replace(/'[^'\n]*'|"[^"\n]*"/g, '""');
    for (const [open, close] of ["{}", "()", "[]"].map((pair) => [...pair])) expect(code.split(open ?? "").length).toBe(code.split(close ?? "").length);
    for (const [, name = ""] of code.matchAll(/^function ([\w-]+)/gm)) expect(code.split(name).length).toBeGreaterThan(2);
  });
});
