// Findings at a place in a file: GitHub shows them beside the line.
import { fail } from "./actions.mjs";

/** @typedef {{ file: string, line: number, message: string }} Place */

/** Shows every finding at its place and ends the step where there is one; `done` says what was looked at.
 * @param {readonly Place[]} found @param {string} done @param {string} todo */
export function tellPlaces(found, done, todo) {
  for (const { file, line, message } of found) console.log(`::error file=${property(file)},line=${line}::${data(message)}`);
  console.log(`${done}: ${found.length === 0 ? "nothing found" : `${found.length} found`}`);
  if (found.length > 0) fail(`${found.length} ${found.length === 1 ? "finding" : "findings"}; ${todo}`);
}

/** The line of a position in a text, from 1. @param {string} text @param {number} at */
export function lineAt(text, at) {
  return text.slice(0, at).split("\n").length;
}

function data(text) {
  return String(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text) {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
