// What a release's version says about the tags of its image.
import { compareVersions, parseVersion } from "./version.mjs";

/** `{ version, stable, family, newest }`, or undefined where the text is no version that can be a tag (`+build` cannot). */
export function versionFacts(text, others) {
  const parsed = text.includes("+") ? undefined : parseVersion(text);
  if (!parsed) return undefined;
  const stable = parsed.prerelease === undefined;
  return {
    version: text.replace(/^v/, ""),
    stable,
    // v0 would promise what version 0 does not.
    family: stable && parsed.major > 0,
    newest: stable && others.filter(isStable).every((other) => compareVersions(text, other) >= 0),
  };
}

function isStable(text) {
  const parsed = parseVersion(text);
  return parsed !== undefined && parsed.prerelease === undefined;
}
