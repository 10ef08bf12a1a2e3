/** A command with its arguments as a shell reads them back: nothing in an argument is more than text. */
export function commandLine(words: readonly string[]): string {
  return words.map(quoted).join(" ");
}

/** A list as JSON, an item a line, so that a person reads it in the file too. */
export function jsonLines(items: readonly unknown[]): string {
  return `[\n${items.map((item) => `  ${JSON.stringify(item)}`).join(",\n")}\n]`;
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return /['$`]/.test(word) ? `"${word.replace(/["$`\\]/g, String.raw`\$&`)}"` : `'${word}'`;
}
