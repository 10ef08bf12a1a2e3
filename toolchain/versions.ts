/** A Pulumi CLI on this machine. */
export interface Pulumi {
  /** The folder to put first on PATH: it holds the CLI, and its language host unless that is elsewhere on PATH. */
  bin: string;
  /** Without a leading v. */
  version: string;
  source: "path" | "official installer" | "go modules";
}

/** The Pulumi CLI that the official installer brings: the version of the npm package `pulumi` in package.json. */
export const officialVersion = "3.265.0";

/** The Pulumi CLI that is built from Go modules; pinned by pulumi-cli/go.mod. Newer ones are not on every module proxy. */
export const goVersion = "3.255.0";

const oldest = [3, 255] as const;

/** True for a released CLI that this project works with: at least 3.255 and below 4. `version` is as `pulumi version` prints it. */
export function compatible(version: string): boolean {
  const parts = /^v?(\d+)\.(\d+)\.\d+(?:[-+].*)?$/.exec(version.trim());
  if (!parts) return false;
  const [major, minor] = [Number(parts[1]), Number(parts[2])];
  return major === oldest[0] && minor >= oldest[1];
}

/** The programs that judge and run the workflow files; `toolchain/judges.ts` gets them. */
export const judgeVersions = {
  actionlint: "1.7.12",
  shellcheck: "0.11.0.1",
  zizmor: "1.32.0",
  act: "0.2.89",
  verdaccio: "6.10.4",
  pypiserver: "2.4.2",
  "github-api": "23.0.2",
} as const;
