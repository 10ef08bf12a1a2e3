import { SHORTEST, secretForms } from "./secretForms.ts";

/** What stands in a log where a secret was. */
export const MASK = "[secret]";

/** The secret values known so far, and a filter that lets none of them through. */
export class Mask {
  private readonly values = new Set<string>();
  private readonly forms = new Set<string>();
  /** The forms by their first characters, longest first; one look at each place of a line finds them all. */
  private readonly byStart = new Map<string, string[]>();
  /** By a hash of two characters, whether any form starts with them: most places need no further look. */
  private readonly starts = new Uint8Array(0x10000);

  constructor(values: Iterable<string> = []) {
    for (const value of values) this.add(value);
  }

  /** From now on the value is masked; one of fewer than 6 characters is not. */
  add(value: string): void {
    if (value.length < SHORTEST || this.values.has(value)) return;
    this.values.add(value);
    for (const form of secretForms(value)) {
      if (this.forms.has(form)) continue;
      this.forms.add(form);
      const start = form.slice(0, SHORTEST);
      this.byStart.set(start, [...(this.byStart.get(start) ?? []), form].sort((one, other) => other.length - one.length));
      this.starts[pair(form, 0)] = 1;
    }
  }

  /** The line with every known secret replaced; what overlaps or touches becomes one mask, so that no rest of it stays. */
  line(text: string): string {
    let masked = "";
    let from = 0;
    for (let at = 0; at <= text.length - SHORTEST; at++) {
      const found = this.at(text, at);
      if (found === undefined) continue;
      const end = this.reach(text, at + found.length, at + 1);
      masked += text.slice(from, at) + MASK;
      from = end;
      at = end - 1;
    }
    return from === 0 ? text : masked + text.slice(from);
  }

  /** The end of a stretch of forms that overlap or touch. */
  private reach(text: string, end: number, from: number): number {
    for (let at = from; at <= end; at++) end = Math.max(end, at + (this.at(text, at)?.length ?? 0));
    return end;
  }

  /** The longest form that starts here. */
  private at(text: string, at: number): string | undefined {
    if (this.starts[pair(text, at)] !== 1) return undefined;
    return this.byStart.get(text.slice(at, at + SHORTEST))?.find((form) => text.startsWith(form, at));
  }
}

function pair(text: string, at: number): number {
  return (text.charCodeAt(at) * 257 + text.charCodeAt(at + 1)) & 0xffff;
}

/** A stream of text with its lines masked, the last one included when it lacks its newline. */
export async function* maskLines(source: AsyncIterable<string>, mask: Mask): AsyncGenerator<string> {
  let rest = "";
  for await (const text of source) {
    const end = text.lastIndexOf("\n") + 1;
    if (end > 0) yield masked(rest + text.slice(0, end), mask);
    rest = end > 0 ? text.slice(end) : rest + text;
  }
  if (rest !== "") yield masked(rest, mask);
}

function masked(text: string, mask: Mask): string {
  return text.split("\n").map((line) => mask.line(line)).join("\n");
}
