// Platforms as release files name them, and what Go, Node and the programs themselves call them.
const TARGETS = {
  "linux-amd64": { os: "linux", arch: "amd64", node: "linux-x64" },
  "linux-arm64": { os: "linux", arch: "arm64", node: "linux-arm64" },
  "macos-amd64": { os: "darwin", arch: "amd64", node: "darwin-x64" },
  "macos-arm64": { os: "darwin", arch: "arm64", node: "darwin-arm64" },
  "windows-amd64": { os: "windows", arch: "amd64", node: "win32-x64" },
  "windows-arm64": { os: "windows", arch: "arm64", node: "win32-arm64" },
};

export const PLATFORM = new RegExp(`^(${Object.keys(TARGETS).join("|")})$`);
export const PROGRAM = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/** `{ os, arch, node }`: GOOS, GOARCH, and Node's platform and architecture in one. */
export function targetOf(platform) {
  return TARGETS[platform];
}

/** The name of a program's file for a platform: `tool-linux-amd64`, `tool-windows-amd64.exe`. */
export function assetName(program, platform) {
  return `${program}-${platform}${TARGETS[platform].os === "windows" ? ".exe" : ""}`;
}

const ELF = { 62: "amd64", 183: "arm64" };
const MACH_O = { 0x01000007: "amd64", 0x0100000c: "arm64" };
const PE = { 0x8664: "amd64", 0xaa64: "arm64" };

/**
 * `{ os, arch }` of a program by its first bytes, or undefined where it is none of these kinds.
 * @param {Buffer} bytes
 * @returns {{ os: string, arch: string | undefined } | undefined}
 */
export function kindOf(bytes) {
  if (bytes.length < 64) return undefined;
  if (bytes.readUInt32BE(0) === 0x7f454c46 && bytes[4] === 2) return { os: "linux", arch: ELF[bytes.readUInt16LE(18)] };
  if (bytes.readUInt32LE(0) === 0xfeedfacf) return { os: "darwin", arch: MACH_O[bytes.readUInt32LE(4)] };
  const header = bytes.readUInt16BE(0) === 0x4d5a ? bytes.readUInt32LE(60) : bytes.length;
  const isPe = header + 6 <= bytes.length && bytes.readUInt32BE(header) === 0x50450000;
  return isPe ? { os: "windows", arch: PE[bytes.readUInt16LE(header + 4)] } : undefined;
}
