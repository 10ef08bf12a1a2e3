// The files of the repository: those that git knows, so nothing of an installation or a build.
import { fail } from "./actions.mjs";
import { matchesAny } from "./globs.mjs";
import { output } from "./process.mjs";

/** Files that match, in order. @param {readonly string[]} patterns */
export function tracked(patterns) {
  return output("git", "ls-files", "-z").split("\0").filter((file) => file !== "" && matchesAny(file, patterns));
}

/** As `tracked`; none at all is a mistake in the settings, not a pass. @param {readonly string[]} patterns @param {string} what */
export function trackedOrFail(patterns, what) {
  const files = tracked(patterns);
  if (files.length === 0) fail(`no ${what} matches ${patterns.join(", ")}; add one, or correct the path in the stack`);
  return files;
}

/** The patterns of an environment variable, one a line. @param {string} name */
export function patterns(name) {
  return (process.env[name] ?? "").split("\n").map((line) => line.trim()).filter((line) => line !== "");
}
