/** What made an image worth a tag. */
export type ImageEvent =
  | { kind: "release"; /** `1.2.3`, with or without `v`; `-beta.1` behind it makes a prerelease. */ version: string; sha: string; /** The newest release of all. */ newest: boolean }
  | { kind: "branch"; branch: string; sha: string }
  | { kind: "pull-request"; number: number; sha: string };

const VERSION = /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$/;

/**
 * The tags of an image: `latest`, `v1.2.3`, `v1.2`, `v1`, `develop` (any branch by its name), `pr-12`, `sha-1a2b3c4`.
 * `latest` is the newest release, never a branch; a prerelease moves no tag that others follow, and `v0` would promise what
 * version 0 does not.
 * @throws RangeError where the version, the branch, the number or the commit has no form that can be a tag
 */
export function imageTags(event: ImageEvent): string[] {
  return [...named(event), `sha-${short(event.sha)}`];
}

function named(event: ImageEvent): string[] {
  switch (event.kind) {
    case "release":
      return released(event.version, event.newest);
    case "branch":
      return [branchTag(event.branch)];
    case "pull-request":
      return [`pr-${pullRequest(event.number)}`];
    default:
      return event satisfies never;
  }
}

function released(version: string, newest: boolean): string[] {
  const [, major, minor, patch, prerelease] = VERSION.exec(version) ?? [];
  if (major === undefined) throw problem("version", "is not a semantic version", version, "write one such as 1.2.3");
  if (prerelease !== undefined) return [`v${major}.${minor}.${patch}${prerelease}`];
  const family = major === "0" ? [] : [`v${major}`];
  return [`v${major}.${minor}.${patch}`, `v${major}.${minor}`, ...family, ...(newest ? ["latest"] : [])];
}

function branchTag(branch: string): string {
  const tag = branch.replace(/[^A-Za-z0-9_.-]+/g, "-").replace(/^[.-]+/, "").slice(0, 128);
  if (tag === "") throw problem("branch", "has no letter or digit", branch, "use a branch whose name can be a tag");
  return tag;
}

function pullRequest(number: number): number {
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw problem("number", "is not the number of a pull request", number, "write a whole number from 1");
}

function short(sha: string): string {
  if (/^[0-9a-f]{40}$/.test(sha)) return sha.slice(0, 7);
  throw problem("sha", "is not a commit", sha, "write all 40 lower-case hexadecimal digits");
}

function problem(field: string, wrong: string, got: unknown, todo: string): RangeError {
  return new RangeError(`image event.${field}: ${wrong}, got ${JSON.stringify(got)}; ${todo}`);
}
