/** How docker/metadata-action 6.2.0 reads its rules, as far as these workflows use them (its src/meta.ts). */
interface Run {
  /** `refs/tags/v1.2.3`, `refs/heads/develop`, `refs/pull/12/merge`. */
  ref: string;
  sha: string;
}

/** The tags that rules give, in their order, without the image. Expressions must have been put in before. */
export function metadataTags(rules: string, run: Run): string[] {
  return rules.split("\n").map(attributes).filter(({ enable = "true" }) => enabled(enable)).flatMap((rule) => tag(rule, run)).map((text) => text.replace(/[^A-Za-z0-9._-]+/g, "-"));
}

function attributes(rule: string): Record<string, string> {
  return Object.fromEntries(rule.split(",").map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]));
}

function enabled(text: string): boolean {
  if (text !== "true" && text !== "false") throw new Error(`Invalid value for enable attribute: ${text}`);
  return text === "true";
}

function tag({ type = "", event, value = "", pattern = "", prefix = "" }: Record<string, string>, { ref, sha }: Run): string[] {
  switch (`${type}${event === undefined ? "" : `,${event}`}`) {
    case "semver":
      return semver(value || (ref.startsWith("refs/tags/") ? ref.slice("refs/tags/".length) : ""), pattern, prefix);
    case "raw":
      return [value];
    case "ref,branch":
      return ref.startsWith("refs/heads/") ? [ref.slice("refs/heads/".length)] : [];
    case "ref,pr":
      return ref.startsWith("refs/pull/") ? [`pr-${ref.split("/")[2]}`] : [];
    case "sha":
      return [`sha-${sha.slice(0, 7)}`];
    default:
      throw new Error(`unknown rule ${type} ${event}`);
  }
}

/** A prerelease has its whole version for a name, whatever the pattern asks for. */
function semver(text: string, pattern: string, prefix: string): string[] {
  const [, version, major, minor, prerelease] = /^v?((\d+)\.(\d+)\.\d+(-[\w.-]+)?)$/.exec(text) ?? [];
  if (version === undefined) return [];
  const template = prerelease === undefined ? pattern : "{{version}}";
  return [prefix + template.replace("{{version}}", version).replace("{{major}}", String(major)).replace("{{minor}}", String(minor))];
}
