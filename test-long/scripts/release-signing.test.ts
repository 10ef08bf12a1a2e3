import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ADDRESS, key, ours, PROGRAM, room, sign, signed, verify } from "../../test/workflows/npm/signed-release.ts";

describe("signing a release", () => {
  it("lists every file in SHA256SUMS, with the key and the verify scripts, and leaves nothing else", async () => {
    const made = await signed();
    expect(readdirSync(made.path("dist")).sort()).toEqual(["SHA256SUMS", "SHA256SUMS.asc", "release-key.asc", PROGRAM, "tool-windows-amd64.exe", "verify.ps1", "verify.sh"]);
    const sums = made.read("dist/SHA256SUMS").trimEnd().split("\n");
    expect(sums.map((line) => line.slice(66))).toEqual(["release-key.asc", PROGRAM, "tool-windows-amd64.exe", "verify.ps1", "verify.sh"]);
    expect(sums[1]).toBe(`${createHash("sha256").update("the program\n").digest("hex")}  ${PROGRAM}`);
    expect(made.read("dist/release-key.asc")).toMatch(/^-----BEGIN PGP PUBLIC KEY BLOCK-----/);
  });

  it("writes the release's address and the key's fingerprint into both verify scripts", async () => {
    const made = await signed();
    expect(made.read("dist/verify.sh")).toContain(`\nRELEASE_URL="${ADDRESS}"\nFINGERPRINT="${ours.fingerprint}"\n`);
    expect(made.read("dist/verify.ps1")).toContain(`\n$ReleaseUrl = "${ADDRESS}"\n$Fingerprint = "${ours.fingerprint}"\n`);
  });

  it("does the same again where it ran before", async () => {
    const made = await signed();
    const sums = made.read("dist/SHA256SUMS");
    expect((await sign(made)).code).toBe(0);
    expect(made.read("dist/SHA256SUMS").split("\n")[1]).toBe(sums.split("\n")[1]);
    expect((await verify(made, PROGRAM)).code).toBe(0);
  });

  it("leaves no key behind and prints none", async () => {
    const made = room();
    const { stdout, stderr } = await sign(made);
    expect(stdout + stderr).not.toContain("PRIVATE KEY");
    expect(readdirSync(join(made.folder, "..", "runner")).filter((name) => name.startsWith("tmp."))).toEqual([]);
  });

  it("signs with a key that has a passphrase, and not with a wrong one", async () => {
    const passphrase = "correct horse $(touch pwned)";
    const locked = key(passphrase);
    const made = room();
    expect((await sign(made, { GPG_PRIVATE_KEY: locked.secret, GPG_PASSPHRASE: passphrase })).code).toBe(0);
    expect((await verify(made, PROGRAM)).stdout).toBe(`${PROGRAM}: OK\nSigned by ${locked.fingerprint}\n`);
    const refused = await sign(room(), { GPG_PRIVATE_KEY: locked.secret, GPG_PASSPHRASE: "wrong" });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("::error::the key does not sign");
  });

  it.each([
    ["no key", { GPG_PRIVATE_KEY: "" }, "::error::GPG_PRIVATE_KEY: is not an armored private key"],
    ["a broken key", { GPG_PRIVATE_KEY: "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nbm90aGluZw==\n-----END PGP PRIVATE KEY BLOCK-----" }, "::error::GPG_PRIVATE_KEY: gpg does not take it"],
    ["no tag", { TAG: "" }, "::error::TAG: is not the tag of a release"],
    ["a hostile tag", { TAG: 'v1"$(touch pwned)"' }, "::error::TAG: is not the tag of a release"],
  ])("signs nothing with %s", async (_, env, said) => {
    const made = room();
    const { code, stderr } = await sign(made, env);
    expect(code).toBe(1);
    expect(stderr).toContain(said);
    expect(made.exists("dist/SHA256SUMS.asc")).toBe(false);
    expect(made.exists("pwned")).toBe(false);
  });
});
