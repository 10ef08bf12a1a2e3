/** Characters that would move a terminal's cursor, hide or reorder text. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{E0000}-\u{E0FFF}]/gu;

/** Text on one line with every hidden character as its code. */
export function plain(text: string): string {
  return text.replace(HIDDEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A value on one line: a text as it is, anything else as JSON; absent values as `nothing`. */
export function valueText(value: unknown, longest: number): string {
  if (value === undefined || value === null) return "nothing";
  const text = plain(typeof value === "string" ? (value === "" ? '""' : value) : JSON.stringify(value));
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("")}…`;
}

/** Two values side by side; of long ones only the part that differs, with a little before it. */
export function contrast(declared: unknown, live: unknown, longest: number): [declared: string, live: string] {
  const [one, other] = [declared, live].map((value) => [...valueText(value, Number.MAX_SAFE_INTEGER)]);
  if (one === undefined || other === undefined || Math.max(one.length, other.length) <= longest) return [valueText(declared, longest), valueText(live, longest)];
  const differs = one.findIndex((character, place) => character !== other[place]);
  const start = Math.max(0, (differs < 0 ? one.length : differs) - Math.floor(longest / 4));
  return [window(one, start, longest), window(other, start, longest)];
}

function window(text: readonly string[], start: number, longest: number): string {
  const rest = longest - (start > 0 ? 1 : 0);
  const piece = text.slice(start, start + rest);
  const cut = start + piece.length < text.length;
  return `${start > 0 ? "…" : ""}${(cut ? piece.slice(0, -1) : piece).join("")}${cut ? "…" : ""}`;
}
