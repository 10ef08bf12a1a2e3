/** A piece of HTML in which everything that came from outside is escaped. */
export class Html {
  private readonly made: string;

  constructor(made: string) {
    this.made = made;
  }

  toString(): string {
    return this.made;
  }
}

export type Piece = Html | string | number | undefined | readonly Piece[];

/** HTML from a template: a text in it is shown as it is, in an element and in a quoted attribute alike. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(parts.map((part, index) => `${part}${index < pieces.length ? written(pieces[index]) : ""}`).join(""));
}

function written(piece: Piece): string {
  if (piece === undefined) return "";
  if (piece instanceof Html) return piece.toString();
  if (typeof piece === "string") return escaped(piece);
  return typeof piece === "number" ? String(piece) : piece.map(written).join("");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;" };

/** Control characters, and those that turn the direction of what follows them, would show something else than is written. */
function escaped(text: string): string {
  return text.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) => (/[\t\n]/.test(character) ? " " : "\uFFFD")).replaceAll(/[&<>"'`]/g, (character) => ENTITIES[character] ?? "");
}

/** Somewhere else on the web; only http(s) leads anywhere, everything else is text. */
export function link(address: string | undefined, text: string): Html {
  return address !== undefined && /^https?:\/\//i.test(address) && URL.canParse(address) ? html`<a href="${new URL(address).href}" rel="noreferrer">${text}</a>` : html`${text}`;
}
