// Patterns of paths as people write them: * within a folder, ** through folders, ? for one character; ! takes away again.

/**
 * @param {string} path
 * @param {readonly string[]} patterns
 * @returns {boolean}
 */
export function matchesAny(path, patterns) {
  return patterns.reduce((matched, pattern) => (pattern.startsWith("!") ? matched && !expression(pattern.slice(1)).test(path) : matched || expression(pattern).test(path)), false);
}

function expression(pattern) {
  return new RegExp(`^${pattern.split(/(\*\*\/|\*\*|\*|\?)/).map(part).join("")}$`);
}

function part(text) {
  switch (text) {
    case "**/":
      return "(?:.*/)?";
    case "**":
      return ".*";
    case "*":
      return "[^/]*";
    case "?":
      return "[^/]";
    default:
      return text.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  }
}
