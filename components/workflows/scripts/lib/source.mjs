// The code of a JavaScript or TypeScript text without what is no code. Positions stay, so a finding has its line.
const BEFORE_EXPRESSION = /(^|[=(,:;!&|?{}[+*%~^<>\n-]|\b(return|typeof|case|in|of|do|else|await|yield|void|new))\s*$/;

/**
 * Blanks comments, regular expressions and, unless asked to keep them, texts.
 * @param {string} text @param {{ strings?: boolean }} [keep]
 * @returns {string}
 */
export function codeOf(text, { strings = false } = {}) {
  let code = "";
  const templates = [];
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const end = text[at] === "}" && templates.at(-1) === depth ? templateEnd(text, at + 1) : endOf(text, at, code);
    const closes = text[at] === "}" && templates.at(-1) === depth;
    if (closes) templates.pop();
    else if (end === at + 1 && text[at] === "{") depth += 1;
    else if (end === at + 1 && text[at] === "}") depth -= 1;
    const part = text.slice(at, end);
    const opens = (closes || text[at] === "`") && part.endsWith("${");
    if (opens) templates.push(depth);
    code += end === at + 1 ? part : strings && /^["'`}]/.test(part) ? part : blank(part);
    at = end;
  }
  return code;
}

/** Where the part that begins here ends: a comment, a text, a regular expression, or one character. */
function endOf(text, at, code) {
  const [first, second] = [text[at], text[at + 1]];
  if (first === "/" && second === "/") return lineEnd(text, at);
  if (first === "/" && second === "*") return after(text, "*/", at + 2);
  if (first === '"' || first === "'") return quoteEnd(text, at);
  if (first === "`") return templateEnd(text, at + 1);
  if (first === "/" && BEFORE_EXPRESSION.test(code.slice(-20))) return expressionEnd(text, at);
  return at + 1;
}

function lineEnd(text, at) {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}

function after(text, mark, from) {
  const end = text.indexOf(mark, from);
  return end === -1 ? text.length : end + mark.length;
}

function quoteEnd(text, at) {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === "\\") end += 1;
    else if (text[end] === text[at]) return end + 1;
    else if (text[end] === "\n") return end;
  }
  return text.length;
}

/** To the end of the template, or to the `${` that begins code in it. */
function templateEnd(text, from) {
  for (let end = from; end < text.length; end++) {
    if (text[end] === "\\") end += 1;
    else if (text[end] === "`") return end + 1;
    else if (text.startsWith("${", end)) return end + 2;
  }
  return text.length;
}

function expressionEnd(text, at) {
  let inClass = false;
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === "\n") return at + 1;
    if (text[end] === "\\") end += 1;
    else if (text[end] === "[") inClass = true;
    else if (text[end] === "]") inClass = false;
    else if (text[end] === "/" && !inClass) return end + 1;
  }
  return at + 1;
}

function blank(part) {
  return part.replace(/[^\n]/g, " ");
}
