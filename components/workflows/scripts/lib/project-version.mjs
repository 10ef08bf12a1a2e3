// The version that a project's own file declares.
import { normalVersion, parsePython } from "./pep440.mjs";

const TABLES = ["project", "tool.poetry"];

/**
 * "dynamic" where the build takes it from somewhere else, undefined where the file has none.
 * @param {string} file its name decides how it is read
 * @param {string} text
 * @returns {string | undefined}
 */
export function versionIn(file, text) {
  return file.endsWith(".json") ? JSON.parse(text).version : pyproject(text);
}

/**
 * v1.2.0-rc.1 and 1.2.0rc1 are the same version to Python.
 * @param {string} declared
 * @param {string} tag
 */
export function sameVersion(declared, tag) {
  const plain = tag.replace(/^v/, "");
  if (declared === plain) return true;
  return parsePython(declared) !== undefined && parsePython(plain) !== undefined && normalVersion(declared) === normalVersion(plain);
}

function pyproject(text) {
  for (const table of TABLES) {
    const lines = linesOf(text, table);
    const version = lines.map((line) => /^version\s*=\s*(["'])(.*?)\1/.exec(line)?.[2]).find((found) => found !== undefined);
    if (version !== undefined) return version;
    if (/^dynamic\s*=\s*\[[^\]]*["']version["']/m.test(lines.join("\n"))) return "dynamic";
  }
  return undefined;
}

/** The lines of one table, up to the next one. */
function linesOf(text, table) {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const from = lines.indexOf(`[${table}]`);
  if (from < 0) return [];
  const rest = lines.slice(from + 1);
  const to = rest.findIndex((line) => /^\[[^\]]+\]$/.test(line) || line.startsWith("[["));
  return to < 0 ? rest : rest.slice(0, to);
}
