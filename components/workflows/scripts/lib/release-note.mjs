// A version's release on GitHub and the notes that operations leave in its text.
import { api, repo, RequestError } from "./github.mjs";

/** The published release of a version; undefined where it has none. */
export async function releaseOf(version) {
  try {
    return await api("GET", `${repo()}/releases/tags/v${version}`);
  } catch (error) {
    if (error instanceof RequestError && error.status === 404) return undefined;
    throw error;
  }
}

/** Changes a release and keeps one note in its text: a second note of the same marker takes the first one's place. */
export async function noteRelease({ id, body }, { marker, note, ...changes }) {
  return await api("PATCH", `${repo()}/releases/${id}`, { ...changes, body: noted(body ?? "", marker, note) });
}

/**
 * @param {string} body
 * @param {string} marker
 * @param {string} note one line
 */
export function noted(body, marker, note) {
  const mark = `<!-- ${marker} -->`;
  const lines = body.split("\n");
  const at = lines.findIndex((text) => text.startsWith(mark));
  return at < 0 ? `${body.trimEnd()}\n\n${mark} ${note}\n`.trimStart() : lines.with(at, `${mark} ${note}`).join("\n");
}
