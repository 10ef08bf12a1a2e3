// Text of others inside Markdown of ours.

/** Shows a text as it is: no markup, no mention, no link, one line. */
export function plain(text) {
  return String(text)
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>()#+!|~&]/g, (character) => `&#${character.codePointAt(0)};`)
    .replaceAll("@", "@&#8203;");
}

/** A table; every cell is shown as it is. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.map(plain).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

/** A block of code; the fence is longer than any inside. */
export function code(text, language = "") {
  const longest = Math.max(2, ...[...String(text).matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
