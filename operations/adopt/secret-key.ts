const LONGEST = 100;

/**
 * The config key for a value that stands at some place: `shop`, `production`, `NPM_TOKEN` → `shopProductionNpmToken`. Words of capitals alone
 * lose them, others keep theirs; at most 100 characters, a letter first.
 */
export function secretKeyOf(...parts: readonly string[]): string {
  const words = parts.flatMap((part) => part.split(/[^A-Za-z0-9]+/)).filter((word) => word !== "");
  const joined = words.map((word, index) => (index === 0 ? lowerFirst(plain(word)) : upperFirst(plain(word)))).join("");
  return (/^[A-Za-z]/.test(joined) ? joined : `secret${joined}`).slice(0, LONGEST);
}

function plain(word: string): string {
  return /[a-z]/.test(word) ? word : word.toLowerCase();
}

function lowerFirst(word: string): string {
  return word.slice(0, 1).toLowerCase() + word.slice(1);
}

function upperFirst(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
