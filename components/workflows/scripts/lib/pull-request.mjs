// What is said of a pull request: decisions without the network.
import { matchesAny } from "./globs.mjs";
import { conventional } from "./version.mjs";

/** @typedef {{ check: string, level: "pass" | "warn" | "fail", text: string }} Finding */

/**
 * @param {string} title
 * @param {readonly string[]} types
 * @returns {Finding}
 */
export function judgeTitle(title, types) {
  const problem = problemOf(title, types);
  if (problem === undefined) return { check: "Title", level: "pass", text: "follows the convention" };
  return { check: "Title", level: "fail", text: `${problem}; write one such as "${types[0]}: say what changes"` };
}

/**
 * Merge commits say nothing of their own and are passed over.
 * @param {readonly { sha: string, commit: { message: string }, parents: readonly unknown[] }[]} commits
 * @param {readonly string[]} types
 * @returns {Finding}
 */
export function judgeCommits(commits, types) {
  const own = commits.filter(({ parents }) => parents.length < 2);
  const bad = own.flatMap(({ sha, commit }) => {
    const problem = problemOf(commit.message.split("\n")[0], types);
    return problem === undefined ? [] : [`${sha.slice(0, 7)} ${problem}`];
  });
  if (bad.length > 0) return { check: "Commits", level: "fail", text: `${listed(bad, 5)}; reword them with git rebase --interactive` };
  return { check: "Commits", level: "pass", text: `${count(own.length, "commit")}, ${own.length === 1 ? "it follows" : "all follow"} the convention` };
}

function problemOf(header, types) {
  const { type, subject } = conventional(header);
  const shown = JSON.stringify(header.slice(0, 80));
  if (type === undefined) return `${shown} is not "type: subject"`;
  if (!types.includes(type)) return `${shown} is of type ${type}, which is none of ${types.join(", ")}`;
  return subject.trim() === "" ? `${shown} has no subject` : undefined;
}

/**
 * @param {readonly { filename: string, additions: number, deletions: number }[]} files
 * @param {{ warnLines: number, ignore: readonly string[] }} limits
 * @returns {Finding}
 */
export function judgeSize(files, { warnLines, ignore }) {
  const counted = files.filter(({ filename }) => !matchesAny(filename, ignore));
  const lines = counted.reduce((sum, { additions, deletions }) => sum + additions + deletions, 0);
  const text = `${count(lines, "line")} in ${count(counted.length, "file")}`;
  return lines > warnLines ? { check: "Size", level: "warn", text: `${text}, more than ${warnLines}; smaller ones are reviewed sooner and better` } : { check: "Size", level: "pass", text };
}

/**
 * @param {readonly { filename: string, status?: string }[]} files
 * @param {{ file: string, paths: readonly string[], skipped: boolean }} rules
 * @returns {Finding}
 */
export function judgeChangelog(files, { file, paths, skipped }) {
  const finding = (level, text) => ({ check: "Changelog", level, text });
  if (files.some(({ filename, status }) => filename === file && status !== "removed")) return finding("pass", "has an entry");
  const touched = files.find(({ filename }) => matchesAny(filename, paths));
  if (touched === undefined) return finding("pass", "needs no entry");
  return skipped ? finding("pass", "needs no entry, says a label") : finding("fail", `${file} has no entry, and ${touched.filename} is changed; add one`);
}

/** @param {readonly string[]} items @param {number} most */
export function listed(items, most) {
  return items.slice(0, most).join("; ") + (items.length > most ? `; and ${items.length - most} more` : "");
}

/** @param {number} number @param {string} noun */
export function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
