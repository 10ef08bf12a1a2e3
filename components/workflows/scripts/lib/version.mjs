// Semantic versions and conventional commits.
const VERSION = /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;
const HEADER = /^(?<type>[a-z]+)(?:\((?<scope>[^()\r\n]*)\))?(?<breaking>!)?: (?<subject>.+)$/i;

/** `{ major, minor, patch, prerelease }`, or undefined where it is none. */
export function parseVersion(text) {
  const match = VERSION.exec(text);
  if (!match) return undefined;
  const [, major, minor, patch, prerelease] = match;
  return { major: Number(major), minor: Number(minor), patch: Number(patch), prerelease };
}

/** Negative where `a` is older, as semver orders them. */
export function compareVersions(a, b) {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  const numbers = left.major - right.major || left.minor - right.minor || left.patch - right.patch;
  return numbers || comparePrereleases(left.prerelease, right.prerelease);
}

function comparePrereleases(a, b) {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  const [left, right] = [a.split("."), b.split(".")];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    if (left[at] === undefined) return -1;
    if (right[at] === undefined) return 1;
    const order = compareParts(left[at], right[at]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareParts(a, b) {
  const [left, right] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (left && right) return Number(a) - Number(b);
  if (left !== right) return left ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The version after `bump`: major, minor or patch. */
export function bumped(version, bump) {
  const { major, minor, patch } = parseVersion(version);
  if (bump === "major") return `${major + 1}.0.0`;
  if (bump === "minor") return `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${patch + 1}`;
}

/** A commit's message in its parts; `type` is undefined where it follows no convention. */
export function conventional(message) {
  const [header = ""] = message.split("\n");
  const { type, scope, breaking, subject } = HEADER.exec(header)?.groups ?? {};
  return { type: type?.toLowerCase(), scope, subject: subject ?? header, breaking: breaking === "!" || /^BREAKING[ -]CHANGE: /m.test(message) };
}

/** What a list of commit messages asks for: major, minor, patch, or none. */
export function bumpOf(messages) {
  const commits = messages.map(conventional);
  if (commits.some(({ breaking }) => breaking)) return "major";
  if (commits.some(({ type }) => type === "feat")) return "minor";
  return commits.some(({ type }) => type === "fix" || type === "perf") ? "patch" : "none";
}
