const LONGEST = 60;

/** A value as one line of JSON, cut at 60 characters; takes the same time for a small value and a huge one. */
export function shown(value: unknown): string {
  let text = "";
  for (const piece of pieces(value)) {
    text += piece;
    if (text.length > 2 * LONGEST) break;
  }
  const characters = [...text];
  return characters.length <= LONGEST ? text : `${characters.slice(0, LONGEST - 1).join("")}…`;
}

/** A text in quotes and without any character that would break the line or hide a part of it. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

// Every level writes its bracket before it goes deeper, so the reader above stops before the nesting can hurt.
function* pieces(value: unknown): Generator<string> {
  if (typeof value === "string") yield quoted(value.slice(0, 2 * LONGEST));
  else if (Array.isArray(value)) yield* list(value);
  else if (typeof value === "object" && value !== null) yield* map(value);
  else yield String(value);
}

function* list(values: readonly unknown[]): Generator<string> {
  yield "[";
  for (const [at, value] of values.entries()) {
    if (at > 0) yield ",";
    yield* pieces(value);
  }
  yield "]";
}

function* map(values: object): Generator<string> {
  yield "{";
  for (const [at, [key, value]] of Object.entries(values).entries()) {
    yield `${at > 0 ? "," : ""}${quoted(key)}:`;
    yield* pieces(value);
  }
  yield "}";
}
