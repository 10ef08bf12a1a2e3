const SERIES = 8;

/** Grafana's names, which the style sheet gives a value for light and for dark. */
const NAMED = ["green", "yellow", "orange", "red", "blue", "purple", "text"];

/** A colour as CSS has it: Grafana's by name, with or without its shade, and every other as it is. */
export function css(name: string): string {
  const [, base = ""] = /^(?:super-light|light|semi-dark|dark)-(\w+)$/.exec(name) ?? [];
  const known = [name, base].find((each) => NAMED.includes(each));
  return known === undefined ? name : `var(--${known})`;
}

/** The same for a canvas, which knows no variables. */
export function painted(name: string): string {
  const colour = css(name);
  const [, variable] = /^var\((--[\w-]+)\)$/.exec(colour) ?? [];
  return variable === undefined ? colour : getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}

/** The colour of the series at a place, the same on every refresh. */
export function seriesColour(index: number): string {
  return painted(`var(--series-${(index % SERIES) + 1})`);
}
