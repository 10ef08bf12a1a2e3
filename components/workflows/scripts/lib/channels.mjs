// What may move between the channels of a package, decided from what the registry says: `{ tags, versions }`.
import { bumped, bumpOf, compareVersions, parseVersion } from "./version.mjs";

/** From the newest code to what everybody gets. */
export const CHANNELS = ["canary", "beta", "latest"];

/** The version of a commit between releases: `1.3.0-canary.57.1a2b3c4`. */
export function channelVersion({ last, messages, channel, run, sha }) {
  const bump = bumpOf(messages);
  // Digits alone would be a number to semver, which may not begin with 0: the commit is cut after a letter.
  const commit = sha.slice(0, Math.max(7, sha.search(/[a-f]/) + 1));
  return `${bumped(last, bump === "none" ? "patch" : bump)}-${channel}.${run}.${commit}`;
}

/**
 * Negative where `a` was built before `b`. Builds of one coming version are ordered by their run: to semver every canary is
 * newer than every beta, because c comes after b.
 * @param {string} a
 * @param {string} b
 */
export function compareBuilds(a, b) {
  const [left, right] = [buildOf(a), buildOf(b)];
  return left && right && left.core === right.core ? left.run - right.run : compareVersions(a, b);
}

/**
 * `{ version, previous, unchanged }`, or `{ problem }` where nothing may be promoted.
 * @param {{ tags: Record<string, string>, versions: Record<string, { deprecated?: string }> }} facts
 * @param {{ from: string, to: string, approved?: string | undefined, allowPrerelease?: boolean }} asked
 */
export function planPromotion({ tags, versions }, { from, to, approved, allowPrerelease = false }) {
  if (CHANNELS.indexOf(from) >= CHANNELS.indexOf(to)) return { problem: `${from} is not promoted to ${to}; versions go from canary to beta to latest` };
  const version = approved ?? own(tags, from);
  const previous = own(tags, to);
  if (version === undefined) return { problem: `channel ${from} has no version; publish one first` };
  const found = own(versions, version);
  if (!found) return { problem: `${version} is not in the registry; publish it first` };
  if (found.deprecated) return { problem: `${version} is deprecated (${found.deprecated}); promote a version that is not` };
  if (to === "latest" && !allowPrerelease && isPrerelease(version)) return { problem: `${version} is a prerelease, and latest is what everybody gets; release the final version, or allow the prerelease` };
  if (previous !== undefined && compareBuilds(version, previous) < 0) return { problem: `${version} is older than ${previous}, which ${to} has; to go back, run the rollback` };
  return { version, previous, unchanged: version === previous };
}

/** `{ moves, deprecates, elsewhere }`, or `{ problem }` where going back would be wrong. */
export function planRollback({ tags, versions }, { channel, rollback, restore, message }) {
  const current = own(tags, channel);
  const [bad, good] = [own(versions, rollback), own(versions, restore)];
  if (rollback === restore) return { problem: `${restore} cannot replace itself; name another version to restore` };
  if (!bad) return { problem: `${rollback}, which is to be rolled back, is not in the registry; correct the version` };
  if (!good) return { problem: `${restore}, which is to be restored, is not in the registry; correct the version` };
  if (good.deprecated) return { problem: `${restore} is deprecated (${good.deprecated}); restore a version that is not` };
  if (channel === "latest" && isPrerelease(restore)) return { problem: `${restore} is a prerelease, and latest is what everybody gets; restore a final version` };
  if (current !== rollback && current !== restore) return { problem: `channel ${channel} has ${current ?? "no version"}, so rolling ${rollback} back would take that away; name the version that the channel has` };
  const elsewhere = Object.keys(tags).filter((tag) => tag !== channel && tags[tag] === rollback);
  return { moves: current !== restore, deprecates: bad.deprecated !== message, elsewhere };
}

/** What npm tells everybody who installs the version. */
export function deprecation({ reason, restore }) {
  return `Rolled back: ${reason}. Use ${restore}.`;
}

function isPrerelease(version) {
  return parseVersion(version)?.prerelease !== undefined;
}

function buildOf(version) {
  const { groups } = /^(?<core>\d+\.\d+\.\d+)-(canary|beta)\.(?<run>\d+)\.[0-9a-f]+$/.exec(version) ?? {};
  return groups && { core: groups.core, run: Number(groups.run) };
}

// Versions and tags are names that others chose: `constructor` is none unless it is there.
function own(table, key) {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
