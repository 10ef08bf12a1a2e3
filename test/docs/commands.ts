/** The blocks of code of a Markdown document: those between fences, and those that are indented. */
export function codeBlocks(text: string): string[] {
  const fenced = [...text.matchAll(/^ *```[^\n]*\n([^]*?)^ *```/gm)].map(([, block = ""]) => block);
  const rest = text.replaceAll(/^ *```[^]*?^ *```/gm, "");
  return [...fenced, ...rest.split(/\n(?! {4})/).map((part) => part.split("\n").filter((line) => line.startsWith("    ")).join("\n")).filter((block) => block !== "")];
}

/** What stands between backticks in a sentence. */
export function spans(text: string): string[] {
  const sentences = text.replaceAll(/^ *```[^]*?^ *```/gm, "").split("\n").filter((line) => !line.startsWith("    ")).join("\n");
  return [...sentences.matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span.replaceAll(/\s+/g, " "));
}

/** Every call of slipway in a text, as the words that it gets. */
export function commandsIn(text: string): string[][] {
  const whole = text.replaceAll(/ *\\\n\s*|\n {8,}(?=\[|--)/g, " ");
  return whole.split("\n").flatMap((line) => {
    const [, rest] = /(?:^|[\s("`$])(?:npm run (?:--silent )?slipway -- +|slipway +(?=[a-z<-]))(.*)$/.exec(line.replace(/(^|\s)#\s.*$/, "")) ?? [];
    return rest === undefined ? [] : [wordsOf(rest)];
  });
}

function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [word, double, single] of line.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)) {
    if (/^([|>;&]|\d?>)/.test(word)) break;
    const ends = word.endsWith(")") || word.endsWith(')"');
    words.push(double ?? single ?? word.replace(/\)"?$/, ""));
    if (ends) break;
  }
  return words.map((word) => word.replace(/^\[/, "").replace(/\]$/, "")).filter((word) => word !== "");
}
