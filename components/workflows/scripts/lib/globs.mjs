// Patterns of paths as people write them: * within a folder, ** for folders of any depth, ? for one character; ! takes away again.

/**
 * @param {string} path
 * @param {readonly string[]} patterns the last one that takes the path in decides
 * @returns {boolean}
 */
export function matchesAny(path, patterns) {
  const segments = path.split("/");
  return patterns.reduce((matched, pattern) => {
    const takesAway = pattern.startsWith("!");
    return matches(segments, (takesAway ? pattern.slice(1) : pattern).split("/")) ? !takesAway : matched;
  }, false);
}

/** Goes back to the last ** alone, so that no path of others makes it slow. */
function matches(path, parts) {
  const pattern = parts.at(-1) === "**" ? [...parts, "*"] : parts;
  let [at, here, star, from] = [0, 0, -1, 0];
  while (here < path.length) {
    if (pattern[at] === "**") [star, from, at] = [at, here, at + 1];
    else if (at < pattern.length && segment(pattern[at]).test(path[here])) [at, here] = [at + 1, here + 1];
    else if (star >= 0) [from, here, at] = [from + 1, from + 1, star + 1];
    else return false;
  }
  return at === pattern.length;
}

function segment(pattern) {
  const part = (text) => (text === "?" ? "." : text.startsWith("*") ? ".*" : text.replace(/[.+^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pattern.split(/(\*+|\?)/).map(part).join("")}$`, "su");
}
