/** Decides whether a file is part of a build context. */
export type Includes = (path: string) => boolean;

interface Pattern {
  matches: RegExp;
  /** `!pattern` takes files back in. */
  includes: boolean;
}

/**
 * The files that BuildKit sends, as a .dockerignore asks for: the last pattern that matches a file or a folder above it decides.
 * Paths are relative, with `/` between their parts.
 */
export function dockerIgnore(text: string): Includes {
  const patterns = text.split(/\r?\n/).flatMap(readLine);
  return (path) => {
    const above = prefixes(path);
    const decided = patterns.findLast(({ matches }) => above.some((prefix) => matches.test(prefix)));
    return decided?.includes ?? true;
  };
}

function readLine(line: string): Pattern[] {
  if (line.startsWith("#")) return [];
  const trimmed = line.trim();
  const includes = trimmed.startsWith("!");
  const pattern = clean(includes ? trimmed.slice(1).trim() : trimmed);
  return pattern === "" ? [] : [{ matches: expression(pattern), includes }];
}

function clean(pattern: string): string {
  const parts: string[] = [];
  for (const part of pattern.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** Go's filepath.Match with `**` for any number of folders. */
function expression(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/?|\*|\?|\[[^\]]+\]|\\.|[^*?[\\]+|[[\\]/g, (token) => {
    if (token === "**/") return "(?:.*/)?";
    if (token === "**") return ".*";
    if (token === "*") return "[^/]*";
    if (token === "?") return "[^/]";
    if (token.length > 1 && token.startsWith("[")) return `[${token.slice(1, -1).replace(/[\\[\]]/g, "\\$&")}]`;
    return token.replace(/^\\(?=.)/, "").replace(/[.*?+^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${source}$`, "s");
}

function prefixes(path: string): string[] {
  const parts = path.split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
