const WHOLE = /^(\/repos\/[^/]+\/[^/]+\/(?:git\/(?:ref|refs|matching-refs)|contents|commits)\/)(.+)$/;
const AFTER_COMMIT = /\/(?:check-runs|status|statuses|pulls|comments)$/;

/** A ref or a path of a file is one parameter to GitHub, slashes and all; the router wants them written as %2F. */
export function oneParameter(path: string): string {
  // The folder of the whole repository has no name.
  if (/^\/repos\/[^/]+\/[^/]+\/contents\/?$/.test(path)) return path.replace(/\/?$/, "/%2E");
  const [, before = "", name = ""] = WHOLE.exec(path) ?? [];
  if (before === "") return path;
  const after = before.endsWith("/commits/") ? (AFTER_COMMIT.exec(name)?.[0] ?? "") : "";
  return before + name.slice(0, name.length - after.length).replaceAll("/", "%2F") + after;
}
