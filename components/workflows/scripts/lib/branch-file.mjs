// A file of JSON lines on a branch of its own, through GitHub's API: it outlives caches and artifacts, its commits are signed,
// and the branch shares no history with the code.
import { api, repo, RequestError } from "./github.mjs";

const ATTEMPTS = 3;
// GitHub's answer to a commit that does not build on the branch's newest one, and to a branch that is there already.
const CONFLICT = 422;

/** The file's records, oldest first; none where the file is not there yet. */
export async function readRecords(place) {
  return (await read(place)).records;
}

/** Commits a record, read anew: somebody else may have written in between. `keep` counts records. Answers what is kept. */
export async function appendRecord(place, record, { key, keep, message }) {
  for (let attempt = 1; ; attempt++) {
    const { records, head } = await read(place);
    const kept = withRecord(records, record, key, keep);
    try {
      await write(place, kept, head, message);
      return kept;
    } catch (error) {
      if (attempt === ATTEMPTS || error.status !== CONFLICT) throw error;
    }
  }
}

async function read({ branch, path }) {
  const reference = await orNothing(api("GET", `${repo()}/git/ref/heads/${branch}`));
  if (!reference) return { records: [] };
  const { sha: tree, tree: entries } = await api("GET", `${repo()}/git/trees/${reference.object.sha}`);
  const entry = entries.find((one) => one.path === path && one.type === "blob");
  const head = { commit: reference.object.sha, tree };
  if (!entry) return { records: [], head };
  const { content } = await api("GET", `${repo()}/git/blobs/${entry.sha}`);
  return { records: parseLines(Buffer.from(content, "base64").toString("utf8")), head };
}

async function write({ branch, path }, records, head, message) {
  const content = records.map((record) => `${JSON.stringify(record)}\n`).join("");
  const tree = await api("POST", `${repo()}/git/trees`, { ...(head && { base_tree: head.tree }), tree: [{ path, mode: "100644", type: "blob", content }] });
  const commit = await api("POST", `${repo()}/git/commits`, { message, tree: tree.sha, parents: head ? [head.commit] : [] });
  if (head) await api("PATCH", `${repo()}/git/refs/heads/${branch}`, { sha: commit.sha, force: false });
  else await api("POST", `${repo()}/git/refs`, { ref: `refs/heads/${branch}`, sha: commit.sha });
}

/** A record in place of the one with the same key, else after the others; the oldest go beyond `keep`. */
export function withRecord(records, record, key, keep) {
  return [...records.filter((one) => one[key] !== record[key]), record].slice(-keep);
}

// A line that is no record was written by hand; the others are worth keeping.
function parseLines(text) {
  return text.split("\n").flatMap((line) => {
    try {
      const record = JSON.parse(line);
      return typeof record === "object" && record !== null ? [record] : [];
    } catch {
      return [];
    }
  });
}

async function orNothing(request) {
  try {
    return await request;
  } catch (error) {
    if (error instanceof RequestError && error.status === 404) return undefined;
    throw error;
  }
}
