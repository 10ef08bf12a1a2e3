// Which draft becomes the release of a tag.
const DRAFTER = "github-actions[bot]";

/**
 * The draft of that tag; else the newest that a workflow wrote, for release-drafter guesses the version and people may choose
 * another. A person's draft for another tag is left alone.
 * @param {readonly { draft: boolean, tag_name: string, prerelease?: boolean, author?: { login: string } | null }[]} releases newest first
 * @param {string} tag
 * @param {boolean} prerelease whether the tag is a prerelease, which takes no draft of another tag
 */
export function draftFor(releases, tag, prerelease) {
  const drafts = releases.filter(({ draft }) => draft);
  const own = drafts.find(({ tag_name: name }) => name === tag);
  return own ?? (prerelease ? undefined : drafts.find(({ author }) => author?.login === DRAFTER));
}
