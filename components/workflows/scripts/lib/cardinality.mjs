// Where code and rules give metrics a label that has a value for each user, request or moment.
import { forbiddenLabel } from "./labels.mjs";
import { codeOf } from "./source.mjs";

/** @typedef {{ at: number, label: string }} Use */

const LISTS = /\b(?:labelNames|label_names|labelnames)\s*[:=]\s*[[(]([^\])]*)[\])]/g;
const PYTHON_METRIC = /\b(?:Counter|Gauge|Histogram|Summary)\(\s*(?:"[^"]*"|'[^']*')\s*,\s*(?:"[^"]*"|'[^']*')\s*,\s*[[(]([^\])]*)[\])]/g;
// A gauge's labels stand before its value and a counter's behind it, so map.set(key, {…}) and set.add({…}) are neither.
const MEASURED = /\.(?:(?:labels|inc|dec|observe|startTimer)\(|set\((?=\s*\{)|(?:add|record)\((?!\s*\{))/g;
const LIBRARY = /prom-client|prometheus|opentelemetry|getMeter\b/i;
const AGGREGATED = /\b(?:by|group_left|group_right|on)\s*\(([^)]*)\)/g;

/** Uses in JavaScript, TypeScript or Python. @param {string} text @param {readonly string[]} forbidden @param {boolean} python @returns {Use[]} */
export function codeUses(text, forbidden, python) {
  const code = python ? text.replace(/#[^\n"']*$/gm, (comment) => " ".repeat(comment.length)) : codeOf(text, { strings: true });
  // Texts stay for the labels that they hold; a call inside a text is none.
  const bare = python ? code : codeOf(text);
  const calls = (pattern) => [...code.matchAll(pattern)].filter(({ index }) => bare[index] === code[index]);
  const lists = [...calls(LISTS), ...(python ? calls(PYTHON_METRIC) : [])].flatMap((match) => words(match[1], match.index + match[0].indexOf(match[1])));
  const measured = !LIBRARY.test(text) ? [] : calls(MEASURED).flatMap(({ index, 0: { length } }) => keys(code, index + length, python));
  return ordered([...lists, ...measured], forbidden);
}

/** Uses in rules and configuration of Prometheus. @param {string} text @param {readonly string[]} forbidden @returns {Use[]} */
export function ruleUses(text, forbidden) {
  const aggregated = [...text.matchAll(AGGREGATED)].flatMap((match) => words(match[1], match.index + match[0].indexOf("(") + 1));
  const targets = [...text.matchAll(/\btarget_label:\s*["']?([\w.-]+)/g)].map((match) => ({ at: match.index + match[0].lastIndexOf(match[1]), name: match[1] }));
  return ordered([...aggregated, ...targets, ...labelBlocks(text)], forbidden);
}

function ordered(names, forbidden) {
  return names.flatMap(({ at, name }) => (forbiddenLabel(name, forbidden) === undefined ? [] : [{ at, label: name }])).sort((a, b) => a.at - b.at);
}

function words(list, start) {
  return [...list.matchAll(/[A-Za-z_][\w.-]*/g)].map(({ index, 0: name }) => ({ at: start + index, name }));
}

/** Names in the objects, or keyword arguments, that a call has. */
function keys(code, start, python) {
  const names = [];
  let depth = 1;
  for (let at = start; at < code.length && depth > 0; at++) {
    if ("([{".includes(code[at])) depth += 1;
    else if (")]}".includes(code[at])) depth -= 1;
    else if (/["'`]/.test(code[at])) {
      const end = code.indexOf(code[at], at + 1);
      if (end === -1) return names;
      if (depth === 2 && /^\s*:/.test(code.slice(end + 1))) names.push({ at: at + 1, name: code.slice(at + 1, end) });
      at = end;
    } else if (/[A-Za-z_]/.test(code[at]) && !/[\w.$]/.test(code[at - 1] ?? "")) {
      const name = /^[\w$]+/.exec(code.slice(at))[0];
      const rest = code.slice(at + name.length);
      const key = depth === 2 && /[{,]\s*$/.test(code.slice(Math.max(start - 1, at - 200), at)) && /^\s*[:,}]/.test(rest);
      const keyword = python && depth === 1 && /^\s*=[^=]/.test(rest);
      if (key || keyword) names.push({ at, name });
      at += name.length - 1;
    }
  }
  return names;
}

/** Keys below `labels:` in YAML. */
function labelBlocks(text) {
  const names = [];
  let inside;
  let at = 0;
  for (const line of text.split("\n")) {
    const indent = line.search(/\S/);
    const [, flow] = /^\s*(?:- )?labels:\s*\{(.*)\}/.exec(line) ?? [];
    if (flow !== undefined) names.push(...[...flow.matchAll(/([\w.-]+)\s*:/g)].map((match) => ({ at: at + line.indexOf(flow) + match.index, name: match[1] })));
    else if (inside !== undefined && indent > inside) {
      const [, name] = /^\s*["']?([\w.-]+)["']?\s*:/.exec(line) ?? [];
      if (name !== undefined) names.push({ at: at + indent, name });
    } else if (indent !== -1) inside = /^\s*(?:- )?labels:\s*(#.*)?$/.test(line) ? indent : undefined;
    at += line.length + 1;
  }
  return names;
}
