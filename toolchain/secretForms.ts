/** Shorter values, and shorter lines of longer ones, are not masked: they would match half of every log. */
export const SHORTEST = 6;

/** Every text by which one secret value can be recognised in a log, longest first. */
export function secretForms(value: string): string[] {
  const forms = new Set<string>();
  for (const part of parts(value)) {
    const written = new Set([part, ...escaped(part)]);
    for (const form of written) {
      forms.add(form);
      for (const core of base64Cores(form)) {
        forms.add(core);
        // A document in base64 often holds another: a registry's login inside .dockerconfigjson.
        for (const inner of base64Cores(core)) forms.add(inner);
      }
    }
  }
  return [...forms].filter((form) => form.length >= SHORTEST).sort((one, other) => other.length - one.length);
}

/** The whole value, and each of its lines: a log is read line by line. */
function parts(value: string): string[] {
  const lines = value.split(/\r\n|\r|\n/);
  return [...new Set([value, value.trim(), ...lines, ...lines.map((line) => line.trim())])].filter((part) => part.length >= SHORTEST);
}

function escaped(text: string): string[] {
  const json = [jsonEscaped(text), htmlSafe(jsonEscaped(text)), goQuoted(text)];
  const url = encodeURIComponent(text.toWellFormed());
  // The engine's log is JSON itself, so that what was quoted in a message is escaped once more.
  return [...json, ...json.map(jsonEscaped), url, url.replaceAll("%20", "+"), strictUrl(url)];
}

function jsonEscaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** As Go's encoding/json writes it. */
function htmlSafe(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${hex(character, 4)}`);
}

/** As Go's %q writes it. */
function goQuoted(text: string): string {
  return text.replace(/[\x00-\x1f\x7f"\\]/g, (character) => GO_ESCAPES[character] ?? `\\x${hex(character, 2)}`);
}

const GO_ESCAPES: Record<string, string> = { "\x07": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v", '"': '\\"', "\\": "\\\\" };

/** As Go's url.QueryEscape writes it: it escapes what JavaScript leaves. */
function strictUrl(url: string): string {
  return url.replace(/[!'()*]/g, (character) => `%${hex(character, 2).toUpperCase()}`);
}

function hex(character: string, length: number): string {
  return character.charCodeAt(0).toString(16).padStart(length, "0");
}

/**
 * The characters that a text has in base64 whatever stands before and after it, for each of its three positions in a group.
 * A character that shares its bits with a neighbour is left out, so up to one at either end stays.
 */
function base64Cores(text: string): string[] {
  const bytes = Buffer.from(text);
  const cores = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  });
  return cores.flatMap((core) => [core, core.replaceAll("+", "-").replaceAll("/", "_")]);
}
